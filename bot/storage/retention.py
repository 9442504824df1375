"""Forgets what is no longer needed: texts and names after their days, traces after their use; entries stay."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import NamedTuple

from sqlalchemy import and_, delete, select, update

from bot.storage import acts as outbox
from bot.storage import (
    asides,
    awaited,
    blacklist,
    codec,
    drafts,
    fading,
    joinrequests,
    questions,
    recent,
    roles,
    seen,
    undecided,
    welcomes,
)
from bot.storage.store import Storage
from bot.storage.tables import acts, buttons, deadlines, decisions, occurrences, tickets
from bot.storage.unit import Unit
from rules.conduct.effects import DAY, Act, Edit, Repost, Say, SendFile

SEEN_DAYS, UNDECIDED_DAYS, RECENT_DAYS, REQUEST_DAYS = 7, 7, 2, 30
WELCOME_DAYS, QUESTION_DAYS, DEADLINE_DAYS, BUTTON_DAYS, OCCURRENCE_DAYS = 7, 30, 90, 400, 400
AT_ONCE = 1_000


class Swept(NamedTuple):
    """How many rows were removed, and of how many the text was erased."""

    removed: int
    erased: int


Part = Callable[[Unit], Awaitable[int]]
"""A piece of work short enough for a Unit; how many rows it found, AT_ONCE or more where there may be others left."""


async def sweep(storage: Storage, now: int, text_days: int) -> Swept:
    """Once a day or oftener, in many short Units: whoever writes meanwhile waits for none of them long."""
    removed = [await whole(storage, part) for part in removals(now, text_days)]
    erased = [await whole(storage, part) for part in erasures(now, text_days)]
    return Swept(sum(removed), sum(erased))


async def whole(storage: Storage, part: Part) -> int:
    done = found = await storage.write(part)
    while found >= AT_ONCE:
        found = await storage.write(part)
        done += found
    return done


def removals(now: int, text_days: int) -> tuple[Part, ...]:
    return (
        lambda unit: seen.trim(unit, now - SEEN_DAYS * DAY, AT_ONCE),
        lambda unit: undecided.trim(unit, now - UNDECIDED_DAYS * DAY),
        lambda unit: recent.trim(unit, now - RECENT_DAYS * DAY, AT_ONCE),
        lambda unit: welcomes.trim(unit, now - WELCOME_DAYS * DAY),
        lambda unit: questions.trim(unit, now - QUESTION_DAYS * DAY),
        lambda unit: roles.expire(unit, now),
        lambda unit: awaited.trim(unit, now - awaited.SECONDS),
        lambda unit: drafts.trim(unit, now - drafts.SECONDS),
        lambda unit: joinrequests.trim(unit, now - REQUEST_DAYS * DAY),
        lambda unit: asides.erase(unit, now - text_days * DAY),
        lambda unit: outbox.trim(unit, now - text_days * DAY),
        lambda unit: remove_spent(unit, now),
        *fading.removals(now, text_days),
    )


def erasures(now: int, text_days: int) -> tuple[Part, ...]:
    """Texts of decisions, of their acts and of questions go `text_days` after them."""
    old = now - text_days * DAY
    return (
        lambda unit: erase_decisions(unit, old),
        lambda unit: erase_acts(unit, old),
        lambda unit: erase_tickets(unit, old),
        lambda unit: blacklist.erase(unit, old),
        *fading.erasures(now, text_days),
    )


async def remove_spent(unit: Unit, now: int) -> int:
    over = (
        delete(deadlines).where(deadlines.c.state != "open", deadlines.c.due_at < now - DEADLINE_DAYS * DAY),
        delete(buttons).where(buttons.c.created_at < now - BUTTON_DAYS * DAY),
        delete(occurrences).where(occurrences.c.due_at < now - OCCURRENCE_DAYS * DAY),
    )
    return sum([(await unit.execute(each)).rowcount for each in over])


async def erase_decisions(unit: Unit, before: int) -> int:
    """What was seen and said; rule, step, time and entries stay. Those that still wait are kept whole."""
    old = and_(decisions.c.at < before, decisions.c.case_json != "", decisions.c.state != "held")
    empty = {"findings": "", "case_json": "", "verdict": "", "reason": ""}
    return (await unit.execute(update(decisions).where(old).values(empty))).rowcount


async def erase_acts(unit: Unit, before: int) -> int:
    """Words of settled posts, a thousand at a time."""
    old = and_(acts.c.settled_at < before, acts.c.settled_at > 0, ~acts.c.erased, acts.c.kind.in_(SPEAKING))
    found = (await unit.execute(select(acts.c.id, acts.c.act).where(old, SETTLED).limit(AT_ONCE))).all()
    for row in found:
        blank = codec.encode_act(wordless(codec.decode_act(row.act)))
        await unit.execute(update(acts).where(acts.c.id == row.id).values(act=blank, erased=True))
    return len(found)


SPEAKING = [kind.__name__ for kind in (Say, Edit, Repost, SendFile)]
SETTLED = acts.c.state.in_((*outbox.SUCCEEDED, *outbox.FAILED))


def wordless(act: Act) -> Act:
    match act:
        case Say():
            return replace(act, words=(), alert=(), gather=(), instead=(), buttons=())
        case Edit():
            return replace(act, words=(), buttons=())
        case SendFile():
            return replace(act, words=(), text="")
        case Repost():
            return replace(act, author=act.author._replace(name=""), text="", entities=(), media=())
        case _:
            return act


async def erase_tickets(unit: Unit, before: int) -> int:
    blank = codec.encode_words(())
    old = and_(tickets.c.opened_at < before, tickets.c.state != "open", tickets.c.words != blank)
    return (await unit.execute(update(tickets).where(old).values(words=blank, answer=""))).rowcount
