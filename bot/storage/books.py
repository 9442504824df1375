"""The books of conduct: decisions and entries that only grow; a correction is a reversing entry."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from typing import Any, Literal, NamedTuple

from sqlalchemy import select, update

from bot.storage import codec
from bot.storage.errors import AlreadyReversed, AlreadySettled
from bot.storage.fines import FineRow as FineRow
from bot.storage.fines import fine as fine
from bot.storage.fines import open_fines as open_fines
from bot.storage.tables import SETTLING, clean, decisions, entries
from bot.storage.unit import Sql, Unit
from rules.conduct.brakes import spends
from rules.conduct.case import Case
from rules.conduct.effects import Entry
from rules.conduct.standing import BookRow
from rules.conduct.verdict import RULES_VERSION, Verdict

IssuerKind = Literal["rule", "person", "clock"]

Key = tuple[int, int]


class DecisionRow(NamedTuple):
    """`findings`, `case` and `verdict` are as `codec` wrote them, "" once they were erased.

    `issuer_kind`: rule, person, clock; `state`: standing, held, dismissed, reversed; `waits_for`: leader, brake or "";
    `code`: the point of the group's rules that it cites (R3), or "".
    """

    id: int
    key: str
    group_id: int
    user_id: int
    issuer_kind: str
    issuer_id: int
    at: int
    rule: str
    step: str
    mode: str
    state: str
    update_id: int
    message_id: int
    policy_fingerprint: str
    rules_version: str
    findings: str
    case: str
    reverses: int | None
    reason: str
    verdict: str
    waits_for: str
    code: str


COLUMNS = [decisions.c["case_json" if name == "case" else name] for name in DecisionRow._fields]

# What an entry says, whether its notice was delivered, and whether it was taken back by something that stands.
BOOK_ROW = (
    "SELECT e.group_id, e.user_id, e.id, e.decision_id, e.kind, e.rule, e.at, e.counted, e.valid_until, e.due_at, "
    "e.until, e.ref, (SELECT max(settled_at) FROM acts AS a WHERE a.decision_id = e.decision_id "
    "AND a.purpose = 'notice' AND a.state = 'done'), "
    "EXISTS (SELECT 1 FROM acts AS a WHERE a.decision_id = e.decision_id AND a.purpose = 'notice'), "
    "EXISTS (SELECT 1 FROM entries AS v WHERE v.kind = 'void' AND v.ref = e.decision_id AND NOT EXISTS "
    "(SELECT 1 FROM entries AS w WHERE w.kind = 'void' AND w.ref = v.decision_id)), e.note, "
    "(SELECT k.at FROM acknowledgements AS k WHERE k.decision_id = e.decision_id) "
)
# Decisions of rules that wait for a leader or the brake stand among the entries, so that nothing is asked twice.
WAITING_ROW = (
    " UNION ALL SELECT d.group_id, d.user_id, 0, d.id, CASE d.waits_for WHEN 'brake' THEN 'braked' ELSE 'held' END, "
    "d.rule, d.at, false, 0, 0, 0, 0, NULL, false, false, '', NULL "
)
WAITS = "AND d.state = 'held' AND d.issuer_kind = 'rule' AND d.waits_for IN ('leader', 'brake') AND d.at >= "
ROWS = Sql(
    BOOK_ROW + "FROM json_each(?1) AS k CROSS JOIN entries AS e ON e.group_id = json_extract(k.value, '$[0]') "
    "AND e.user_id = json_extract(k.value, '$[1]') AND e.at >= ?2" + WAITING_ROW +
    "FROM json_each(?1) AS k CROSS JOIN decisions AS d ON d.group_id = json_extract(k.value, '$[0]') "
    "AND d.user_id = json_extract(k.value, '$[1]') "
    + WAITS + "?2",
    BOOK_ROW + "FROM unnest($1::bigint[], $2::bigint[]) AS k(group_id, user_id) JOIN entries AS e "
    "ON e.group_id = k.group_id AND e.user_id = k.user_id AND e.at >= $3" + WAITING_ROW +
    "FROM unnest($1::bigint[], $2::bigint[]) AS k(group_id, user_id) JOIN decisions AS d ON d.group_id = k.group_id "
    "AND d.user_id = k.user_id " + WAITS + "$3",
)  # fmt: skip
ROWS_OF = Sql(
    BOOK_ROW + "FROM entries AS e WHERE e.decision_id = ?1", BOOK_ROW + "FROM entries AS e WHERE e.decision_id = $1"
)


class Issue(NamedTuple):
    """Who decided, under which key (the same key is never recorded twice), under which policy, and why."""

    kind: IssuerKind
    by: int
    key: str
    fingerprint: str
    reason: str = ""
    reverses: int | None = None
    code: str = ""


async def add_decision(unit: Unit, case: Case, verdict: Verdict, issue: Issue) -> tuple[int, bool]:
    """(number, whether it is new): the same key is never written twice. Raises AlreadyReversed."""
    row = {
        "key": issue.key, "group_id": case.group.group_id, "user_id": case.member.user_id, "issuer_kind": issue.kind,
        "issuer_id": issue.by, "at": case.now, "rule": verdict.rule, "step": verdict.step, "mode": verdict.mode,
        "state": "held" if verdict.held else "standing", "waits_for": verdict.held, "spends": spends(verdict),
        "update_id": case.facts.update_id, "message_id": case.facts.message_id,
        "policy_fingerprint": issue.fingerprint, "rules_version": RULES_VERSION, "reverses": issue.reverses,
        "reason": issue.reason, "code": issue.code, "findings": codec.encode_findings(verdict.findings),
        "case_json": codec.encode_case(case), "verdict": codec.encode_verdict(verdict),
    }  # fmt: skip
    insert = unit.insert(decisions).values(row).on_conflict_do_nothing().returning(decisions.c.id)
    new = await unit.scalar(insert)
    if new is not None:
        return int(new), True
    known = await unit.scalar(select(decisions.c.id).where(decisions.c.key == clean(issue.key)))
    if known is None:
        raise AlreadyReversed(f"decision {issue.reverses} was taken back before")
    return int(known), False


async def add_entries(
    unit: Unit, decision_id: int, group_id: int, user_id: int, at: int, new: Iterable[Entry]
) -> list[int]:
    """Their numbers. Raises AlreadySettled where one of them ends a fine that was ended before."""
    base = {"decision_id": decision_id, "group_id": group_id, "user_id": user_id, "at": at}
    return [await add_entry(unit, base, entry) for entry in new]


async def add_entry(unit: Unit, base: dict[str, int], entry: Entry) -> int:
    if entry.kind == "void":
        # A fine whose end is taken back may end again.
        taken_back = update(entries).where(entries.c.decision_id == entry.ref, entries.c.settles.is_not(None))
        await unit.execute(taken_back.values(settles=None))
    settles = entry.ref if entry.kind in SETTLING else None
    insert = unit.insert(entries).values({**entry._asdict(), **base, "settles": settles})
    number = await unit.scalar(insert.on_conflict_do_nothing().returning(entries.c.id))
    if number is None:
        raise AlreadySettled(f"fine {entry.ref} was ended before")
    return int(number)


async def rows(unit: Unit, keys: Collection[Key], since: int) -> dict[Key, list[BookRow]]:
    """What stands in the books of each (group, person) since then; those of whom nothing does are left out."""
    found: defaultdict[Key, list[BookRow]] = defaultdict(list)
    if keys:
        for row in await unit.fetch(ROWS, *unit.pairs(keys), since):
            found[row[0], row[1]].append(book_row(row))
    return dict(found)


async def rows_of(unit: Unit, decision_id: int) -> list[BookRow]:
    return sorted(book_row(row) for row in await unit.fetch(ROWS_OF, decision_id))


def book_row(row: Sequence[Any]) -> BookRow:
    _, _, number, decision, kind, rule, at, counted, valid, due, until, ref, notice_at, noticed, voided, note, heard = (
        row
    )
    return BookRow(
        number, decision, kind, rule, at, bool(counted), valid, due, until, ref, notice_at, bool(noticed), bool(voided),
        note, heard,
    )  # fmt: skip


async def decision(unit: Unit, decision_id: int) -> DecisionRow | None:
    return await one(unit, decisions.c.id == decision_id)


async def by_key(unit: Unit, key: str) -> DecisionRow | None:
    return await one(unit, decisions.c.key == clean(key))


async def by_ids(unit: Unit, ids: Collection[int]) -> list[DecisionRow]:
    """The oldest first."""
    found = select(*COLUMNS).where(decisions.c.id.in_(sorted(ids))).order_by(decisions.c.id)
    return [DecisionRow._make(row) for row in await unit.execute(found)]


async def decisions_of(unit: Unit, group_id: int, user_id: int, limit: int = 20) -> list[DecisionRow]:
    """The newest first."""
    return await some(unit, decisions.c.group_id == group_id, decisions.c.user_id == user_id, limit=limit)


async def decision_about(unit: Unit, group_id: int, message_id: int) -> DecisionRow | None:
    """The newest about that message."""
    return await one(unit, decisions.c.group_id == group_id, decisions.c.message_id == message_id)


async def reversed_by(unit: Unit, decision_id: int) -> DecisionRow | None:
    """The decision that took this one back."""
    return await one(unit, decisions.c.reverses == decision_id)


async def decided_since(unit: Unit, since: int, limit: int, *, after_id: int = 0) -> list[DecisionRow]:
    """The oldest first, in pages: what a replay goes through."""
    found = select(*COLUMNS).where(decisions.c.at >= since, decisions.c.id > after_id).order_by(decisions.c.id)
    return [DecisionRow._make(row) for row in await unit.execute(found.limit(limit))]


async def judged_in(unit: Unit, group_id: int, since: int, limit: int) -> list[DecisionRow]:
    """Decisions of rules in that group whose case is still kept, the newest first."""
    kept = (decisions.c.issuer_kind == "rule", decisions.c.case_json != "")
    return await some(unit, decisions.c.group_id == group_id, decisions.c.at >= since, *kept, limit=limit)


async def set_state(unit: Unit, decision_id: int, from_state: str, to_state: str) -> bool:
    """False where it was in another state: somebody else was first."""
    change = update(decisions).where(decisions.c.id == decision_id, decisions.c.state == from_state)
    return (await unit.execute(change.values(state=to_state))).rowcount > 0


async def spend(unit: Unit, decision_id: int) -> None:
    """It is a measure from now on: what was held takes its course."""
    await unit.execute(update(decisions).where(decisions.c.id == decision_id).values(spends=True))


async def one(unit: Unit, *conditions: Any) -> DecisionRow | None:
    return next(iter(await some(unit, *conditions, limit=1)), None)


async def some(unit: Unit, *conditions: Any, limit: int) -> list[DecisionRow]:
    found = select(*COLUMNS).where(*conditions).order_by(decisions.c.id.desc()).limit(limit)
    return [DecisionRow._make(row) for row in await unit.execute(found)]
