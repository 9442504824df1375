"""The functional core: pure decisions from the standard library alone."""
