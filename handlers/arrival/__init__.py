"""The bot is added, claimed, set up and looked after, by operators and leaders."""
