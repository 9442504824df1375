"""The life of the process: what its start waits for, its turn among instances, how it is, what it forgets in time."""
