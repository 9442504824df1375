"""What leaders press and say to protect a group at once."""
