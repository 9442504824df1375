"""Tools of the repository itself; nothing here runs in production."""
