"""Somebody asks to be forgotten: names and texts go at once, the number once nothing in force names it any more."""

import re
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Table, delete, or_, select, update

from bot.storage import codec
from bot.storage.personal import NUMBERS, place_of
from bot.storage.retention import SETTLED, SPEAKING, wordless
from bot.storage.tables import (
    accounts,
    acts,
    appeals,
    arrivals,
    asides,
    audit,
    awaited,
    blacklist,
    buttons,
    cares,
    deadlines,
    decisions,
    drafts,
    entries,
    erasures,
    join_requests,
    members,
    metadata,
    postings,
    quarrel_messages,
    questions,
    recent_messages,
    roster,
    tickets,
    transactions,
    undecided,
    users,
    welcome_joins,
)
from bot.storage.unit import Unit
from rules.merit.transactions import member

# No person of Telegram has such a number; the guards of the books let a number become no other.
FIRST = 1 << 60
GONE = ("left", "kicked")
# What the rules themselves wrote there is no text about anybody.
NOTED = ("warning", "mute", "pardon", "nick_registered", "fine_opened", "fine_paid", "fine_withdrawn", "fine_waived")
ANSWERED = tickets.c.state != "open"
NO_WORDS = codec.encode_words(())


class ErasureRow(NamedTuple):
    """`finished_at` 0: a measure in force still needs the number; once it is done `user_id` is the pseudonym."""

    id: int
    user_id: int
    asked_at: int
    asked_by: int
    finished_at: int
    pseudonym: int


class Blank(NamedTuple):
    """Rows of one table that are about the person, and what they become; None: they go."""

    table: Table
    whose: ColumnElement[bool]
    empty: dict[str, Any] | None = None


COLUMNS = [erasures.c[name] for name in ErasureRow._fields]


async def ask(unit: Unit, user_id: int, by: int, at: int) -> ErasureRow:
    """Asked again while it lasts, what came since goes as well."""
    known = next((each for each in await unfinished(unit) if each.user_id == user_id), None)
    if known is not None:
        await unit.execute(update(erasures).where(erasures.c.id == known.id).values(asked_at=at))
        return known._replace(asked_at=at)
    row = {"user_id": user_id, "asked_at": at, "asked_by": by, "finished_at": 0}
    number = int(await unit.scalar(unit.insert(erasures).values(row).returning(erasures.c.id)))
    await unit.execute(update(erasures).where(erasures.c.id == number).values(pseudonym=FIRST + number))
    return ErasureRow(number, user_id, at, by, 0, FIRST + number)


async def unfinished(unit: Unit) -> list[ErasureRow]:
    found = select(*COLUMNS).where(erasures.c.finished_at == 0, erasures.c.pseudonym >= FIRST).order_by(erasures.c.id)
    return [ErasureRow._make(row) for row in await unit.execute(found)]


async def blank(unit: Unit, user_id: int, at: int) -> int:
    """Names, texts, answers and drafts of that person in all groups, up to `at`; how many rows were changed."""
    return await emptied(unit, blanks(user_id, at)) + await silence(unit, user_id, at)


async def blank_books(unit: Unit, user_id: int, at: int) -> int:
    """What was waiting for somebody then, and does so no more. Names may be those of somebody who came back."""
    return await emptied(unit, of_books(user_id, at)) + await silence(unit, user_id, at)


async def emptied(unit: Unit, found: Iterable[Blank]) -> int:
    done = 0
    for each in found:
        change = delete(each.table) if each.empty is None else update(each.table).values(each.empty)
        done += (await unit.execute(change.where(each.whose))).rowcount
    return done


