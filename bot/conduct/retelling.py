"""Decisions as the command line tells them, to programs and in plain English; it reads books and decides nothing."""

import re
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any, NamedTuple, cast
from zoneinfo import ZoneInfo

from bot.storage import Unit, acts, books, codec, groups, members, overview, users
from bot.storage.books import DecisionRow
from bot.storage.groups import GroupRow
from bot.texts import Texts
from rules.conduct.effects import Phrase
from rules.conduct.explain import looked_at, outcome
from rules.conduct.findings import Finding, type_seen
from rules.conduct.standing import CLEAN, BookRow, Standing
from rules.conduct.verdict import Mode, Step

ENGLISH = "en"
PATTERN = re.compile(r"^[a-z_]+(\.[a-z_]+)+: ")
MOST = 200
BY_HAND = ("settle", "record")
COUNTED = ("decisions", "entries", "undecided", "unknown")


class Known(NamedTuple):
    """A decision with all that belongs to it."""

    row: DecisionRow
    group: GroupRow
    findings: tuple[Finding, ...]
    standing: Standing | None
    written: list[BookRow]
    done: list[acts.ActRow]
    name: str
    issuer: str


async def after(unit: Unit, number: int, texts: Texts) -> dict[str, Any]:
    """The decisions above that number, oldest first, and how the books stand: one JSON object."""
    rows = await books.decided_since(unit, 0, MOST, after_id=number)
    found = [as_table(await known(unit, row), texts) for row in rows]
    totals, states = await overview.totals(unit), await overview.acts_by_state(unit)
    chats = {each.chat_id for each in await groups.all_active(unit)}
    counts = {name: totals[name] for name in COUNTED} | {"acts": states, "groups": sorted(chats)}
    return {"decisions": found, "counts": counts}


async def known(unit: Unit, row: DecisionRow) -> Known:
    case = codec.decode_case(row.case) if row.case else None
    return Known(
        row,
        (await groups.by_ids(unit, [row.group_id]))[row.group_id],
        codec.decode_findings(row.findings) if row.findings else (),
        case.member.standing if case else None,
        await books.rows_of(unit, row.id),
        await acts.of_decision(unit, row.id),
        (case.member.name if case else "") or await name_of(unit, row.group_id, row.user_id),
        await name_of(unit, row.group_id, row.issuer_id) if row.issuer_id else row.issuer_kind,
    )


async def name_of(unit: Unit, group_id: int, user_id: int) -> str:
    member = (await members.load(unit, [(group_id, user_id)])).get((group_id, user_id))
    person = (await users.get(unit, [user_id])).get(user_id)
    return (member.name if member else "") or (person.name if person else "") or str(user_id)


def as_table(it: Known, texts: Texts) -> dict[str, Any]:
    row = it.row
    return {
        "number": row.id, "at": row.at, "chat_id": it.group.chat_id, "message_id": row.message_id,
        "user_id": row.user_id, "name": it.name, "issuer_kind": row.issuer_kind, "issuer_id": row.issuer_id,
        "rule": row.rule, "step": row.step, "mode": row.mode, "state": row.state, "reverses": row.reverses,
        "policy": row.policy_fingerprint, "rules_version": row.rules_version, "reason": row.reason,
        "hits": [each.rule for each in it.findings if each.hit],
        "acts": [{"kind": each.kind, "state": each.state} for each in it.done],
        "decided": decided(it, texts), "why": [shortly(it, texts)], "more": list(more(it, texts)),
    }  # fmt: skip


def decided(it: Known, texts: Texts) -> str:
    """What it came to, in one sentence or two."""
    row = it.row
    held = row.waits_for if row.state == "held" else ""
    words = outcome(cast(Step, row.step), cast(Mode, row.mode), held)
    told = in_english(texts, words)
    if row.step in BY_HAND and it.written:
        told = f"{told.removesuffix('.')}: {written(it)}."
    if row.reverses:
        told = f"Decision {row.reverses} was taken back."
    return f"Decision {row.id} about {it.name}: {told}"


def shortly(it: Known, texts: Texts) -> str:
    """For whoever leads a group: the signals, what stood before, by which rule and which step."""
    row = it.row
    by = f"rule {row.rule}" if row.rule else "no rule"
    observed = "" if row.mode == "enforce" else f", {row.mode} only"
    before = record(it.standing).replace("_", " ")
    return f"{basis(it, texts)}. Before: {before}. ({by}, step {row.step}{observed})"


