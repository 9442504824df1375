"""The groups the bot serves. `id` is ours and stays; `chat_id` is Telegram's and may change once."""

from collections.abc import Collection, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlalchemy import update as change

from bot.storage import codec
from bot.storage.actstates import resume
from bot.storage.merging import follow, merge
from bot.storage.tables import decisions, former_chats, group_notices, groups, questions, recent_messages
from bot.storage.unit import Sql, Unit, missing

ZONE, LANGUAGE = "Asia/Shanghai", "zh_Hans"
# An operator is being asked whether the bot may stay; or said no, and it is leaving.
PENDING, REFUSED = "pending", "refused"
OUTSIDE = frozenset({PENDING, REFUSED})


class GroupRow(NamedTuple):
    """`state` is active, inactive, pending or refused; `rule_began` says since when each rule is enforced. 0: nobody,
    never, none. `defaults` is the fingerprint of the settings the group began with; `second_language` "" for none."""

    id: int
    chat_id: int
    owner_id: int
    title: str
    kind: str
    state: str
    language: str
    zone: str
    uses_tags: bool
    is_forum: bool
    member_count: int
    bot_joined_at: int
    set_up_by: int
    moderators_chat: int
    linked_chat: int
    bot_status: str
    bot_rights: frozenset[str]
    rule_began: dict[str, int]
    policy_version: int
    admins_at: int
    defaults: str
    second_language: str


COLUMNS = [groups.c[name] for name in GroupRow._fields]
BY_CHATS = Sql(
    "SELECT k.value, g.id, chat_id, owner_id, title, kind, state, language, zone, uses_tags, is_forum, member_count, "
    "bot_joined_at, set_up_by, moderators_chat, linked_chat, bot_status, bot_rights, rule_began, policy_version, "
    "admins_at, defaults, second_language FROM json_each(?1) AS k CROSS JOIN groups AS g ON g.id = coalesce("
    "(SELECT id FROM groups WHERE chat_id = k.value), (SELECT group_id FROM former_chats WHERE chat_id = k.value))",
    "SELECT k.asked, g.id, chat_id, owner_id, title, kind, state, language, zone, uses_tags, is_forum, member_count, "
    "bot_joined_at, set_up_by, moderators_chat, linked_chat, bot_status, bot_rights, rule_began, policy_version, "
    "admins_at, defaults, second_language FROM unnest($1::bigint[]) AS k(asked) JOIN groups AS g ON g.id = coalesce("
    "(SELECT id FROM groups WHERE chat_id = k.asked), (SELECT group_id FROM former_chats WHERE chat_id = k.asked))",
)
CHANGEABLE = frozenset(GroupRow._fields) - {"id", "chat_id"}


async def by_chats(unit: Unit, chat_ids: Collection[int]) -> dict[int, GroupRow]:
    """Keyed by the chat that was asked for, also where the group has become a supergroup since."""
    if not chat_ids:
        return {}
    return {row[0]: row_of(row[1:]) for row in await unit.fetch(BY_CHATS, unit.array(chat_ids))}


async def by_ids(unit: Unit, ids: Collection[int], *, lock: bool = False) -> dict[int, GroupRow]:
    """`lock` where a column is read and written: nobody else changes the rows until the Unit ends."""
    asked = select(*COLUMNS).where(groups.c.id.in_(list(ids)))
    rows = await unit.execute(asked.order_by(groups.c.id).with_for_update() if lock else asked)
    return {row[0]: row_of(row) for row in rows}


async def all_active(unit: Unit) -> list[GroupRow]:
    rows = await unit.execute(select(*COLUMNS).where(groups.c.state == "active").order_by(groups.c.id))
    return [row_of(row) for row in rows]


async def ensure(
    unit: Unit, chat_id: int, *, title: str, kind: str, owner_id: int, at: int, state: str = "active"
) -> GroupRow:
    """The group of this chat; made where there is none, left as it is where there is one."""
    known = (await by_chats(unit, [chat_id])).get(chat_id)
    if known is None:
        await unit.execute(missing(unit, groups).values(fresh(chat_id, title, kind, owner_id, at) | {"state": state}))
        known = (await by_chats(unit, [chat_id]))[chat_id]
    return known


def fresh(chat_id: int, title: str, kind: str, owner_id: int, at: int) -> dict[str, Any]:
    return {
        "chat_id": chat_id, "owner_id": owner_id, "title": title, "kind": kind, "state": "active", "language": LANGUAGE,
        "zone": ZONE, "uses_tags": False, "is_forum": False, "member_count": 0, "bot_joined_at": at, "set_up_by": 0,
        "moderators_chat": 0, "linked_chat": 0, "bot_status": "", "bot_rights": codec.encode_names(frozenset()),
        "rule_began": codec.encode_table({}), "policy_version": 0, "admins_at": 0, "defaults": "",
        "second_language": "", "created_at": at,
    }  # fmt: skip


async def update(unit: Unit, group_id: int, **columns: Any) -> None:
    """Change columns of GroupRow, but for its ids. Raises TypeError for a name that is none of them."""
    if unknown := columns.keys() - CHANGEABLE:
        raise TypeError(f"no changeable column of a group: {', '.join(sorted(unknown))}")
    if "bot_rights" in columns:
        columns["bot_rights"] = codec.encode_names(frozenset(columns["bot_rights"]))
    if "rule_began" in columns:
        columns["rule_began"] = codec.encode_table(dict(columns["rule_began"]))
    if columns:
        await unit.execute(change(groups).where(groups.c.id == group_id).values(columns))


async def migrate(unit: Unit, old_chat_id: int, new_chat_id: int) -> bool:
    """The group has become a supergroup; everything of it follows. False where that was known or no group is."""
    locked = select(groups.c.id, groups.c.chat_id).where(groups.c.chat_id.in_([old_chat_id, new_chat_id]))
    known = {row.chat_id: row.id for row in await unit.execute(locked.order_by(groups.c.id).with_for_update())}
    group_id = known.get(old_chat_id)
    if old_chat_id == new_chat_id:
        return False
    # Also where the chat is no group of ours: it may be the moderators' chat of one.
    await follow(unit, old_chat_id, new_chat_id)
    if group_id is None:
        return False
    await forget_messages(unit, group_id)
    if (other := known.get(new_chat_id)) is not None:
        await merge(unit, other, group_id)
    await unit.execute(change(groups).where(groups.c.id == group_id).values(chat_id=new_chat_id, kind="supergroup"))
    await unit.execute(missing(unit, former_chats).values(chat_id=old_chat_id, group_id=group_id))
    await resume(unit, group_id=group_id, cause="supergroup")
    return True


async def forget_messages(unit: Unit, group_id: int) -> None:
    """Numbers of messages start anew in the supergroup: what is kept of the old ones would name strangers' messages."""
    for table in (recent_messages, questions):
        await unit.execute(table.delete().where(table.c.group_id == group_id))
    await unit.execute(change(decisions).where(decisions.c.group_id == group_id).values(message_id=0))
    await unit.execute(change(group_notices).where(group_notices.c.group_id == group_id).values(message_id=0))


def row_of(row: Sequence[Any]) -> GroupRow:
    return made(tuple(row))


@lru_cache(10_000)
def made(row: tuple[Any, ...]) -> GroupRow:
    """Groups are asked for with every batch and change seldom."""
    group = GroupRow._make(row)
    return group._replace(
        uses_tags=bool(group.uses_tags), is_forum=bool(group.is_forum),
        bot_rights=codec.decode_names(str(group.bot_rights)), rule_began=codec.decode_table(str(group.rule_began)),
    )  # fmt: skip
