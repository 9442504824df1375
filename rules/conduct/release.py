"""What was held and is let go begins at that moment: every time in it moves, and people read the new ones."""

from dataclasses import replace
from datetime import tzinfo

from rules.conduct.deadlines import awake, stamp
from rules.conduct.effects import Act, Entry, Phrase, Restrict, Say
from rules.conduct.verdict import Verdict


def let_go(verdict: Verdict, decided_at: int, at: int, zone: tzinfo) -> Verdict:
    """The verdict once the wait has ended with yes at `at`."""
    late, said = at - decided_at, new_stamps(verdict, at - decided_at, zone)
    acts = tuple(plan._replace(held="", act=later(plan.act, late, said)) for plan in verdict.acts)
    return verdict._replace(
        held="",
        acts=acts,
        entries=tuple(entry_later(entry, late, zone) for entry in verdict.entries),
        deadlines=tuple(each._replace(due_at=awake(each.due_at + late, zone)) for each in verdict.deadlines),
    )


def new_stamps(verdict: Verdict, late: int, zone: tzinfo) -> dict[str, str]:
    """How moments were written, and how they are written now."""
    moments = {each.due_at for each in verdict.deadlines} | {each.due_at for each in verdict.entries if each.due_at}
    return {stamp(due_at, zone): stamp(awake(due_at + late, zone), zone) for due_at in moments}


def entry_later(entry: Entry, late: int, zone: tzinfo) -> Entry:
    return entry._replace(
        valid_until=entry.valid_until and entry.valid_until + late,
        until=entry.until and entry.until + late,
        due_at=entry.due_at and awake(entry.due_at + late, zone),
    )


def later(act: Act, late: int, said: dict[str, str]) -> Act:
    match act:
        case Restrict(until=until) if until:
            return replace(act, until=until + late)
        case Say(words=words, alert=alert):
            return replace(act, words=restamped(words, said), alert=restamped(alert, said))
        case _:
            return act


def restamped(words: tuple[Phrase, ...], said: dict[str, str]) -> tuple[Phrase, ...]:
    return tuple(
        phrase._replace(
            params=tuple(
                (name, said.get(str(value), value) if name == "deadline" else value) for name, value in phrase.params
            )
        )
        for phrase in words
    )
