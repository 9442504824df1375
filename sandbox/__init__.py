"""A Telegram of our own on loopback; knows nothing of the bot."""