def blanks(user_id: int, at: int) -> Iterator[Blank]:
    yield from of_people(user_id)
    yield from of_books(user_id, at)
    yield Blank(asides, (asides.c.user_id == user_id) & (asides.c.at <= at))
    yield Blank(awaited, (awaited.c.user_id == user_id) & (awaited.c.at <= at))
    yield Blank(drafts, (drafts.c.user_id == user_id) & (drafts.c.at <= at))
    yield Blank(questions, (questions.c.user_id == user_id) & (questions.c.at <= at))
    yield Blank(quarrel_messages, (quarrel_messages.c.user_id == user_id) & (quarrel_messages.c.at <= at))
    yield Blank(recent_messages, (recent_messages.c.user_id == user_id) & (recent_messages.c.at <= at))
    yield Blank(undecided, undecided.c.raw.contains(f'"id":{user_id},') & (undecided.c.at <= at))
    asked = (join_requests.c.user_id == user_id) & (join_requests.c.asked_at <= at)
    yield Blank(join_requests, asked & (join_requests.c.state == "asking"), {"state": "gone"})
    yield Blank(join_requests, asked, {"name": "", "username": "", "answers": "", "link": "", "reason": ""})
    used = (roster.c.used_by == user_id) & (roster.c.used_at <= at)
    yield Blank(roster, used, {"code": "", "username": "", "name": "", "note": ""})


def of_people(user_id: int) -> Iterator[Blank]:
    """Whoever is still in a group stays a member of it; their name is known again once they speak there."""
    nameless: dict[str, Any] = {"name": "", "username": "", "nick": "", "tag": None}
    yield Blank(members, members.c.user_id == user_id, nameless)
    yield Blank(users, users.c.user_id == user_id)
    yield Blank(welcome_joins, welcome_joins.c.user_id == user_id, {"name": ""})
    yield Blank(arrivals, arrivals.c.adder_id == user_id, {"adder_name": "", "adder_username": ""})
    yield Blank(blacklist, blacklist.c.user_id == user_id, {"name": "", "username": "", "reason": ""})


def of_books(user_id: int, at: int) -> Iterator[Blank]:
    """What was seen and said. A decision or a question that still waits for somebody is kept until it is answered."""
    decided = (decisions.c.user_id == user_id) & (decisions.c.at <= at) & (decisions.c.state != "held")
    yield Blank(decisions, decided, {"findings": "", "case_json": "", "verdict": "", "reason": ""})
    noted = (entries.c.user_id == user_id) & (entries.c.at <= at) & entries.c.kind.in_(NOTED)
    yield Blank(entries, noted, {"note": ""})
    yield Blank(audit, (audit.c.target_id == user_id) & (audit.c.at <= at), {"before": "", "after": ""})
    asked = (tickets.c.user_id == user_id) & ANSWERED & (tickets.c.opened_at <= at)
    yield Blank(tickets, asked, {"words": NO_WORDS})
    appealed = (appeals.c.user_id == user_id) & (appeals.c.opened_at <= at) & (appeals.c.state != "open")
    yield Blank(appeals, appealed, {"words": "", "reason": ""})


async def silence(unit: Unit, user_id: int, at: int) -> int:
    """What the bot said to them or of them, once it is settled, and what leaders were asked of others with them."""
    about = or_(acts.c.user_id == user_id, acts.c.act.contains(str(user_id)))
    spoken = (about, acts.c.created_at <= at, ~acts.c.erased, acts.c.kind.in_(SPEAKING), SETTLED)
    found = (await unit.execute(select(acts.c.id, acts.c.user_id, acts.c.act).where(*spoken))).all()
    theirs = [row for row in found if row.user_id == user_id or names(row.act, user_id)]
    for row in theirs:
        empty = codec.encode_act(wordless(codec.decode_act(row.act)))
        await unit.execute(update(acts).where(acts.c.id == row.id).values(act=empty, erased=True))
    return len(theirs) + await unasked(unit, user_id, at)


async def unasked(unit: Unit, user_id: int, at: int) -> int:
    beside = (tickets.c.words.contains(str(user_id)), ANSWERED, tickets.c.opened_at <= at)
    found = (await unit.execute(select(tickets.c.id, tickets.c.words).where(*beside))).all()
    ids = [row.id for row in found if names(row.words, user_id)]
    await unit.execute(update(tickets).where(tickets.c.id.in_(ids)).values(words=NO_WORDS))
    return len(ids)


