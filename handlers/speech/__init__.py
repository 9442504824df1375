"""Keyword replies, the notice, what a group is about, and asking the bot."""
