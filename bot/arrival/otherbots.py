"""Other bots that administer a group: what is known of them, and which of their jobs are ours as well; asks nothing."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from bot.storage import Unit, members

WELCOME = "welcome"

# By the beginning of the username, which copies of the same bot share.
KNOWN: Mapping[str, tuple[str, ...]] = MappingProxyType({
    "missrose": (WELCOME, "rules", "words", "warnings"),
    "grouphelp": (WELCOME, "rules", "words", "warnings"),
    "ghclone": (WELCOME, "rules", "words", "warnings"),
    "groupbutler": (WELCOME, "rules", "warnings"),
    "combot": (WELCOME, "ads", "warnings"),
    "shieldy": (WELCOME, "gate"),
    "join_captcha": ("gate",),
    "policr_mini": ("gate",),
    "safeguard": ("gate",),
})  # fmt: skip


class OtherBot(NamedTuple):
    """`jobs` are those that we do as well; empty where the bot is not known."""

    user_id: int
    name: str
    username: str
    jobs: tuple[str, ...]

    @property
    def shown(self) -> str:
        return f"@{self.username}" if self.username else self.name


async def of_group(unit: Unit, group_id: int, own_id: int) -> list[OtherBot]:
    """The bots among its administrators, but for this one."""
    found = [row for row in await members.admins(unit, group_id) if row.is_bot and row.user_id != own_id]
    return [OtherBot(row.user_id, row.name, row.username, jobs_of(row.username)) for row in found]


def jobs_of(username: str) -> tuple[str, ...]:
    asked = username.lower()
    return next((jobs for beginning, jobs in KNOWN.items() if asked.startswith(beginning)), ())
