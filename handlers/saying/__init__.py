"""How a handler answers: with acts, in panels, privately, within an alert."""
