"""What Telegram shows of the bot before anybody speaks with it, as calls: commands, descriptions, rights wanted."""

from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from typing import Any, Literal, NamedTuple

from telegram import (
    Bot,
    BotCommand,
    BotCommandScope,
    BotCommandScopeAllChatAdministrators,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeDefault,
    ChatAdministratorRights,
)

SCOPES: dict[str, Callable[[], BotCommandScope]] = {
    "default": BotCommandScopeDefault,
    "all_private_chats": BotCommandScopeAllPrivateChats,
    "all_group_chats": BotCommandScopeAllGroupChats,
    "all_chat_administrators": BotCommandScopeAllChatAdministrators,
}

Ask = Callable[[Callable[[], Awaitable[object]]], Awaitable[Any]]
Kind = Literal["commands", "description", "short_description", "rights"]


class Shown(NamedTuple):
    """One thing that is shown: commands as (name, meaning) pairs, a text, or the names of rights. `language` is one of
    Telegram's two-letter codes, "" for everybody else; `scope` is for commands alone."""

    kind: Kind
    value: Any
    language: str = ""
    scope: str = ""


async def set_shown(bot: Bot, ask: Ask, one: Shown) -> None:
    code = one.language or None
    match one.kind:
        case "commands":
            commands = [BotCommand(name, meaning) for name, meaning in one.value]
            scope = SCOPES[one.scope or "default"]()
            await ask(lambda: bot.set_my_commands(commands, scope=scope, language_code=code))
        case "description":
            await ask(lambda: bot.set_my_description(one.value, language_code=code))
        case "short_description":
            await ask(lambda: bot.set_my_short_description(one.value, language_code=code))
        case "rights":
            await ask(lambda: bot.set_my_default_administrator_rights(rights_of(one.value), for_channels=False))


async def is_shown(bot: Bot, ask: Ask, one: Shown) -> bool:
    """Whether Telegram shows exactly that already."""
    code = one.language or None
    match one.kind:
        case "commands":
            scope = SCOPES[one.scope or "default"]()
            found: Sequence[Mapping[str, str]] = await ask(lambda: bot.get_my_commands(scope, code))
            return [(each["command"], each["description"]) for each in found] == [tuple(each) for each in one.value]
        case "description":
            return bool((await ask(lambda: bot.get_my_description(code)))["description"] == one.value)
        case "short_description":
            return bool((await ask(lambda: bot.get_my_short_description(code)))["short_description"] == one.value)
        case "rights":
            held = await ask(lambda: bot.get_my_default_administrator_rights(for_channels=False))
            return {name for name, value in held.items() if value is True} - IMPLIED == frozenset(one.value) - IMPLIED


# Every administrator has it, whatever is asked for.
IMPLIED = frozenset({"can_manage_chat"})
NAMES = (
    "can_manage_chat", "can_delete_messages", "can_manage_video_chats", "can_restrict_members", "can_promote_members",
    "can_change_info", "can_invite_users", "can_post_stories", "can_edit_stories", "can_delete_stories",
)  # fmt: skip


def rights_of(names: Collection[str]) -> ChatAdministratorRights:
    """Only what is asked for; the library wants the usual ones said either way."""
    said: dict[str, Any] = {name: name in names or name in IMPLIED for name in {*NAMES, *names}}
    return ChatAdministratorRights(is_anonymous=False, **said)
