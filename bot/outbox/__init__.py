"""Acts between their being written and their being settled."""

from bot.outbox.outbox import Outbox

__all__ = ["Outbox"]
