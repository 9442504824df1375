"""Permissions of one person or of everybody as calls, and what a chat says of them; it sends nothing."""

from collections.abc import Iterable, Mapping
from typing import Any

from telegram import ChatPermissions

from bot.gateway.outcomes import Place, Renderer
from bot.gateway.posts import Call
from rules.conduct.effects import Free, SetPermissions


def free(act: Free, place: Place, _: Renderer) -> Call:
    """Every permission is given back; what the chat forbids to all stays forbidden."""
    return permissions(place.chat_id, act.user_id, ChatPermissions.all_permissions(), None)


def restriction(chat_id: int, user_id: int, until: int) -> Call:
    """Read-only; `until` 0 is for ever."""
    return permissions(chat_id, user_id, ChatPermissions.no_permissions(), until or None)


def permissions(chat_id: int, user_id: int, allowed: ChatPermissions, until: int | None) -> Call:
    # Independent: else Telegram gives permissions that others of them imply.
    named = {"permissions": allowed, "use_independent_chat_permissions": True, "until_date": until}
    return Call("restrict_chat_member", {"chat_id": chat_id, "user_id": user_id, **named})


def permissions_of(chat: Mapping[str, Any]) -> frozenset[str]:
    """What everybody may do in a chat, as getChat tells it."""
    return frozenset(name for name, value in (chat.get("permissions") or {}).items() if value is True)


def change(act: SetPermissions, chat_id: int, found: frozenset[str]) -> tuple[Call | None, dict[str, object]]:
    """The call that is still needed, and what turned out to have been changed by a person.

    Where permissions are given back, a person's change stays; where they are taken, it is what will be given back.
    """
    if found == frozenset(act.allowed):
        return None, {}
    meanwhile: dict[str, object] = {"found": sorted(found)} if found != frozenset(act.before) else {}
    return (None if meanwhile and act.allowed else for_everybody(chat_id, act.allowed)), meanwhile


def for_everybody(chat_id: int, allowed: Iterable[str]) -> Call:
    """Just these, also where the library does not know their names yet."""
    chosen = {**ChatPermissions.no_permissions().to_dict(), **dict.fromkeys(allowed, True)}
    named = {"permissions": ChatPermissions.de_json(chosen), "use_independent_chat_permissions": True}
    return Call("set_chat_permissions", {"chat_id": chat_id, **named})
