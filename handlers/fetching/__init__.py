"""What must be asked of Telegram before the Unit of an update opens."""
