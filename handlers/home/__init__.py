"""What somebody finds in private: /start, /menu, /inbox, /status."""
