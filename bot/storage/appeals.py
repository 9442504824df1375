"""Appeals: asked about a decision by the person concerned, one open at a time, ended once."""

from collections.abc import Collection, Sequence
from typing import Any, NamedTuple

from sqlalchemy import case, func, select, update

from bot.storage import codec
from bot.storage.tables import appeals, decisions, tickets
from bot.storage.unit import Unit, missing
from rules.conduct.effects import Phrase


class AppealRow(NamedTuple):
    """`state`: open, accepted, refused, shortened, lifted (nobody looked in time), closed (taken back meanwhile).

    `due_at` is the promised time; `words` are the member's own, `reason` the reviewer's.
    """

    id: int
    decision_id: int
    group_id: int
    user_id: int
    words: str
    state: str
    opened_at: int
    due_at: int
    ticket_id: int
    reviewer_id: int
    decided_at: int
    reason: str


class RuleRate(NamedTuple):
    """Of one rule ("": people by hand): how often it decided and was taken back or made milder; `waited` are the
    seconds until each answer to an appeal, `lifted` those that nobody answered in time.
    """

    rule: str
    decisions: int
    appealed: int
    overturned: int
    lifted: int
    waited: tuple[int, ...]


COLUMNS = [appeals.c[name] for name in AppealRow._fields]
OPEN = appeals.c.state == "open"
ANSWERED = frozenset(("accepted", "refused", "shortened"))


async def begin(
    unit: Unit, *, decision_id: int, group_id: int, user_id: int, words: str, at: int, due_at: int,
    ticket_id: int = 0,
) -> int | None:  # fmt: skip
    """The number of the appeal; None where one about that decision is open already."""
    row = {
        "decision_id": decision_id, "group_id": group_id, "user_id": user_id, "words": words, "state": "open",
        "opened_at": at, "due_at": due_at, "ticket_id": ticket_id, "reviewer_id": 0, "decided_at": 0, "reason": "",
    }  # fmt: skip
    number: int | None = await unit.scalar(missing(unit, appeals).values(row).returning(appeals.c.id))
    return number


async def change(unit: Unit, appeal_id: int, **columns: Any) -> None:
    """Its card, its promised time, its words: only while it is open."""
    await unit.execute(update(appeals).where(appeals.c.id == appeal_id, OPEN).values(**columns))


async def end(unit: Unit, appeal_id: int, state: str, by: int, at: int, reason: str = "") -> bool:
    """False where somebody else was first."""
    one = update(appeals).where(appeals.c.id == appeal_id, OPEN)
    new = {"state": state, "reviewer_id": by, "decided_at": at, "reason": reason}
    return (await unit.execute(one.values(new))).rowcount > 0


async def get(unit: Unit, appeal_id: int) -> AppealRow | None:
    return next(iter(await some(unit, appeals.c.id == appeal_id)), None)


async def of_decision(unit: Unit, decision_id: int) -> list[AppealRow]:
    """The oldest first."""
    return await some(unit, appeals.c.decision_id == decision_id)


async def open_of(unit: Unit, decision_id: int) -> AppealRow | None:
    return next(iter(await some(unit, appeals.c.decision_id == decision_id, OPEN)), None)


async def of_ticket(unit: Unit, ticket_id: int) -> AppealRow | None:
    return next(iter(await some(unit, appeals.c.ticket_id == ticket_id)), None)


async def overdue(unit: Unit, group_id: int, user_id: int, now: int) -> list[AppealRow]:
    """What was promised to that person until now and is open still."""
    mine = (appeals.c.group_id == group_id, appeals.c.user_id == user_id)
    return await some(unit, OPEN, *mine, appeals.c.due_at > 0, appeals.c.due_at <= now)


async def of_person(unit: Unit, group_id: int, user_id: int, since: int) -> list[AppealRow]:
    mine = (appeals.c.group_id == group_id, appeals.c.user_id == user_id)
    return await some(unit, *mine, appeals.c.opened_at >= since)


async def some(unit: Unit, *conditions: Any) -> list[AppealRow]:
    rows = await unit.execute(select(*COLUMNS).where(*conditions).order_by(appeals.c.id))
    return [AppealRow._make(row) for row in rows]


async def say_more(unit: Unit, ticket_id: int, words: tuple[Phrase, ...]) -> None:
    """What its author added stands on the question as well, as long as it is one."""
    mine = (tickets.c.id == ticket_id, tickets.c.state == "open")
    await unit.execute(update(tickets).where(*mine).values(words=codec.encode_words(words)))


async def rates(unit: Unit, group_id: int, since: int, steps: Collection[str]) -> list[RuleRate]:
    """By rule, of what was decided since then and came to one of `steps`."""
    mine = (
        decisions.c.group_id == group_id, decisions.c.at >= since, decisions.c.mode == "enforce",
        decisions.c.step.in_(sorted(steps)), decisions.c.state.in_(("standing", "reversed")),
    )  # fmt: skip
    undone = func.sum(case((decisions.c.state == "reversed", 1), else_=0))
    counted = select(decisions.c.rule, func.count(), undone).where(*mine).group_by(decisions.c.rule)
    asked = select(decisions.c.rule, appeals.c.state, appeals.c.opened_at, appeals.c.decided_at)
    about = asked.join(decisions, decisions.c.id == appeals.c.decision_id).where(*mine)
    found = [AskedRow._make(row) for row in await unit.execute(about)]
    return [rate(rule, int(n), int(back), found) for rule, n, back in (await unit.execute(counted)).all()]


class AskedRow(NamedTuple):
    rule: str
    state: str
    opened_at: int
    decided_at: int


def rate(rule: str, count: int, undone: int, asked: Sequence[AskedRow]) -> RuleRate:
    mine = [each for each in asked if each.rule == rule]
    milder = sum(each.state == "shortened" for each in mine)
    waited = tuple(each.decided_at - each.opened_at for each in mine if each.state in ANSWERED)
    lifted = sum(each.state == "lifted" for each in mine)
    return RuleRate(rule, count, len(mine), undone + milder, lifted, waited)
