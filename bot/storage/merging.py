"""Moves what belongs to one group to another: a supergroup may speak before we hear that it is the old group."""

from dataclasses import replace

from sqlalchemy import Table, and_, case, delete, exists, func, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite

from bot.storage import codec
from bot.storage.actrows import COLUMNS, UNSETTLED
from bot.storage.actstates import MIGRATED, settle
from bot.storage.tables import acts, cares, groups, members, metadata, policies
from bot.storage.unit import Unit
from rules.conduct.effects import Act, Delete, Edit, Pin, React, Say, Unpin

# Beside primary keys with group_id in them: who waits to be greeted waits once.
UNIQUE = {"welcome_joins": ("user_id",), "join_requests": ("user_id",)}


async def merge(unit: Unit, source: int, target: int) -> None:
    """All rows of group `source` become rows of `target`, and `source` is no more."""
    await merge_members(unit, source, target)
    await keep_place(unit, source, target)
    for table in metadata.sorted_tables:
        if "group_id" in table.c and table is not members:
            await move(unit, table, source, target)
    await unit.execute(update(cares).where(cares.c.care_group_id == source).values(care_group_id=target))
    scoped = and_(policies.c.scope == "group", policies.c.scope_id == source)
    await unit.execute(delete(policies).where(scoped))
    await unit.execute(delete(groups).where(groups.c.id == source))


async def move(unit: Unit, table: Table, source: int, target: int) -> None:
    """Rows that both have stay as `target` has them."""
    keys = [column.name for column in table.primary_key.columns]
    own = UNIQUE.get(table.name) or (tuple(set(keys) - {"group_id"}) if "group_id" in keys else None)
    if own is not None:
        there = table.alias()
        same = [there.c[name] == table.c[name] for name in own]
        doubled = exists().where(there.c.group_id == target, *same)
        await unit.execute(delete(table).where(table.c.group_id == source, doubled))
    await unit.execute(update(table).where(table.c.group_id == source).values(group_id=target))


async def merge_members(unit: Unit, source: int, target: int) -> None:
    """Messages are added up; who was seen first and last is kept."""
    rows = (await unit.execute(select(members).where(members.c.group_id == source))).mappings().all()
    for row in rows:
        insert = unit.insert(members).values({**row, "group_id": target})
        await unit.execute(insert.on_conflict_do_update(index_elements=["group_id", "user_id"], set_=summed(insert)))
    await unit.execute(delete(members).where(members.c.group_id == source))


def summed(insert: "sqlite.Insert | postgresql.Insert") -> dict[str, object]:
    new = insert.excluded
    return {
        "messages": members.c.messages + new.messages,
        "name": new.name,
        "username": new.username,
        "status": new.status,
        "status_at": new.status_at,
        "admin_rights": new.admin_rights,
        "anonymous": new.anonymous,
        "nick": case((members.c.nick == "", new.nick), else_=members.c.nick),
        "nick_exempt": or_(members.c.nick_exempt, new.nick_exempt),
        "joined_at": func.coalesce(members.c.joined_at, new.joined_at),
        "rules_accepted_at": func.coalesce(members.c.rules_accepted_at, new.rules_accepted_at),
    }


async def keep_place(unit: Unit, source: int, target: int) -> None:
    """What is known of the bot and of the leaders in the new chat is news."""
    known = select(groups.c.bot_status, groups.c.bot_rights, groups.c.admins_at).where(groups.c.id == source)
    row = (await unit.execute(known)).first()
    if row is not None and row.bot_status:
        here = {"bot_status": row.bot_status, "bot_rights": row.bot_rights, "admins_at": row.admins_at}
        told = {name: value for name, value in here.items() if value}
        await unit.execute(update(groups).where(groups.c.id == target).values(told))


async def follow(unit: Unit, old_chat_id: int, new_chat_id: int) -> None:
    """What still has to be done in the old chat is done in the new one, but for what names messages of the old one."""
    for row in (await unit.execute(select(*COLUMNS).where(acts.c.chat_id == old_chat_id, UNSETTLED))).all():
        act = codec.decode_act(row.act)
        if names_messages(act):
            await give_up(unit, row.id, row.state, row.created_at)
            continue
        moved = codec.encode_act(readdressed(act, old_chat_id, new_chat_id))
        await unit.execute(update(acts).where(acts.c.id == row.id).values(chat_id=new_chat_id, act=moved))
    # What was posted in the old chat has no number in the new one.
    settled = and_(acts.c.chat_id == old_chat_id, acts.c.message_id != 0)
    await unit.execute(update(acts).where(settled).values(message_id=0, result=codec.encode_table({})))
    await unit.execute(
        update(groups).where(groups.c.moderators_chat == old_chat_id).values(moderators_chat=new_chat_id)
    )


def names_messages(act: Act) -> bool:
    match act:
        case Delete(message_ids=several):
            return bool(several)
        case Edit(message_id=one) | Pin(message_id=one):
            return bool(one)
        case React() | Unpin():
            return True
        case _:
            return False


async def give_up(unit: Unit, act_id: int, state: str, at: int) -> None:
    """It would hit another message of that number. What is being sent may still be done, but is not tried again."""
    if state == "sending":
        await unit.execute(update(acts).where(acts.c.id == act_id).values(reason=MIGRATED))
    else:
        await settle(unit, act_id, "refused", at, reason=MIGRATED)


def readdressed(act: Act, old_chat_id: int, new_chat_id: int) -> Act:
    """Posts to the moderators' chat name it themselves; what was answered stands elsewhere."""
    if isinstance(act, Say):
        return replace(act, reply_to=0, to_chat=new_chat_id if act.to_chat == old_chat_id else act.to_chat)
    if isinstance(act, Edit) and act.to_chat == old_chat_id:
        return replace(act, to_chat=new_chat_id)
    return act