def names(text: str, user_id: int) -> bool:
    """Not where the number is a part of another."""
    return re.search(place_of(user_id), text) is not None


async def finish(unit: Unit, row: ErasureRow, now: int) -> None:
    """The number itself: a pseudonym stands in its place wherever it was before it was asked, and nowhere is it written
    which number that was.
    """
    for name, (columns, when) in NUMBERS.items():
        if (table := metadata.tables[name]) is deadlines:
            continue
        for column in columns:
            mine = update(table).where(table.c[column] == row.user_id, *before(table, when, row.asked_at))
            await unit.execute(mine.values({column: row.pseudonym}))
    await rename_deadlines(unit, row)
    await rename(unit, row)
    await unit.execute(delete(buttons).where(buttons.c.user_id == row.user_id, buttons.c.created_at <= row.asked_at))
    gone = members.c.status.in_(GONE)
    await unit.execute(delete(members).where(members.c.user_id == row.user_id, gone))
    await unit.execute(delete(accounts).where(accounts.c.account == member(row.user_id)))
    # Last: the guards look for the number here.
    done = {"user_id": row.pseudonym, "asked_by": 0, "finished_at": now}
    await unit.execute(update(erasures).where(erasures.c.id == row.id).values(done))


def before(table: Table, when: str, asked_at: int) -> tuple[ColumnElement[bool], ...]:
    """Whoever came back since is a newcomer, whose new days are their own."""
    asked = (table.c[when] <= asked_at,) if when else ()
    # What is on its way still needs its address.
    return (*asked, SETTLED) if table is acts else asked


async def rename_deadlines(unit: Unit, row: ErasureRow) -> None:
    """They do not say since when they are there: what is promised to somebody who came back stays promised to them."""
    mine: tuple[ColumnElement[bool], ...] = (deadlines.c.user_id == row.user_id,)
    if await is_back(unit, row.user_id):
        old = select(decisions.c.id).where(decisions.c.at <= row.asked_at)
        mine = (*mine, or_(deadlines.c.state != "open", deadlines.c.decision_id.in_(old)))
    await unit.execute(update(deadlines).where(*mine).values(user_id=row.pseudonym))


async def is_back(unit: Unit, user_id: int) -> bool:
    """Whether something names the number still, once what was before has become the pseudonym's."""
    for table in (appeals, blacklist, cares, decisions, join_requests):
        if await unit.scalar(select(table.c.id).where(table.c.user_id == user_id).limit(1)) is not None:
            return True
    return False


async def rename(unit: Unit, row: ErasureRow) -> None:
    """Where the number stands within a text: keys, accounts, acts."""
    old, new = member(row.user_id), member(row.pseudonym)
    earlier = select(transactions.c.id).where(transactions.c.at <= row.asked_at)
    mine = (postings.c.account == old, postings.c.transaction_id.in_(earlier))
    await unit.execute(update(postings).where(*mine).values(account=new))
    settled = (acts.c.created_at <= row.asked_at) & SETTLED
    written = (
        (decisions.c.key, decisions.c.at <= row.asked_at), (transactions.c.key, transactions.c.at <= row.asked_at),
        (acts.c.key, settled), (acts.c.act, settled),
    )  # fmt: skip
    for column, when in written:
        await replace(unit, column, when, row)


async def replace(unit: Unit, column: Any, when: ColumnElement[bool], row: ErasureRow) -> None:
    table, number = column.table, place_of(row.user_id)
    found = select(table.c.id, column).where(column.contains(str(row.user_id)), when)
    for each in (await unit.execute(found)).all():
        text = re.sub(number, str(row.pseudonym), each[1])
        if text != each[1]:
            await unit.execute(update(table).where(table.c.id == each[0]).values({column.name: text}))
