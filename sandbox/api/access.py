"""Finds the chat, person or message a call names, or refuses in the real server's words."""

from __future__ import annotations

from sandbox import errors
from sandbox.api.arguments import Args
from sandbox.errors import ApiError, bad, forbidden, migrated
from sandbox.world import World
from sandbox.world.records import Chat, Member, Message, User
from sandbox.world.rights import can

KIND = {"group": "group chat", "supergroup": "supergroup chat", "channel": "channel chat"}
REQUEST_LIFE = 300


def chat_of(world: World, args: Args, name: str = "chat_id") -> Chat:
    """The chat for reading: the bot is in it, or it is public, or it is a person the bot knows."""
    chat = find_chat(world, args, name)
    if chat.kind == "private":
        return chat
    if chat.migrated_to:
        raise migrated(chat.migrated_to)
    if not (chat.username and chat.kind != "group"):
        check_inside(world, chat)
    return chat


def group_of(world: World, args: Args) -> Chat:
    """The chat for acting in: the bot must be in it."""
    chat = find_chat(world, args, "chat_id")
    if chat.migrated_to:
        raise migrated(chat.migrated_to)
    if chat.kind != "private":
        check_inside(world, chat)
    return chat


def writable(world: World, args: Args) -> Chat:
    """The chat for speaking in: a person must have started the bot and not blocked it."""
    chat = group_of(world, args)
    if chat.kind == "private":
        check_person(world, world.users[chat.id])
    return chat


def find_chat(world: World, args: Args, name: str) -> Chat:
    key = args.get(name)
    if key is None or key == "":
        raise bad(errors.CHAT_ID_EMPTY)
    chat_id = world.resolve(key)
    if chat_id in world.users:
        if not known(world, chat_id):
            raise bad(errors.CHAT_NOT_FOUND)
        return world.private(chat_id)
    chat = world.chats.get(chat_id)
    if chat is None or not (chat.username or world.bot_id in chat.members):
        raise bad(errors.CHAT_NOT_FOUND)
    return chat


def known(world: World, user_id: int) -> bool:
    """Has the bot ever met this person: in private or in a chat where both have been?"""
    if world.users[user_id].started or user_id == world.bot_id or user_id in world.chats:
        return True
    return any(
        world.bot_id in chat.members and (user_id in chat.members or user_id in chat.requests)
        for chat in world.chats.values()
    )


def check_inside(world: World, chat: Chat) -> None:
    bot = world.bot_member(chat)
    if bot.inside:
        return
    if bot.status == "kicked":
        raise forbidden(f"bot was kicked from the {KIND[chat.kind]}")
    raise forbidden(f"bot is not a member of the {KIND[chat.kind]}")


def check_person(world: World, user: User) -> None:
    if user.is_bot:
        raise forbidden(errors.TO_A_BOT)
    if user.deactivated:
        raise forbidden(errors.DEACTIVATED)
    if user.blocked:
        raise forbidden(errors.BLOCKED)
    if not user.started and not asked_lately(world, user.id):
        raise forbidden(errors.NEVER_STARTED)


def asked_lately(world: World, user_id: int) -> bool:
    """Who asked to join may be written to for five minutes while the request is open."""
    for chat in world.chats.values():
        request = chat.requests.get(user_id)
        if request is not None and can(world.bot_member(chat), "can_invite_users"):
            return world.now() - request.date <= REQUEST_LIFE
    return False


def user_of(world: World, args: Args) -> User:
    user = world.users.get(args.integer("user_id"))
    if user is None:
        raise bad(errors.USER_NOT_FOUND if args.get("user_id") else errors.INVALID_USER)
    return user


def message_of(world: World, chat: Chat, args: Args, reason: str) -> Message:
    message = world.message(chat, args.integer("message_id"))
    if message is None:
        raise bad(reason)
    return message


def need(world: World, chat: Chat, right: str, reason: str) -> Member:
    """The bot's own standing, if it has the right there (basic groups: any administrator)."""
    bot = world.bot_member(chat)
    if not can(bot, right):
        raise bad(reason)
    return bot


def refuse(condition: bool, error: ApiError) -> None:
    if condition:
        raise error
