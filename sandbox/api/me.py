"""The bot itself: who it is, its commands by scope and language, descriptions, menu button, default rights."""

from __future__ import annotations

import re
from typing import Any

from sandbox.api.access import chat_of, refuse
from sandbox.api.arguments import Args
from sandbox.errors import bad
from sandbox.world import World
from sandbox.world.records import Json
from sandbox.world.rights import CHANNEL_RIGHTS, COMMON_RIGHTS, GROUP_RIGHTS
from sandbox.world.views import user_json

COMMAND = re.compile(r"/?[a-z0-9_]{1,32}")
CHAT_SCOPES = frozenset({"chat", "chat_administrators", "chat_member"})
SCOPES = CHAT_SCOPES | {"default", "all_private_chats", "all_group_chats", "all_chat_administrators"}
LIST_LIMIT, DESCRIPTION_LIMIT = 100, 256


def get_me(world: World, args: Args) -> Json:
    return user_json(world.bot) | {
        "can_join_groups": True,
        "can_read_all_group_messages": not world.privacy,
        "supports_guest_queries": False,
        "supports_inline_queries": False,
        "can_connect_to_business": False,
        "has_main_web_app": False,
        "has_topics_enabled": False,
        "allows_users_to_create_topics": False,
        "can_manage_bots": False,
    }


def scope_key(world: World, args: Args) -> str:
    """One key for scope and language, checked."""
    scope = args.object("scope") or {"type": "default"}
    kind = scope.get("type")
    refuse(kind not in SCOPES, bad("can't parse BotCommandScope: unsupported type specified"))
    parts = [str(kind)]
    if kind in CHAT_SCOPES:
        found = Args(scope)
        found.uploads = {}
        parts.append(str(chat_of(world, found).id))
    if kind == "chat_member":
        parts.append(str(scope.get("user_id")))
    language = args.text("language_code")
    refuse(bool(language) and not re.fullmatch("[a-z]{2}", language), bad("invalid language code specified"))
    return ":".join(["commands", *parts, language])


def set_commands(world: World, args: Args) -> bool:
    key = scope_key(world, args)
    commands = [checked(command) for command in args.items_of("commands")]
    refuse(len(commands) > LIST_LIMIT, bad("too many commands specified"))
    if commands:
        world.settings[key] = commands
    else:
        world.settings.pop(key, None)
    return True


def checked(command: Json) -> Json:
    name, description = str(command.get("command", "")), str(command.get("description", "")).strip()
    refuse(not COMMAND.fullmatch(name), bad("BOT_COMMAND_INVALID"))
    refuse(not description, bad("command description must be non-empty"))
    refuse(len(description) > DESCRIPTION_LIMIT, bad("BOT_COMMAND_DESCRIPTION_INVALID"))
    return {"command": name.removeprefix("/"), "description": description}


def get_commands(world: World, args: Args) -> list[Json]:
    return list(world.settings.get(scope_key(world, args), ()))


def delete_commands(world: World, args: Args) -> bool:
    world.settings.pop(scope_key(world, args), None)
    return True


def texts(name: str, limit: int) -> dict[str, Any]:
    """setMy… and getMy… for one text that may differ by language."""
    method = "".join(part.capitalize() for part in name.split("_"))

    def setter(world: World, args: Args) -> bool:
        refuse(len(args.text(name)) > limit, bad(f"{name} is too long"))
        world.settings[f"{name}:{args.text('language_code')}"] = args.text(name)
        return True

    def getter(world: World, args: Args) -> Json:
        own = world.settings.get(f"{name}:{args.text('language_code')}")
        usual = world.bot.first_name if name == "name" else ""
        return {name: own or world.settings.get(f"{name}:") or usual}

    return {f"setMy{method}": setter, f"getMy{method}": getter}


def set_menu_button(world: World, args: Args) -> bool:
    world.settings[f"menu:{args.integer('chat_id')}"] = args.object("menu_button") or {"type": "default"}
    return True


def get_menu_button(world: World, args: Args) -> Json:
    own = world.settings.get(f"menu:{args.integer('chat_id')}")
    button: Json = own or world.settings.get("menu:0") or {"type": "commands"}
    return button


def set_default_rights(world: World, args: Args) -> bool:
    world.settings[rights_key(args)] = args.object("rights") or {}
    return True


def get_default_rights(world: World, args: Args) -> Json:
    chosen = world.settings.get(rights_key(args), {})
    names = (*COMMON_RIGHTS, *(CHANNEL_RIGHTS if args.flag("for_channels") else GROUP_RIGHTS))
    return {name: bool(chosen.get(name)) for name in ("is_anonymous", *names)}


def rights_key(args: Args) -> str:
    return "rights:channel" if args.flag("for_channels") else "rights:group"


def yes(world: World, args: Args) -> bool:
    return True


METHODS: dict[str, Any] = {
    "getMe": get_me,
    "logOut": yes,
    "close": yes,
    "setMyCommands": set_commands,
    "getMyCommands": get_commands,
    "deleteMyCommands": delete_commands,
    "setChatMenuButton": set_menu_button,
    "getChatMenuButton": get_menu_button,
    "setMyDefaultAdministratorRights": set_default_rights,
    "getMyDefaultAdministratorRights": get_default_rights,
    **texts("name", 64),
    **texts("description", 512),
    **texts("short_description", 120),
}
