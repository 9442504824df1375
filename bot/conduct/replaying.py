"""Cases that were decided, under another policy: who would have been treated otherwise. It does and writes nothing."""

from typing import NamedTuple

from bot.storage import books, codec
from bot.storage.books import DecisionRow
from bot.storage.unit import Unit
from bot.textscan import CompiledLists, Scanner
from rules.conduct.case import Case
from rules.conduct.decide import decide
from rules.conduct.policy import Policy
from rules.conduct.raids import RULE as RAID
from rules.conduct.replay import Difference, Summary, replay, summary
from rules.conduct.verdict import Verdict

# About a tenth of a second: a Unit must not be held for longer.
MOST = 300


class Tried(NamedTuple):
    """A policy with what was compiled from it."""

    policy: Policy
    lists: CompiledLists


class Effect(NamedTuple):
    """What a change would have meant. `more`: there were older cases that were not looked at."""

    differences: list[tuple[Difference, DecisionRow]]
    cases: int
    more: bool


def replayable(row: DecisionRow) -> bool:
    """Decisions of rules whose case is still kept; what came too late to act upon was no judgement, and neither is a
    question about many who joined at once."""
    too_late = (row.step, row.mode) == ("record", "observe")
    return row.issuer_kind == "rule" and row.rule != RAID and bool(row.case) and not too_late


def before(row: DecisionRow) -> Summary:
    return Summary(row.rule, row.step, row.mode, row.waits_for)


def otherwise(row: DecisionRow, scanner: Scanner, tried: Tried) -> list[Difference]:
    """One difference or none."""
    return replay([(row.id, seen_by(row, scanner, tried), before(row))], tried.policy)


def seen_by(row: DecisionRow, scanner: Scanner, tried: Tried) -> Case:
    """The case as the scanner sees it with those lists."""
    case = codec.decode_case(row.case)
    return case._replace(view=scanner.scan(case.facts, tried.lists)._replace(resembles=case.view.resembles))


async def effect(unit: Unit, scanner: Scanner, group_id: int, since: int, tried: Tried, now: Tried | None) -> Effect:
    """With `now`, the policy that stands, only what the change itself does: that a case of last week would come out
    otherwise today is not its doing."""
    rows = await books.judged_in(unit, group_id, since, MOST + 1)
    looked_at = [row for row in rows[:MOST] if replayable(row)]
    found = [(each, row) for row in looked_at for each in otherwise(row, scanner, tried)]
    if now is not None:
        found = [(each, row) for each, row in found if summary(decided(row, scanner, now)) != each.after]
    return Effect(found, len(looked_at), len(rows) > MOST)


def decided(row: DecisionRow, scanner: Scanner, tried: Tried) -> Verdict:
    return decide(seen_by(row, scanner, tried), tried.policy)
