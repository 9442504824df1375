"""Acts between their being written and their being settled."""

from bot.outbox.outbox import Outbox, Proof, unneeded
from bot.outbox.quieting import by_policy

__all__ = ["Outbox", "Proof", "by_policy", "unneeded"]
