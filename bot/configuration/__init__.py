"""Where the configuration is read from, and every mistake in it as one line an operator can act on."""
