"""A message becomes a case, a verdict, rows; what the rules need to know of a group, and what is told of them later."""
