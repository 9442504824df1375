"""Links that bring the bot to a group, with the rights it asks for and the preset the group begins with."""

from collections.abc import Iterator
from typing import NamedTuple

from rules.conduct.presets import PRESETS

RIGHTS = ("delete_messages", "restrict_members", "pin_messages", "invite_users", "manage_tags")


class Link(NamedTuple):
    """`preset` "" begins with the defaults."""

    preset: str
    address: str


def startgroup(bot_username: str, preset: str = "") -> str:
    """Whoever opens it chooses a group; Telegram then asks for these rights and says the word in the group."""
    word = f"startgroup=t_{preset}" if preset else "startgroup"
    return f"https://t.me/{bot_username}?{word}&admin={'+'.join(RIGHTS)}"


def links(bot_username: str) -> Iterator[Link]:
    for preset in ("", *PRESETS):
        yield Link(preset, startgroup(bot_username, preset))
