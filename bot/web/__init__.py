"""Health and metrics over HTTP, from a thread of their own; decides nothing, changes nothing, names nobody."""

from bot.web.health import Health
from bot.web.readiness import Readiness

__all__ = ["Health", "Readiness"]
