"""Links that bring the bot to a group, with the rights it asks for and the preset the group begins with."""

from collections.abc import Iterator
from typing import NamedTuple

from rules.conduct.presets import PRESETS

# Without the first two no rule can act; without the others something else does not work.
NEEDED = ("can_delete_messages", "can_restrict_members")
WANTED = ("can_pin_messages", "can_invite_users", "can_manage_tags")
ASKED_FOR = "+".join(right.removeprefix("can_") for right in (*NEEDED, *WANTED))


class Link(NamedTuple):
    """`preset` "" begins with the defaults."""

    preset: str
    address: str


def startgroup(bot_username: str, preset: str = "") -> str:
    """Whoever opens it chooses a group; Telegram then asks for these rights and says the word in the group."""
    word = f"startgroup=t_{preset}" if preset else "startgroup"
    return f"https://t.me/{bot_username}?{word}&admin={ASKED_FOR}"


def links(bot_username: str) -> Iterator[Link]:
    for preset in ("", *PRESETS):
        yield Link(preset, startgroup(bot_username, preset))
