"""What Telegram tells of places: the bot was added, stripped of a right, put out; a leader changed; a group moved."""

from collections.abc import Iterable
from functools import partial
from typing import Any

from telegram import ChatMember, ChatMemberAdministrator, ChatMemberOwner, ChatMemberUpdated, Update
from telegram.ext import Application, ChatMemberHandler, MessageHandler, filters

from bot import membership
from bot.arrival import arrivals, settingup
from bot.arrival.arrivals import Adder
from bot.desks import alarms
from bot.membership import BotChange, StatusChange
from bot.storage import arrivals as rows
from bot.storage import groups, users
from bot.storage.groups import GroupRow
from bot.storage.members import LEADING
from bot.texts import language_of
from handlers.frame.context import GROUP_ANONYMOUS_BOT, GROUP_TYPES, PRIVATE, Talk
from rules.conduct.effects import Mention


def add_to(application: "Application[Any, Any, Any, Any, Any, Any]") -> None:
    application.add_handler(ChatMemberHandler(own_place, ChatMemberHandler.MY_CHAT_MEMBER))
    application.add_handler(ChatMemberHandler(member_changed, ChatMemberHandler.CHAT_MEMBER))
    application.add_handler(MessageHandler(filters.StatusUpdate.MIGRATE, moved))


async def own_place(update: Update, talk: Talk) -> None:
    """my_chat_member: in private it says started or blocked, in a group what the bot may do there."""
    change = update.my_chat_member
    if change is None:
        return
    if change.chat.type == PRIVATE:
        await private_place(change, talk)
    elif change.chat.type in GROUP_TYPES:
        gone = change.new_chat_member.status in membership.GONE
        await (put_out(change, talk) if gone else inside(change, talk))


async def private_place(change: ChatMemberUpdated, talk: Talk) -> None:
    user, at = change.from_user, int(change.date.timestamp())
    if change.new_chat_member.status == ChatMember.BANNED:
        await users.blocked(talk.unit, user.id, at)
    else:
        language = language_of(user.language_code or "") or "zh_Hans"
        await users.started(talk.unit, user.id, user.full_name, user.username or "", language, at)


async def put_out(change: ChatMemberUpdated, talk: Talk) -> None:
    """Whoever set the group up hears of it once; of a group that nobody let the bot into nothing is kept."""
    group, by, at = await group_of(change, talk), change.from_user, int(change.date.timestamp())
    if group is None or await rows.gone(talk.unit, group, at):
        return
    known = group.bot_status in membership.GONE
    await membership.bot_changed(talk.unit, group, change.new_chat_member.status, frozenset(), at)
    if not known and by.id not in (talk.services.me.id, group.set_up_by):
        await alarms.put_out(talk.unit, group, talk.services.me.username, at, Mention(by.id, by.full_name))


async def inside(change: ChatMemberUpdated, talk: Talk) -> None:
    """The bot is there: newly, again, or with other rights than before."""
    at, now = int(change.date.timestamp()), change.new_chat_member
    held, came = rights_of(now), change.old_chat_member.status in membership.GONE
    group = await group_of(change, talk)
    if group is None or begins(group, came, at):
        await arrive(change, talk, group, at)
        return
    became = await membership.bot_changed(talk.unit, group, now.status, held, at)
    if not group.set_up_by:
        group = await arrivals.adopted(talk.unit, talk.services, group, adder_of(change).user_id, at)
    await tell(talk, group, became, held, at)
    await settingup.refresh(talk.unit, talk.services, group, at)


def begins(group: GroupRow, came: bool, at: int) -> bool:
    """Whether the bot was out, or is not let in yet. News that is older than what is known begins nothing."""
    outside = group.state in groups.OUTSIDE or group.bot_status in membership.GONE
    return outside or (came and bool(group.set_up_by) and at > group.bot_joined_at)


async def arrive(change: ChatMemberUpdated, talk: Talk, known: GroupRow | None, at: int) -> None:
    """Whoever brought the bot, or gave it rights there, decides whether somebody must be asked."""
    unit, chat, adder, now = talk.unit, change.chat, adder_of(change), change.new_chat_member
    group = known or await groups.ensure(
        unit, chat.id, title=chat.title or "", kind=chat.type, owner_id=0, at=at, state=groups.PENDING
    )
    await groups.update(unit, group.id, bot_status=now.status, bot_rights=rights_of(now))
    group = await arrivals.fresh_row(unit, group)
    row = await rows.get(unit, group.id)
    if row is None or not row.adder_id or group.state not in groups.OUTSIDE:
        members = talk.fetched.members
        await arrivals.arrived(unit, talk.services, group, adder, at, members=members, fresh=known is None)
    elif await arrivals.may_add(unit, talk.services, adder.user_id):
        await arrivals.let_in(unit, talk.services, group, adder.user_id, "", at)


async def group_of(change: ChatMemberUpdated, talk: Talk) -> GroupRow | None:
    return (await groups.by_chats(talk.unit, [change.chat.id])).get(change.chat.id)


def adder_of(change: ChatMemberUpdated) -> Adder:
    """Nobody knows which administrator speaks as the group."""
    user = change.from_user
    if user.id == GROUP_ANONYMOUS_BOT:
        return Adder()
    return Adder(user.id, user.full_name, user.username or "", language_of(user.language_code or ""))


async def tell(talk: Talk, group: GroupRow, became: BotChange, held: frozenset[str], at: int) -> None:
    """Rights that are gone are told once, until they are back."""
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
    if change.old_chat_member.status in LEADING or now.status in LEADING:
        talk.unit.afterwards.append(partial(talk.services.moderator.staff.forget, talk.group.id))


async def moved(update: Update, talk: Talk) -> None:
    """A group became a supergroup: told in the old chat and in the new one, in either order."""
    message = update.effective_message
    if message is None:
        return
    if message.migrate_to_chat_id:
        await groups.migrate(talk.unit, message.chat.id, message.migrate_to_chat_id)
    elif message.migrate_from_chat_id:
        await groups.migrate(talk.unit, message.migrate_from_chat_id, message.chat.id)
    now = message.migrate_to_chat_id or message.chat.id
    for group in (await groups.by_chats(talk.unit, [now])).values():
        await alarms.upgraded(talk.unit, group, talk.at)
        await settingup.refresh(talk.unit, talk.services, group, talk.at)


def rights_of(member: ChatMember) -> frozenset[str]:
    """What an administrator may do, in Telegram's words; the creator may do all."""
    if isinstance(member, ChatMemberAdministrator):
        return frozenset(granted(member.to_dict().items()))
    return frozenset()


def granted(fields: Iterable[tuple[str, object]]) -> Iterable[str]:
    return (name for name, value in fields if value is True and name.startswith("can_") and name != "can_be_edited")
