"""Requests to join a group, with what was answered so far; one open request a person and group."""

import json
from collections.abc import Collection
from typing import Any, NamedTuple

from sqlalchemy import delete, func, select, update

from bot.storage.tables import clean, join_requests
from bot.storage.unit import Unit, missing
from rules.conduct.joining import Answers

PAIRS = ("told", "quiz", "asked")


class RequestRow(NamedTuple):
    """`state` is asking, waiting (for a leader), approved, declined or gone; `reason` says by which way it ended."""

    id: int
    group_id: int
    user_id: int
    name: str
    username: str
    user_chat_id: int
    link: str
    state: str
    answers: Answers
    score: int
    roster_id: int
    ticket_id: int
    asked_at: int
    decided_by: int
    decided_at: int
    reason: str


COLUMNS = [join_requests.c[name] for name in RequestRow._fields]
OPEN = join_requests.c.state.in_(("asking", "waiting"))


def packed(answers: Answers) -> str:
    return clean(json.dumps(answers._asdict(), ensure_ascii=False))


def unpacked(text: str) -> Answers:
    """What a newer version has written besides is left out."""
    stored = {name: value for name, value in json.loads(text or "{}").items() if name in Answers._fields}
    pairs = {name: tuple((str(one), str(other)) for one, other in stored.get(name, ())) for name in PAIRS}
    return Answers(**{**stored, **pairs})


async def begin(unit: Unit, row: RequestRow) -> int:
    """The number of the new request; 0 where this person has one open already."""
    texts = {"name": clean(row.name), "username": clean(row.username), "link": clean(row.link)}
    values = row._asdict() | texts | {"answers": packed(row.answers)}
    del values["id"]
    found = await unit.scalar(missing(unit, join_requests).values(values).returning(join_requests.c.id))
    return int(found or 0)


async def get(unit: Unit, request_id: int) -> RequestRow | None:
    return next(iter(await some(unit, join_requests.c.id == request_id)), None)


async def open_of(unit: Unit, group_id: int, user_id: int) -> RequestRow | None:
    mine = (join_requests.c.group_id == group_id, join_requests.c.user_id == user_id)
    return next(iter(await some(unit, OPEN, *mine)), None)


async def open_of_person(unit: Unit, user_id: int) -> list[RequestRow]:
    return await some(unit, OPEN, join_requests.c.user_id == user_id)


async def last_of(unit: Unit, group_id: int, user_id: int) -> RequestRow | None:
    mine = (join_requests.c.group_id == group_id, join_requests.c.user_id == user_id)
    return next(iter(reversed(await some(unit, *mine))), None)


async def declined_at(unit: Unit, group_id: int, user_id: int) -> int:
    """When this person was last declined there; 0 for never."""
    mine = (join_requests.c.group_id == group_id, join_requests.c.user_id == user_id)
    last = select(func.max(join_requests.c.decided_at)).where(*mine, join_requests.c.state == "declined")
    return int(await unit.scalar(last) or 0)


async def waiting(unit: Unit, group_id: int) -> list[RequestRow]:
    """Whoever waits for a leader, the longest first."""
    return await some(unit, join_requests.c.group_id == group_id, join_requests.c.state == "waiting")


async def asking(unit: Unit, group_id: int) -> list[RequestRow]:
    """Whoever is still being asked."""
    return await some(unit, join_requests.c.group_id == group_id, join_requests.c.state == "asking")


async def update_open(unit: Unit, request_id: int, **columns: Any) -> bool:
    """Change an open request; False where it was decided meanwhile."""
    if "answers" in columns:
        columns["answers"] = packed(columns["answers"])
    change = update(join_requests).where(join_requests.c.id == request_id, OPEN).values(columns)
    return (await unit.execute(change)).rowcount > 0


async def decide(unit: Unit, request_id: int, state: str, by: int, at: int, reason: str) -> bool:
    """Once: of two who decide at the same moment the second gets False."""
    return await update_open(unit, request_id, state=state, decided_by=by, decided_at=at, reason=clean(reason))


async def carried(unit: Unit, row: RequestRow) -> None:
    """What was answered stands in the member's own row by now."""
    new = packed(row.answers._replace(carried=True))
    await unit.execute(update(join_requests).where(join_requests.c.id == row.id).values(answers=new))


async def gone(unit: Unit, request_id: int) -> bool:
    """What was approved could not be: the person has withdrawn it."""
    mine = (join_requests.c.id == request_id, join_requests.c.state == "approved")
    return (await unit.execute(update(join_requests).where(*mine).values(state="gone"))).rowcount > 0


async def of_groups(unit: Unit, group_ids: Collection[int], user_id: int) -> list[RequestRow]:
    """All of one person, for what they are told of themselves."""
    return await some(unit, join_requests.c.group_id.in_(sorted(group_ids)), join_requests.c.user_id == user_id)


async def trim(unit: Unit, before: int) -> int:
    """Forget those that were decided before."""
    old = (~OPEN, join_requests.c.decided_at < before)
    return (await unit.execute(delete(join_requests).where(*old))).rowcount


async def some(unit: Unit, *conditions: Any) -> list[RequestRow]:
    rows = await unit.execute(select(*COLUMNS).where(*conditions).order_by(join_requests.c.id))
    return [row._replace(answers=unpacked(str(row.answers))) for row in map(RequestRow._make, rows)]
