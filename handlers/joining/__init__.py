"""Conversations with whoever wants to join, and with the leaders who let them in."""
