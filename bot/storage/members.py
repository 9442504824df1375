"""Who was seen in a group, as it was last seen; the standing is in the books, never here."""

from collections.abc import Collection, Iterable, Sequence
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, and_, exists, func, or_, select
from sqlalchemy import update as change

from bot.storage import codec
from bot.storage.tables import clean, entries, groups, members
from bot.storage.unit import Sql, Unit, missing

Key = tuple[int, int]

# Telegram's words for those who are not in a group any more, and for those who lead it.
GONE = frozenset({"left", "kicked"})
LEADING = frozenset({"administrator", "creator"})
NOBODY = codec.encode_names(frozenset())


class MemberRow(NamedTuple):
    """`joined_at` None: the join was not seen. `status` is Telegram's word, `admin_rights` are Telegram's names."""

    group_id: int
    user_id: int
    name: str
    username: str
    tag: str
    nick: str
    nick_exempt: bool
    status: str
    admin_rights: frozenset[str]
    anonymous: bool
    is_bot: bool
    joined_at: int | None
    first_seen: int
    last_seen: int
    messages: int
    rules_accepted_at: int | None


class Touch(NamedTuple):
    """Somebody was seen. An empty `name` and a `tag` of None leave what is known; `messages` are added."""

    group_id: int
    user_id: int
    name: str
    username: str
    tag: str | None
    is_bot: bool
    at: int
    messages: int


class AdminRow(NamedTuple):
    """An administrator as Telegram lists them; `status` is creator or administrator."""

    user_id: int
    name: str
    username: str
    status: str
    rights: frozenset[str]
    anonymous: bool = False
    is_bot: bool = False


COLUMNS = [members.c[name] for name in MemberRow._fields]
TAG, RIGHTS = (MemberRow._fields.index(name) for name in ("tag", "admin_rights"))
BOOLEANS = tuple(MemberRow._fields.index(name) for name in ("nick_exempt", "anonymous", "is_bot"))
CHANGEABLE = frozenset(MemberRow._fields) - {"group_id", "user_id"}

LOAD = Sql(
    "SELECT m.group_id, m.user_id, m.name, m.username, coalesce(m.tag, ''), m.nick, m.nick_exempt, m.status, "
    "m.admin_rights, m.anonymous, m.is_bot, m.joined_at, m.first_seen, m.last_seen, m.messages, m.rules_accepted_at "
    "FROM json_each(?1) AS k CROSS JOIN members AS m "
    "ON m.group_id = json_extract(k.value, '$[0]') AND m.user_id = json_extract(k.value, '$[1]')",
    "SELECT m.group_id, m.user_id, m.name, m.username, coalesce(m.tag, ''), m.nick, m.nick_exempt, m.status, "
    "m.admin_rights, m.anonymous, m.is_bot, m.joined_at, m.first_seen, m.last_seen, m.messages, m.rules_accepted_at "
    "FROM unnest($1::bigint[], $2::bigint[]) AS k(group_id, user_id) "
    "JOIN members AS m ON m.group_id = k.group_id AND m.user_id = k.user_id",
)
# A message proves that somebody who had left is back, unless we heard of the leaving afterwards.
TOUCH = Sql(
    "INSERT INTO members (group_id, user_id, name, username, tag, is_bot, first_seen, last_seen, messages, nick, "
    "nick_exempt, status, status_at, admin_rights, anonymous) "
    "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?7, ?8, '', false, 'member', 0, ?9, false) "
    "ON CONFLICT (group_id, user_id) DO UPDATE SET "
    "name = CASE excluded.name WHEN '' THEN name ELSE excluded.name END, "
    "username = CASE excluded.name WHEN '' THEN username ELSE excluded.username END, "
    "tag = coalesce(excluded.tag, tag), is_bot = excluded.is_bot, last_seen = max(last_seen, excluded.last_seen), "
    "messages = messages + excluded.messages, "
    "status = CASE WHEN status IN ('left', 'kicked') AND excluded.messages > 0 AND excluded.last_seen > status_at "
    "THEN 'member' ELSE status END",
    "INSERT INTO members AS m (group_id, user_id, name, username, tag, is_bot, first_seen, last_seen, messages, nick, "
    "nick_exempt, status, status_at, admin_rights, anonymous) "
    "SELECT g, u, n, h, t, b, s, s, c, '', false, 'member', 0, r, false FROM unnest($1::bigint[], $2::bigint[], "
    "$3::text[], $4::text[], $5::text[], $6::bool[], $7::bigint[], $8::bigint[], $9::text[]) "
    "AS k(g, u, n, h, t, b, s, c, r) ON CONFLICT (group_id, user_id) DO UPDATE SET "
    "name = CASE excluded.name WHEN '' THEN m.name ELSE excluded.name END, "
    "username = CASE excluded.name WHEN '' THEN m.username ELSE excluded.username END, "
    "tag = coalesce(excluded.tag, m.tag), is_bot = excluded.is_bot, "
    "last_seen = greatest(m.last_seen, excluded.last_seen), messages = m.messages + excluded.messages, "
    "status = CASE WHEN m.status IN ('left', 'kicked') AND excluded.messages > 0 AND excluded.last_seen > m.status_at "
    "THEN 'member' ELSE m.status END",
)


