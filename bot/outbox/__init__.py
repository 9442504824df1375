"""Acts between their being written and their being settled."""

from bot.outbox.outbox import Outbox, Proof, unneeded

__all__ = ["Outbox", "Proof", "unneeded"]
