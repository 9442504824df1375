"""Who is kept out of all groups of one owner, why and until when; nothing here crosses from one owner to another."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import NamedTuple

from sqlalchemy import ColumnElement, func, or_, select, update

from bot.storage import books, roles
from bot.storage.books import DecisionRow
from bot.storage.groups import GroupRow
from bot.storage.members import GONE, LEADING
from bot.storage.tables import blacklist, clean, decisions, groups, members, owner_roles
from bot.storage.tables import roles as role_rows
from bot.storage.unit import Unit

# As many as both databases take in one question.
AT_ONCE = 500


class BlacklistRow(NamedTuple):
    """`state`: suggested, active, lifted, expired, refused; `source`: person, import, rule; `evidence`: the decision it
    rests on, or 0; `expires_at` 0: no end."""

    id: int
    owner_id: int
    user_id: int
    name: str
    username: str
    reason: str
    evidence: int
    source: str
    state: str
    added_by: int
    added_at: int
    expires_at: int
    ended_by: int
    ended_at: int


COLUMNS = [blacklist.c[name] for name in BlacklistRow._fields]
ACTIVE = blacklist.c.state == "active"


async def put(unit: Unit, row: BlacklistRow) -> int | None:
    """Its number; None where an active entry about that person stands already. `id` is given anew."""
    insert = unit.insert(blacklist).values(values_of(row))
    made: int | None = await unit.scalar(insert.on_conflict_do_nothing().returning(blacklist.c.id))
    return made


async def put_many(unit: Unit, rows: Sequence[BlacklistRow]) -> None:
    """Suggestions, as many as a table holds."""
    for start in range(0, len(rows), AT_ONCE):
        await unit.execute(unit.insert(blacklist), [values_of(row) for row in rows[start : start + AT_ONCE]])


def values_of(row: BlacklistRow) -> dict[str, object]:
    words = {"name": clean(row.name), "username": clean(row.username), "reason": clean(row.reason)}
    return {name: value for name, value in (row._asdict() | words).items() if name != "id"}


async def get(unit: Unit, number: int) -> BlacklistRow | None:
    found = await some(unit, blacklist.c.id == number)
    return found[0] if found else None


async def active(unit: Unit, owner_id: int, user_id: int, now: int) -> BlacklistRow | None:
    lasting = or_(blacklist.c.expires_at == 0, blacklist.c.expires_at > now)
    found = await some(unit, blacklist.c.owner_id == owner_id, blacklist.c.user_id == user_id, ACTIVE, lasting)
    return found[0] if found and owner_id else None


async def beside(unit: Unit, owner_id: int, user_id: int, decision_id: int, now: int) -> BlacklistRow | None:
    """The entry that keeps somebody out whatever becomes of that decision: neither rests on the other."""
    found, row = await active(unit, owner_id, user_id, now), await books.decision(unit, decision_id)
    key = row.key if row is not None else ""
    bound = found is not None and (found.evidence == decision_id or key.startswith(f"blacklist:{found.id}:"))
    return None if bound else found


async def listed(unit: Unit, owner_id: int, state: str) -> list[BlacklistRow]:
    """The newest first."""
    return await some(unit, blacklist.c.owner_id == owner_id, blacklist.c.state == clean(state))


async def added_since(unit: Unit, owner_id: int, since: int) -> int:
    """How many came into force since then, also those that are over by now."""
    return await came_in(unit, owner_id, since)


async def added_by(unit: Unit, owner_id: int, user_id: int, since: int) -> int:
    """How many this person put on it since then, also by a yes to what others suggested."""
    return await came_in(unit, owner_id, since, blacklist.c.added_by == user_id)


async def came_in(unit: Unit, owner_id: int, since: int, *conditions: ColumnElement[bool]) -> int:
    mine = (blacklist.c.owner_id == owner_id, blacklist.c.added_at >= since, *conditions)
    counted = select(func.count()).where(*mine, blacklist.c.state.not_in(("suggested", "refused")))
    return int(await unit.scalar(counted) or 0)


async def known(unit: Unit, owner_id: int, user_ids: Iterable[int]) -> dict[int, str]:
    """Those of them who are on the list or suggested for it: active counts before suggested."""
    found: dict[int, str] = {}
    for part in parts(user_ids):
        asked = select(blacklist.c.user_id, blacklist.c.state).where(
            blacklist.c.owner_id == owner_id, blacklist.c.user_id.in_(part),
            blacklist.c.state.in_(("active", "suggested")),
        )  # fmt: skip
        found |= {row[0]: row[1] for row in await unit.execute(asked.order_by(blacklist.c.state.desc()))}
    return found


async def accept(unit: Unit, number: int, by: int, at: int) -> bool:
    """A suggestion comes into force; False where it is none any more, or that person is on the list already."""
    row = await get(unit, number)
    if row is None or row.state != "suggested" or await active(unit, row.owner_id, row.user_id, at) is not None:
        return False
    # What ran out by its date and was not ended yet would keep the new one from standing.
    mine = (blacklist.c.owner_id == row.owner_id, blacklist.c.user_id == row.user_id)
    await unit.execute(update(blacklist).where(*mine, ACTIVE).values(state="expired", ended_at=at))
    one = update(blacklist).where(blacklist.c.id == number, blacklist.c.state == "suggested")
    return (await unit.execute(one.values(state="active", added_by=by, added_at=at))).rowcount > 0


async def refuse_others(unit: Unit, owner_id: int, user_id: int, by: int, at: int) -> None:
    """Further suggestions about somebody who is on the list by now ask nobody any more."""
    mine = (blacklist.c.owner_id == owner_id, blacklist.c.user_id == user_id, blacklist.c.state == "suggested")
    await unit.execute(update(blacklist).where(*mine).values(state="refused", ended_by=by, ended_at=at))


async def run_out(unit: Unit, owner_id: int, user_id: int, now: int) -> list[BlacklistRow]:
    """The entry about that person whose day has come."""
    due = (ACTIVE, blacklist.c.expires_at > 0, blacklist.c.expires_at <= now)
    return await some(unit, blacklist.c.owner_id == owner_id, blacklist.c.user_id == user_id, *due)


async def end(unit: Unit, number: int, state: str, by: int, at: int) -> bool:
    """Over: lifted, expired, or refused where it was only suggested; False where it was over before."""
    before = "suggested" if state == "refused" else "active"
    one = update(blacklist).where(blacklist.c.id == number, blacklist.c.state == before)
    return (await unit.execute(one.values(state=clean(state), ended_by=by, ended_at=at))).rowcount > 0


async def erase(unit: Unit, before: int) -> int:
    """Of what was over by then only number, end and who decided are kept; a suggestion nobody took up is over."""
    named = or_(blacklist.c.name != "", blacklist.c.reason != "", blacklist.c.username != "")
    stale = (blacklist.c.state == "suggested", blacklist.c.expires_at > 0, blacklist.c.expires_at < before)
    await unit.execute(update(blacklist).where(*stale).values(state="refused", ended_at=blacklist.c.expires_at))
    old = update(blacklist).where(blacklist.c.ended_at > 0, blacklist.c.ended_at < before, named)
    return (await unit.execute(old.values(name="", username="", reason=""))).rowcount


async def resting_on(unit: Unit, decision_id: int) -> list[BlacklistRow]:
    """The entries in force that this decision is the evidence of."""
    return await some(unit, blacklist.c.evidence == decision_id, ACTIVE) if decision_id else []


async def some(unit: Unit, *conditions: ColumnElement[bool]) -> list[BlacklistRow]:
    found = select(*COLUMNS).where(*conditions).order_by(blacklist.c.added_at.desc(), blacklist.c.id.desc())
    return [BlacklistRow._make(row) for row in await unit.execute(found)]


async def caused(unit: Unit, number: int) -> list[DecisionRow]:
    """What was decided because of an entry, in whatever group, and was not taken back."""
    mine = decisions.c.key.like(f"blacklist:{number}:%")
    standing = select(decisions.c.id).where(mine, decisions.c.state.in_(("standing", "held"))).order_by(decisions.c.id)
    return await books.by_ids(unit, list((await unit.execute(standing)).scalars()))


async def of_owner(unit: Unit, owner_id: int) -> list[int]:
    """The groups that are served for that owner; none for nobody."""
    found = select(groups.c.id).where(groups.c.owner_id == owner_id, groups.c.state == "active")
    return list((await unit.execute(found.order_by(groups.c.id))).scalars()) if owner_id else []


async def present(unit: Unit, group_ids: Collection[int], user_ids: Iterable[int]) -> list[tuple[int, int]]:
    """(group, person) for each of them who is known to be in one of the groups."""
    found: list[tuple[int, int]] = []
    for part in parts(user_ids):
        asked = select(members.c.group_id, members.c.user_id).where(
            members.c.group_id.in_(list(group_ids)), members.c.user_id.in_(part), members.c.status.not_in(sorted(GONE))
        )
        found += [(row[0], row[1]) for row in await unit.execute(asked.order_by(members.c.group_id))]
    return found


async def staff(unit: Unit, group: GroupRow, group_ids: Collection[int], user_ids: Iterable[int], at: int) -> set[int]:
    """Those of them who lead, hold a role, or are bots in one of these groups, own them, or run the program."""
    wanted = set(user_ids)
    found = ({group.owner_id} | await roles.operators(unit)) & wanted
    for part in parts(wanted):
        of_telegram = select(members.c.user_id).where(
            members.c.group_id.in_(list(group_ids)), members.c.user_id.in_(part),
            or_(members.c.status.in_(sorted(LEADING)), members.c.is_bot),
        )  # fmt: skip
        here = select(role_rows.c.user_id).where(
            role_rows.c.group_id.in_(list(group_ids)), role_rows.c.user_id.in_(part),
            or_(role_rows.c.until == 0, role_rows.c.until > at),
        )  # fmt: skip
        over_all = select(owner_roles.c.user_id).where(
            owner_roles.c.owner_id == group.owner_id, owner_roles.c.user_id.in_(part),
            or_(owner_roles.c.until == 0, owner_roles.c.until > at),
        )  # fmt: skip
        for asked in (of_telegram, here, over_all):
            found |= set((await unit.execute(asked)).scalars())
    return found


def parts(user_ids: Iterable[int]) -> Iterator[Sequence[int]]:
    ordered = sorted(set(user_ids))
    yield from (ordered[start : start + AT_ONCE] for start in range(0, len(ordered), AT_ONCE))