async def load(unit: Unit, keys: Collection[Key]) -> dict[Key, MemberRow]:
    """Those of (group, person) that were ever seen."""
    if not keys:
        return {}
    return {(row[0], row[1]): row_of(row) for row in await unit.fetch(LOAD, *unit.pairs(keys))}


def row_of(row: Sequence[Any]) -> MemberRow:
    values = list(row)
    for place in BOOLEANS:
        values[place] = bool(values[place])
    values[TAG] = values[TAG] or ""
    values[RIGHTS] = codec.decode_names(values[RIGHTS])
    return MemberRow._make(values)


async def touch(unit: Unit, touches: Sequence[Touch]) -> None:
    """Somebody spoke or was seen; several of one person are merged before they are written."""
    if touches:
        await unit.many(TOUCH, [(*seen(touch), NOBODY) for touch in merged(touches)])


def seen(touch: Touch) -> tuple[Any, ...]:
    group_id, user_id, name, username, tag, is_bot, at, messages = touch
    return group_id, user_id, clean(name), clean(username), tag and clean(tag), is_bot, at, messages


def merged(touches: Iterable[Touch]) -> list[Touch]:
    """One for each person, in one order for all writers."""
    whole: dict[Key, Touch] = {}
    for new in touches:
        old = whole.get(new[:2])
        whole[new[:2]] = new if old is None else newer(old, new)
    return [whole[key] for key in sorted(whole)]


def newer(old: Touch, new: Touch) -> Touch:
    late = new if new.at >= old.at and new.name else old
    tag = old.tag if new.tag is None else new.tag
    return late._replace(tag=tag, at=max(old.at, new.at), messages=old.messages + new.messages)


async def set_status(
    unit: Unit, group_id: int, user_id: int, status: str, *, at: int, unless_leading: bool = False, **known: Any
) -> bool:
    """What Telegram says of somebody since `at`; False where something newer is known.

    `unless_leading`: also where they are known to lead since that very second; a join says nothing about that.
    `known`: name, username, joined_at, admin_rights, anonymous, is_bot; what is left out stays, but rights end with
    the status they came with.
    """
    rights = known.pop("admin_rights", None)
    if rights is not None or status not in LEADING:
        known["admin_rights"] = codec.encode_names(frozenset(rights or ()))
        known.setdefault("anonymous", False)
    if unknown := known.keys() - CHANGEABLE:
        raise TypeError(f"no column of a member: {', '.join(sorted(unknown))}")
    new = {**known, "status": status, "status_at": at}
    older: ColumnElement[bool] = members.c.status_at <= at
    if unless_leading:
        older = and_(older, or_(members.c.status_at < at, members.c.status.not_in(LEADING)))
    insert = unit.insert(members).values({**fresh(group_id, user_id, at), **new})
    upsert = insert.on_conflict_do_update(index_elements=["group_id", "user_id"], set_=new, where=older)
    return (await unit.execute(upsert.returning(members.c.user_id))).first() is not None


