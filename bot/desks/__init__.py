"""Where people decide what the bot must not decide alone."""
