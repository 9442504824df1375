"""The only code that speaks SQL; gives and takes values, never sees Telegram."""
