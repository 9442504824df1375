"""Who is in a group, who leads it and what the bot may do there, kept as Telegram reports it; decides nothing."""

from typing import Any, NamedTuple

from bot.conduct import links
from bot.conduct.policies import zone_of
from bot.gateway import ChatInfo, MemberInfo
from bot.storage import acts, audit, deadlines, groups, joins, members, welcomes
from bot.storage.groups import GroupRow
from bot.storage.members import GONE as GONE
from bot.storage.members import LEADING, AdminRow
from bot.storage.unit import Unit
from rules.conduct.checks import CHECKS
from rules.conduct.deadlines import deadline
from rules.conduct.facts import Facts
from rules.conduct.policy import Policy

# A later join of somebody who is here: their leaving was not told.
TOLD_TWICE_WITHIN = 60
# Stands among the rules in what a group's row says of their beginnings.
CHECKIN = "checkin"


class StatusChange(NamedTuple):
    """What Telegram says of a person now. `rights` are those of an administrator, in Telegram's words; `came`: they
    were not in the group before.
    """

    user_id: int
    name: str
    username: str
    status: str
    at: int
    rights: frozenset[str] = frozenset()
    anonymous: bool = False
    came: bool = False


class Answers(NamedTuple):
    """What Telegram says of a group that it is asked about."""

    chat: ChatInfo
    administrators: list[MemberInfo]
    member_count: int


class BotChange(NamedTuple):
    """What became of the bot's place in a group, for telling it once. `lost` are rights."""

    group: GroupRow
    gone: bool = False
    lost: frozenset[str] = frozenset()


async def joined(unit: Unit, group: GroupRow, facts: Facts, *, greet: bool) -> bool:
    """Note a join; whether it is news. Telegram tells of one join twice: by a service message and by chat_member."""
    known = (await members.load(unit, [(group.id, facts.user_id)])).get((group.id, facts.user_id))
    inside = known is not None and known.status not in GONE
    if inside and known is not None and known.joined_at is not None and facts.at < known.joined_at + TOLD_TWICE_WITHIN:
        return False
    noted = await members.set_status(
        unit, group.id, facts.user_id, "member",
        at=facts.at, unless_leading=True, name=facts.name, username=facts.username, joined_at=facts.at,
    )  # fmt: skip
    if noted:
        await links.joined(unit, group, facts.user_id, facts.at)
    if noted and await brought(unit, group, facts):
        # Whom a leader added is kept: no removal of many concerns them.
        await audit.add(
            unit, at=facts.at, actor_kind="person", actor_id=facts.by_user_id, action=joins.BROUGHT,
            group_id=group.id, target_id=facts.user_id,
        )  # fmt: skip
    if noted and greet and not facts.is_bot:
        await welcomes.add(unit, group.id, facts.user_id, facts.name, facts.at)
    return noted


async def brought(unit: Unit, group: GroupRow, facts: Facts) -> bool:
    """Whether a leader added whoever joined."""
    if facts.by_user_id in (0, facts.user_id):
        return False
    adder = (await members.load(unit, [(group.id, facts.by_user_id)])).get((group.id, facts.by_user_id))
    return adder is not None and adder.status in LEADING


async def left(unit: Unit, group: GroupRow, facts: Facts) -> None:
    """Note that somebody is gone, unless they are known to have come back since; what waited for them waits no more."""
    noted = await members.set_status(
        unit, group.id, facts.user_id, "left", at=facts.at, name=facts.name, username=facts.username
    )
    if not noted:
        return
    await deadlines.cancel(unit, group_id=group.id, user_id=facts.user_id, kind="nickname_remind")
    await deadlines.cancel(unit, group_id=group.id, user_id=facts.user_id, kind="nickname_due")
    await deadlines.cancel(unit, group_id=group.id, user_id=facts.user_id, kind="gate_unanswered")
    await welcomes.remove(unit, group.id, facts.user_id)
    await acts.say_no_more(unit, group.id, facts.user_id, facts.at)


async def status_changed(unit: Unit, group: GroupRow, change: StatusChange) -> None:
    """A promotion, a demotion, a restriction by a person; joins and leaves have their own doors."""
    joined_at: dict[str, Any] = {"joined_at": change.at} if change.came else {}
    await members.set_status(
        unit, group.id, change.user_id, change.status,
        at=change.at, name=change.name, username=change.username,
        admin_rights=change.rights, anonymous=change.anonymous, **joined_at,
    )  # fmt: skip


async def bot_changed(unit: Unit, group: GroupRow, status: str, rights: frozenset[str], at: int) -> BotChange:
    """The bot was added, promoted, stripped of a right or put out: acts wait, or go on, accordingly."""
    gone = status in GONE
    was_gone = group.bot_status in GONE
    gained, lost = rights - group.bot_rights, group.bot_rights - rights
    columns: dict[str, object] = {"bot_status": status, "bot_rights": rights}
    if group.state in groups.OUTSIDE:
        # Nobody has let the bot in: it is only noted what it may do, for the case that somebody does.
        await groups.update(unit, group.id, **columns)
        return BotChange(group)
    if was_gone and not gone:
        columns["bot_joined_at"] = at
    await groups.update(unit, group.id, state="inactive" if gone else "active", **columns)
    if gone:
        await acts.hold(unit, group_id=group.id, cause="inactive")
    else:
        await acts.resume(unit, group_id=group.id, cause="inactive")
        if was_gone:
            # Nobody could answer the bot while it was away.
            await deadlines.postpone(unit, group.id, deadline(at, 24, zone_of(group)))
        # Telegram names this right only of who is restricted; everybody else has it.
        speaks = frozenset() if status == "restricted" else frozenset({"can_send_messages"})
        for right in sorted(gained | speaks):
            await acts.resume(unit, group_id=group.id, cause=f"right:{right}")
    return BotChange(group, gone, frozenset() if gone else lost)


async def described(
    unit: Unit, group: GroupRow, answers: Answers, status: str, rights: frozenset[str], at: int
) -> None:
    """Note what was answered about a group, in which the bot is `status` and holds `rights`."""
    chat = answers.chat
    rows = [
        AdminRow(each.user_id, each.name, each.username, each.status, each.rights, each.anonymous, each.is_bot)
        for each in answers.administrators
    ]
    await members.replace_admins(unit, group.id, rows, at)
    await groups.update(
        unit, group.id, title=chat.title, is_forum=chat.is_forum, admins_at=at, linked_chat=chat.linked_chat_id,
        member_count=answers.member_count,
    )  # fmt: skip
    await bot_changed(unit, group, status, rights, at)


async def begin_rules(unit: Unit, group: GroupRow, policy: Policy, at: int) -> None:
    """Note since when each enforced rule holds here: whoever was in the group before is treated gently (fairness 2).

    The same for check-ins: only what was promised before its time can have been missed.
    """
    new = {name: at for name, _ in CHECKS if getattr(policy, name).mode == "enforce" and name not in group.rule_began}
    if promises_changed(group, policy) and policy.checkin.enabled:
        new[CHECKIN] = at
    ended = {CHECKIN} if not policy.checkin.enabled and CHECKIN in group.rule_began else set()
    known = (await groups.by_ids(unit, [group.id], lock=True)).get(group.id) if new or ended else None
    if known is not None:
        began = {**new, **known.rule_began}
        await groups.update(unit, group.id, rule_began={name: began[name] for name in began if name not in ended})


def promises_changed(group: GroupRow, policy: Policy) -> bool:
    """Check-ins were turned on or off, and it is not yet noted."""
    return policy.checkin.enabled != (CHECKIN in group.rule_began)
