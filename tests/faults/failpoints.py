"""Which named place each kill of the fault tests strikes at."""

# C1–C9 of docs/guarantees.md, and whether the one post in hand may be unknown afterwards.
KILLS: dict[str, tuple[str, bool]] = {
    "C1": ("intake.parsed", False),
    "C2": ("intake.committed", False),
    "C3": ("intake.confirmed", False),
    "C4": ("outbox.claimed", True),
    "C5": ("unit.before_commit", False),
    "C6": ("outbox.before_send", True),
    "C7": ("outbox.sending", True),
    "C8": ("gateway.requested", True),
    "C9": ("gateway.answered", True),
}
