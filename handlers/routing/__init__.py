"""Which update goes to which handler: the one table of commands, the words that mean them, the routes."""
