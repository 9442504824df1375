"""Ban, unban, restrict, promote, title, tag: in the order of checks the real server has."""

from __future__ import annotations

from sandbox import errors
from sandbox.api.access import group_of, refuse
from sandbox.api.arguments import Args
from sandbox.errors import bad
from sandbox.world import World, membership
from sandbox.world.records import Chat, Member
from sandbox.world.rights import RIGHTS, absolute_end, can, editable, read_permissions, rights_of
from sandbox.world.symbols import has_emoji
from sandbox.world.views import member_json

TAG_LENGTH = TITLE_LENGTH = 16


def target(world: World, chat: Chat, args: Args) -> Member:
    """Whom the call is about, once owner, self, the bot's rights and administrators have been checked."""
    user = user_of_chat(world, chat, args)
    refuse(user.status == "creator", bad(errors.OWNER_UNTOUCHABLE))
    refuse(user.user_id == world.bot_id, bad(errors.RESTRICT_SELF))
    bot = world.bot_member(chat)
    refuse(not can(bot, "can_restrict_members"), bad(errors.RESTRICT_RIGHTS))
    refuse(user.status == "administrator" and not editable(bot, user), bad(errors.TARGET_IS_ADMIN))
    return user


def user_of_chat(world: World, chat: Chat, args: Args) -> Member:
    user_id = args.integer("user_id")
    refuse(user_id <= 0, bad(errors.INVALID_USER))
    refuse(user_id not in world.users, bad(errors.PARTICIPANT_INVALID))
    return world.member(chat, user_id)


def no_private(chat: Chat) -> None:
    refuse(chat.kind == "private", bad("can't ban members in private chats"))


def ban(world: World, args: Args) -> bool:
    chat = group_of(world, args)
    no_private(chat)
    member = target(world, chat, args)
    until = absolute_end(args.integer("until_date"), world.now())
    membership.remove(world, chat, member.user_id, world.bot_id, ban=chat.kind != "group", until=until)
    return True


def unban(world: World, args: Args) -> bool:
    chat = group_of(world, args)
    refuse(chat.kind not in ("supergroup", "channel"), bad(errors.SUPERGROUPS_AND_CHANNELS_ONLY))
    member = target(world, chat, args)
    if member.status == "kicked":
        membership.unban(world, chat, member.user_id, world.bot_id)
    elif not args.flag("only_if_banned") and member.status != "left":
        membership.remove(world, chat, member.user_id, world.bot_id, ban=False)
    return True


def restrict(world: World, args: Args) -> bool:
    chat = group_of(world, args)
    refuse(chat.kind != "supergroup", bad(errors.SUPERGROUPS_ONLY))
    given = args.object("permissions") or {}
    permissions = read_permissions(given, independent=args.flag("use_independent_chat_permissions"))
    member = target(world, chat, args)
    until = absolute_end(args.integer("until_date"), world.now())
    membership.restrict(world, chat, member.user_id, world.bot_id, permissions, until)
    return True


def promote(world: World, args: Args) -> bool:
    chat = group_of(world, args)
    refuse(chat.kind == "private", bad("can't promote members in private chats"))
    member = user_of_chat(world, chat, args)
    rights = frozenset(name for name in RIGHTS if args.flag(name)) & set(rights_of(chat))
    bot = world.bot_member(chat)
    refuse(member.status == "creator", bad(errors.OWNER_UNTOUCHABLE))
    refuse(member.user_id == world.bot_id, bad(errors.PROMOTE_SELF))
    refuse(not can(bot, "can_promote_members"), bad(errors.NOT_ENOUGH_RIGHTS))
    refuse(not rights <= bot.rights | {"can_manage_chat"}, bad(errors.RIGHT_FORBIDDEN))
    refuse(member.status == "administrator" and not editable(bot, member), bad(errors.ADMIN_REQUIRED))
    anonymous = args.flag("is_anonymous")
    if rights or anonymous:
        granted = rights | {"can_manage_chat"}
        membership.promote(world, chat, member.user_id, world.bot_id, granted, anonymous=anonymous)
    elif member.status == "administrator":
        membership.demote(world, chat, member.user_id, world.bot_id)
    return True


