"""Requests to join: what they are answered with, who is expected, what leaders are shown of them."""
