"""A Telegram of our own on loopback, for tests and the demo; it knows nothing of the bot it serves."""