def set_title(world: World, args: Args) -> bool:
    chat = group_of(world, args)
    refuse(chat.kind != "supergroup", bad(errors.SUPERGROUPS_ONLY))
    member = user_of_chat(world, chat, args)
    title = args.text("custom_title").strip()
    refuse(member.status == "creator", bad(errors.TITLE_OF_OWNER))
    refuse(member.status != "administrator", bad(errors.NOT_AN_ADMIN))
    refuse(not editable(world.bot_member(chat), member), bad(errors.TITLE_FOREIGN))
    refuse(len(title) > TITLE_LENGTH, bad(errors.TITLE_INVALID))
    refuse(has_emoji(title), bad(errors.TITLE_EMOJI))
    membership.change(world, chat, member.user_id, world.bot_id, title=title)
    return True


def set_tag(world: World, args: Args) -> bool:
    """No update tells of a tag."""
    chat = group_of(world, args)
    refuse(not chat.is_group, bad("method is available only for groups and supergroups"))
    tag = args.text("tag").strip()
    refuse(len(tag) > TAG_LENGTH, bad(errors.TAG_INVALID))
    refuse(has_emoji(tag), bad(errors.TAG_EMOJI))
    member = user_of_chat(world, chat, args)
    refuse(not can(world.bot_member(chat), "can_manage_tags"), bad(errors.TAG_FORBIDDEN))
    refuse(member.is_admin, bad(errors.TAG_FORBIDDEN))
    refuse(not member.inside, bad(errors.PARTICIPANT_INVALID))
    member.tag = tag
    world.record("tag", {"chat": chat.id, "user": member.user_id, "tag": tag})
    return True


def ban_sender_chat(world: World, args: Args) -> bool:
    chat = _for_sender_chat(world, args)
    chat.banned_chats.add(args.integer("sender_chat_id"))
    return True


def unban_sender_chat(world: World, args: Args) -> bool:
    chat = _for_sender_chat(world, args)
    chat.banned_chats.discard(args.integer("sender_chat_id"))
    return True


def _for_sender_chat(world: World, args: Args) -> Chat:
    chat = group_of(world, args)
    refuse(chat.kind not in ("supergroup", "channel"), bad(errors.SUPERGROUPS_AND_CHANNELS_ONLY))
    sender = world.chats.get(args.integer("sender_chat_id"))
    refuse(sender is None or sender.kind == "private", bad(errors.CHAT_NOT_FOUND))
    refuse(not can(world.bot_member(chat), "can_restrict_members"), bad(errors.RESTRICT_RIGHTS))
    return chat


def get_member(world: World, args: Args) -> dict[str, object]:
    chat = group_of(world, args)
    user_id = args.integer("user_id")
    refuse(user_id <= 0, bad(errors.INVALID_USER))
    refuse(user_id not in world.users, bad(errors.MEMBER_NOT_FOUND))
    member = world.member(chat, user_id)
    if chat.kind == "private":
        refuse(user_id not in (chat.id, world.bot_id), bad(errors.MEMBER_NOT_FOUND))
        return member_json(world, chat, Member(user_id, "member"))
    hidden = chat.hidden_members or chat.kind == "channel"
    refuse(hidden and not world.bot_member(chat).is_admin, bad(errors.MEMBERS_HIDDEN))
    return member_json(world, chat, member)


def get_administrators(world: World, args: Args) -> list[dict[str, object]]:
    chat = group_of(world, args)
    refuse(chat.kind == "private", bad(errors.NO_ADMINS_IN_PRIVATE))
    refuse(chat.kind == "channel" and not world.bot_member(chat).is_admin, bad(errors.MEMBERS_HIDDEN))
    with_bots = args.flag("return_bots")

    def listed(member: Member) -> bool:
        """Other bots only where they are asked for."""
        is_person = not world.users[member.user_id].is_bot
        return member.is_admin and (is_person or member.user_id == world.bot_id or with_bots)

    return [member_json(world, chat, member) for member in chat.members.values() if listed(member)]


def get_member_count(world: World, args: Args) -> int:
    chat = group_of(world, args)
    return 2 if chat.kind == "private" else membership.count(world, chat)


METHODS = {
    "banChatMember": ban,
    "unbanChatMember": unban,
    "restrictChatMember": restrict,
    "promoteChatMember": promote,
    "setChatAdministratorCustomTitle": set_title,
    "setChatMemberTag": set_tag,
    "banChatSenderChat": ban_sender_chat,
    "unbanChatSenderChat": unban_sender_chat,
    "getChatMember": get_member,
    "getChatAdministrators": get_administrators,
    "getChatMemberCount": get_member_count,
}
