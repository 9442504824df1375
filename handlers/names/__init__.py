"""The names members go by: registered, asked for, compared with the group's format, left as they are."""