def fresh(group_id: int, user_id: int, at: int) -> dict[str, Any]:
    return {
        "group_id": group_id, "user_id": user_id, "name": "", "username": "", "tag": None, "nick": "",
        "nick_exempt": False, "status": "member", "status_at": 0, "admin_rights": NOBODY, "anonymous": False,
        "is_bot": False, "joined_at": None, "first_seen": at, "last_seen": at, "messages": 0,
        "rules_accepted_at": None,
    }  # fmt: skip


async def replace_admins(unit: Unit, group_id: int, admins: Sequence[AdminRow], at: int) -> None:
    """The whole list as Telegram gives it; who led before and is not in it is a plain member now."""
    for admin in sorted(admins):
        await set_status(
            unit, group_id, admin.user_id, admin.status, at=at, name=admin.name, username=admin.username,
            admin_rights=admin.rights, anonymous=admin.anonymous, is_bot=admin.is_bot,
        )  # fmt: skip
    plain = {"status": "member", "status_at": at, "admin_rights": NOBODY, "anonymous": False}
    gone = members.c.user_id.not_in([admin.user_id for admin in admins])
    leading = and_(members.c.group_id == group_id, members.c.status.in_(LEADING), members.c.status_at <= at)
    await unit.execute(change(members).where(leading, gone).values(plain))
    await unit.execute(change(groups).where(groups.c.id == group_id).values(admins_at=at))


async def admins(unit: Unit, group_id: int) -> list[MemberRow]:
    return await some(unit, members.c.group_id == group_id, members.c.status.in_(LEADING))


async def find_username(unit: Unit, group_id: int, username: str) -> list[MemberRow]:
    """Members of that group last seen under this name, with or without @, in small or capital letters."""
    asked = clean(username).removeprefix("@").lower()
    if not asked:
        return []
    return await some(unit, members.c.group_id == group_id, func.lower(members.c.username) == asked)


async def some(unit: Unit, *conditions: Any) -> list[MemberRow]:
    found = select(*COLUMNS).where(*conditions).order_by(members.c.user_id)
    return [row_of(row) for row in await unit.execute(found)]


async def update(unit: Unit, group_id: int, user_id: int, **columns: Any) -> None:
    """Change columns of MemberRow, but for its ids. Raises TypeError for a name that is none of them."""
    if unknown := columns.keys() - CHANGEABLE:
        raise TypeError(f"no changeable column of a member: {', '.join(sorted(unknown))}")
    if "admin_rights" in columns:
        columns["admin_rights"] = codec.encode_names(frozenset(columns["admin_rights"]))
    at = columns.get("last_seen", 0)
    await unit.execute(missing(unit, members).values(fresh(group_id, user_id, at)))
    here = and_(members.c.group_id == group_id, members.c.user_id == user_id)
    await unit.execute(change(members).where(here).values(columns))


async def count(unit: Unit, group_id: int) -> int:
    """How many are known and there."""
    here = and_(members.c.group_id == group_id, members.c.status.not_in(GONE))
    return int(await unit.scalar(select(func.count()).select_from(members).where(here)))


async def read_only_for_name(unit: Unit) -> list[Key]:
    """(group, person) of those who may only read until their name is right, and are still there."""
    later, void = entries.alias(), entries.alias()
    freed = exists().where(
        later.c.group_id == entries.c.group_id, later.c.user_id == entries.c.user_id, later.c.id > entries.c.id,
        later.c.kind.in_(("freed", "nickname_settled", "nick_registered")),
    )  # fmt: skip
    taken_back = exists().where(void.c.kind == "void", void.c.ref == entries.c.decision_id)
    found = (
        select(entries.c.group_id, entries.c.user_id)
        .join(members, and_(members.c.group_id == entries.c.group_id, members.c.user_id == entries.c.user_id))
        .where(entries.c.kind == "read_only", entries.c.rule == "nickname_format", ~freed, ~taken_back)
        .where(members.c.status.not_in(GONE))
        .distinct()
    )
    return sorted((row.group_id, row.user_id) for row in await unit.execute(found))
