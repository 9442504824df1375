"""What was held and is let go begins at that moment: every time in it moves, and people read the new ones."""

from dataclasses import replace
from datetime import tzinfo

from rules.conduct.deadlines import awake, stamp
from rules.conduct.effects import Act, Entry, Phrase, Restrict, Say, Value
from rules.conduct.verdict import Verdict
from rules.programme.localtime import local


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
    days = {each.valid_until for each in verdict.entries if each.valid_until}
    moved = {stamp(due_at, zone): stamp(awake(due_at + late, zone), zone) for due_at in moments}
    return moved | {day_of(end, zone): day_of(end + late, zone) for end in days}


def day_of(at: int, zone: tzinfo) -> str:
    there = local(at, zone)
    return f"{there.month}-{there.day}"


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
    return tuple(phrase._replace(params=tuple(newly(dict(phrase.params), said).items())) for phrase in words)


def newly(params: dict[str, Value], said: dict[str, str]) -> dict[str, Value]:
    """A deadline, and the day until which something counts (`words.until_of`)."""
    deadline, day = str(params.get("deadline")), f"{params.get('month')}-{params.get('day')}"
    if deadline in said:
        params["deadline"] = said[deadline]
    if day in said:
        month, _, of_month = said[day].partition("-")
        params |= {"month": int(month), "day": int(of_month)}
    return params
