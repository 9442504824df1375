"""What a conversation may use, handed to it whole; put together in app.py and nowhere else."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from bot.clock import Clock
    from bot.conduct.moderator import Moderator
    from bot.gateway import Gateway
    from bot.outbox import Outbox
    from bot.settings import Settings
    from bot.storage import Storage
    from bot.texts import Texts
    from bot.textscan import Scanner


class Me(NamedTuple):
    """The bot itself, as getMe tells it."""

    id: int
    username: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Services:
    """`gateway` is for reading (administrators, a member) before a Unit opens; whatever changes something is an act.

    `started_at` and `heard_at()` are Unix seconds: of the start, and of Telegram's last word; 0 for never.
    """

    me: Me
    settings: "Settings"
    storage: "Storage"
    clock: "Clock"
    texts: "Texts"
    scanner: "Scanner"
    moderator: "Moderator"
    outbox: "Outbox"
    gateway: "Gateway"
    started_at: float = 0.0
    heard_at: Callable[[], float] = float
