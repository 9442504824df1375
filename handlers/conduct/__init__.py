"""Agreements, measures, records and appeals, as members and leaders speak of them; the cards that ask leaders."""
