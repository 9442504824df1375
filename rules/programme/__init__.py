"""Programme: what is due when, by local time; posts nothing."""
