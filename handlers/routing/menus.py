"""The bot's own lists of commands, as Telegram shows them beside the text field; set once at the start."""

from collections.abc import Iterator
from typing import NamedTuple

from bot.texts import FALLBACK, Texts
from handlers.home.helping import FOR_LEADERS, FOR_MEMBERS, IN_PRIVATE
from handlers.saying.answers import phrase

MOST_FOR_MEMBERS, MOST_FOR_LEADERS = 6, 12
# Telegram asks for the list of the reader's language first, then for the one without.
LANGUAGES = {"": FALLBACK, "zh": "zh_Hans", "en": "en"}
# Telegram takes the first of these that has a list: administrators, groups, private chats, everybody.
SCOPES = {
    "default": FOR_MEMBERS, "all_private_chats": IN_PRIVATE, "all_group_chats": FOR_MEMBERS,
    "all_chat_administrators": FOR_LEADERS,
}  # fmt: skip


class Menu(NamedTuple):
    """`scope` and `language` are Telegram's words ("" for everybody); `commands` are (name, what it does)."""

    scope: str
    language: str
    commands: tuple[tuple[str, str], ...]


def menus(texts: Texts) -> Iterator[Menu]:
    """What members see in groups and in private, and what administrators see in their groups."""
    for code, language in LANGUAGES.items():
        for scope, names in SCOPES.items():
            shown = tuple((name, texts.plain(phrase(f"menu_{name}"), language, 256)) for name in names)
            yield Menu(scope, code, shown)
