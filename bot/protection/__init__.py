"""A group at once: the gate, the lockdown, raids, names like a leader's, somebody in distress."""
