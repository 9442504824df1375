"""What Telegram tells of places: the bot was added, stripped of a right, put out; a leader changed; a group moved."""

from collections.abc import Iterable
from typing import Any

from telegram import ChatMember, ChatMemberAdministrator, ChatMemberOwner, ChatMemberUpdated, Update
from telegram.ext import Application, ChatMemberHandler, MessageHandler, filters

from bot import membership
from bot.desks import alarms
from bot.membership import BotChange, StatusChange
from bot.storage import groups, users
from bot.storage.groups import GroupRow
from bot.texts import language_of
from handlers.context import GROUP_TYPES, Talk

LEADING = frozenset({ChatMember.ADMINISTRATOR, ChatMember.OWNER})


def add_to(application: "Application[Any, Any, Any, Any, Any, Any]") -> None:
    application.add_handler(ChatMemberHandler(own_place, ChatMemberHandler.MY_CHAT_MEMBER))
    application.add_handler(ChatMemberHandler(member_changed, ChatMemberHandler.CHAT_MEMBER))
    application.add_handler(MessageHandler(filters.StatusUpdate.MIGRATE, moved))


async def own_place(update: Update, talk: Talk) -> None:
    """my_chat_member: in private it says started or blocked, in a group what the bot may do there."""
    change = update.my_chat_member
    if change is None:
        return
    if change.chat.type not in GROUP_TYPES:
        await private_place(change, talk)
        return
    at = int(change.date.timestamp())
    group = await groups.ensure(
        talk.unit, change.chat.id, title=change.chat.title or "", kind=change.chat.type, owner_id=0, at=at
    )
    held = rights_of(change.new_chat_member)
    became = await membership.bot_changed(talk.unit, group, change.new_chat_member.status, held, at)
    if became.came_back or not group.set_up_by:
        group = await set_up(talk, group, change)
        became = became._replace(lost=alarms.RIGHTS - held)
    await tell(talk, group, became, held, at)


async def private_place(change: ChatMemberUpdated, talk: Talk) -> None:
    user, at = change.from_user, int(change.date.timestamp())
    if change.new_chat_member.status == ChatMember.BANNED:
        await users.blocked(talk.unit, user.id, at)
    else:
        language = language_of(user.language_code or "") or "zh_Hans"
        await users.started(talk.unit, user.id, user.full_name, user.username or "", language, at)


async def set_up(talk: Talk, group: GroupRow, change: ChatMemberUpdated) -> GroupRow:
    """Whoever adds the bot gets its cards; the group belongs to the operator."""
    adder, operators = change.from_user.id, talk.services.settings.operators.user_ids
    owner = adder if adder in operators or not operators else operators[0]
    theirs = "" if group.set_up_by else language_of(change.from_user.language_code or "")
    await groups.update(talk.unit, group.id, set_up_by=adder, owner_id=owner, language=theirs or group.language)
    policy = (await talk.services.moderator.policy_of(talk.unit, group)).policy
    await membership.begin_rules(talk.unit, group, policy, talk.at)
    return (await groups.by_ids(talk.unit, [group.id]))[group.id]


async def tell(talk: Talk, group: GroupRow, became: BotChange, held: frozenset[str], at: int) -> None:
    """Rights that are gone are told once, until they are back."""
    if became.gone:
        return
    await alarms.rights_back(talk.unit, group, held, at)
    await alarms.rights_lost(talk.unit, group, became.lost, f"rights:{group.id}:{talk.update_id}", at)


async def member_changed(update: Update, talk: Talk) -> None:
    """chat_member: promotions, demotions, restrictions by people; joining and leaving went through the pump, unless
    somebody comes as an administrator: nothing is asked of them."""
    change = update.chat_member
    if change is None or talk.group is None:
        return
    now, user = change.new_chat_member, change.new_chat_member.user
    status = StatusChange(
        user.id, user.full_name, user.username or "", now.status, int(change.date.timestamp()), rights_of(now),
        anonymous=isinstance(now, ChatMemberAdministrator | ChatMemberOwner) and now.is_anonymous,
        came=change.old_chat_member.status in membership.GONE and now.status in LEADING,
    )  # fmt: skip
    await membership.status_changed(talk.unit, talk.group, status)


async def moved(update: Update, talk: Talk) -> None:
    """A group became a supergroup: told in the old chat and in the new one, in either order."""
    message = update.effective_message
    if message is None:
        return
    if message.migrate_to_chat_id:
        await groups.migrate(talk.unit, message.chat.id, message.migrate_to_chat_id)
    elif message.migrate_from_chat_id:
        await groups.migrate(talk.unit, message.migrate_from_chat_id, message.chat.id)


def rights_of(member: ChatMember) -> frozenset[str]:
    """What an administrator may do, in Telegram's words; the creator may do all."""
    if isinstance(member, ChatMemberAdministrator):
        return frozenset(granted(member.to_dict().items()))
    return frozenset()


def granted(fields: Iterable[tuple[str, object]]) -> Iterable[str]:
    return (name for name, value in fields if value is True and name.startswith("can_") and name != "can_be_edited")