def basis(it: Known, texts: Texts) -> str:
    row = it.row
    reason = f", because: {row.reason}" if row.reason else ""
    if row.issuer_kind == "person":
        who = "They did this themselves" if row.issuer_id == row.user_id else f"{it.issuer} decided this"
        return f"{who}{reason}"
    saw = "; ".join(
        looked(each._replace(seen=signals(each)), it.group, texts) for each in it.findings if each.rule == row.rule
    )
    return f"{saw or ('The time was up' if row.issuer_kind == 'clock' else 'Nothing was looked at')}{reason}"


def signals(finding: Finding) -> tuple[tuple[str, type_seen], ...]:
    """What stood there, without the names of patterns; where nothing was quoted, what was counted."""
    quoted = tuple((name, bare(value)) for name, value in finding.seen if isinstance(value, str | tuple) and value)
    return quoted or tuple((name, value) for name, value in finding.seen if type(value) is int)


def bare(value: str | tuple[str, ...]) -> type_seen:
    return value if isinstance(value, str) else tuple(PATTERN.sub("", each) for each in value)


def more(it: Known, texts: Texts) -> Iterator[str]:
    """All that was looked at, what was written, and what it rests on."""
    row = it.row
    policy = f"Policy {row.policy_fingerprint or 'unknown'}, rules {row.rules_version or 'unknown'}."
    yield f"Rule {row.rule or 'none'}, step {row.step}, mode {row.mode}: {cause(it, texts)}"
    yield f"Record before: {record(it.standing)}. Written: {written(it)}. {policy}"


def cause(it: Known, texts: Texts) -> str:
    row = it.row
    reason = f", because: {row.reason}" if row.reason else ""
    if row.issuer_kind == "person":
        who = "the person themselves" if row.issuer_id == row.user_id else it.issuer
        return f"no rule was asked, {who} decided{reason}."
    if not it.findings:
        return f"its time was up{reason}." if row.issuer_kind == "clock" else f"nothing was looked at{reason}."
    deciding = [each for each in it.findings if each.rule == row.rule]
    others = [each.rule for each in it.findings if each.hit and each.rule != row.rule]
    misses = sum(not each.hit for each in it.findings if each.rule != row.rule)
    also = f" Also hit: {', '.join(others)}." if others else ""
    saw = "; ".join(looked(each, it.group, texts) for each in deciding)
    return f"{saw}.{also} {misses} other rules found nothing{reason}."


def looked(finding: Finding, group: GroupRow, texts: Texts) -> str:
    """The rule by its name and what it saw, without what was empty."""
    full = finding._replace(seen=tuple(readable(name, value, group) for name, value in finding.seen if worth(value)))

    def named(seen: str) -> str:
        key = f"talk.seen_{seen}"
        return in_english(texts, (Phrase(key),)) if key in texts.keys(ENGLISH) else seen

    return in_english(texts, (looked_at(full, named),)).removeprefix("✓ ").removeprefix("✗ ")


def worth(value: type_seen) -> bool:
    return value is not None and value not in ("", ())


def readable(name: str, value: type_seen, group: GroupRow) -> tuple[str, type_seen]:
    """Words for yes and no, a clock time for a moment."""
    if isinstance(value, bool):
        return name, "yes" if value else "no"
    if name == "joined" and isinstance(value, int):
        return name, moment(value, group)
    return name, tuple(each.strip() for each in value) if isinstance(value, tuple) else value


def record(standing: Standing | None) -> str:
    """What stood against the person; names of rules and plain counts."""
    if standing is None:
        return "erased"
    told = [f"{each.rule} {times(each.events)}" for each in standing.rules]
    told += [f"reminders that count: {standing.warnings}"] if standing.warnings else []
    told += [f"packets owed: {len(standing.open_fines)}"] if standing.open_fines else []
    told += ["asked for a name before"] if standing.nickname_asked_at else []
    return ", ".join(told) or ("clean" if standing == CLEAN else "nothing that counts")


def times(count: int) -> str:
    return "once" if count == 1 else f"{count} times"


def written(it: Known) -> str:
    return ", ".join(entry(each, it.group) for each in it.written) or "nothing"


def entry(row: BookRow, group: GroupRow) -> str:
    counts = {"reminder": " (does not count)", "warning": " (counts)"} if not row.counted else {"warning": " (counts)"}
    due = f" (until {moment(row.due_at, group)})" if row.due_at else ""
    return f"{row.kind.replace('_', ' ')}{counts.get(row.kind, '')}{due}{' (void)' if row.voided else ''}"


def moment(at: int, group: GroupRow) -> str:
    return f"{datetime.fromtimestamp(at, ZoneInfo(group.zone)):%m-%d %H:%M}"


def in_english(texts: Texts, words: Iterable[Phrase]) -> str:
    return texts.plain(tuple(words), ENGLISH, limit=1000).replace("\n", " ")
