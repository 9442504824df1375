"""Explains a decision: what each rule saw, the policy and the standing then, what was done and how it ended."""

import argparse
import asyncio
import json
import sys
from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.cli import USAGE, with_storage
from bot.conduct import retelling
from bot.settings import Settings
from bot.storage import Storage, Unit, acts, books, codec, groups
from bot.storage.acts import ActRow
from bot.storage.books import DecisionRow
from bot.storage.groups import GroupRow
from bot.texts import LOCALES, Texts
from rules.conduct.case import Case
from rules.conduct.explain import shown
from rules.conduct.findings import Finding
from rules.conduct.standing import CLEAN, BookRow, Standing

ERASED = "  (erased, as texts are after retention.text_days)"
EITHER = "python -m bot why: give the number of a decision, or --json --after NUMBER"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("id", type=int, nargs="?", metavar="ID", help="the number of a decision")
    parser.add_argument("--json", action="store_true", help="for programs; with --after")
    parser.add_argument(
        "--after", metavar="NUMBER", help="every decision above it; - takes numbers from standard input, one a line"
    )


def main(args: argparse.Namespace, settings: Settings) -> int:
    if (args.id is None) != args.json or args.json != bool(args.after) or not fits(args.after or "0"):
        print(EITHER, file=sys.stderr)
        return USAGE
    if args.json:
        return with_storage(settings, lambda storage: tell(asked(args.after), storage))
    return with_storage(settings, lambda storage: run(args.id, storage))


def fits(after: str) -> bool:
    return after == "-" or after.isdecimal()


def asked(after: str) -> Iterator[str]:
    return iter(sys.stdin.readline, "") if after == "-" else iter([after])


async def tell(numbers: Iterator[str], storage: Storage) -> int:
    """One line of JSON for each number, as soon as it is asked for."""
    texts = Texts.load(LOCALES)
    while number := await asyncio.to_thread(next, numbers, ""):
        async with storage.reading() as unit:
            table = await retelling.after(unit, int(number), texts)
        print(json.dumps(table, ensure_ascii=False), flush=True)
    return 0


async def run(number: int, storage: Storage) -> int:
    async with storage.reading() as unit:
        row = await books.decision(unit, number)
        if row is None:
            print(f"There is no decision {number}.", file=sys.stderr)
            return 1
        print("\n".join(await explained(unit, row)))
        return 0


async def explained(unit: Unit, row: DecisionRow) -> list[str]:
    group = (await groups.by_ids(unit, [row.group_id]))[row.group_id]
    case = codec.decode_case(row.case) if row.case else None
    findings = codec.decode_findings(row.findings) if row.findings else ()
    undone = await books.reversed_by(unit, row.id)
    return [
        *head(row, group, case),
        "found:",
        *(found(findings, row.rule) if row.findings else [ERASED]),
        "standing then:",
        *(stood(case.member.standing, group) if case else [ERASED]),
        "written:",
        *([entry(each, group) for each in await books.rows_of(unit, row.id)] or ["  nothing"]),
        "done:",
        *([act(each, group) for each in await acts.of_decision(unit, row.id)] or ["  nothing"]),
        *([f"taken back by decision {undone.id}, {moment(undone.at, group)}"] if undone else []),
    ]


def head(row: DecisionRow, group: GroupRow, case: Case | None) -> Iterator[str]:
    outcome = f"{row.rule or 'no rule'}: {row.step} ({row.mode}, {row.state})"
    yield f"decision {row.id}, {moment(row.at, group)}: {outcome}"
    name = case.member.name if case else ""
    about = f", message {row.message_id}" if row.message_id else ""
    yield f"about: {name} {row.user_id} in {group.title} {group.chat_id}{about}".replace("  ", " ")
    by = f"{row.issuer_kind} {row.issuer_id}" if row.issuer_id else row.issuer_kind
    yield f"by: {by}{', because: ' + row.reason if row.reason else ''}"
    yield f"policy: {row.policy_fingerprint or 'unknown'}, rules {row.rules_version or 'unknown'}"
    if row.reverses:
        yield f"takes back: decision {row.reverses}"


def found(findings: tuple[Finding, ...], rule: str) -> Iterator[str]:
    """The deciding rule first, then other hits, then misses."""
    if not findings:
        yield "  nothing: no rule was asked"
    for each in sorted(findings, key=lambda finding: (finding.rule != rule, not finding.hit)):
        seen = "; ".join(f"{name}: {shown(value)}" for name, value in each.seen)
        yield f"  {'hit ' if each.hit else 'miss'} {each.rule}{' severe' if each.severe else ''}  {seen}".rstrip()


def stood(standing: Standing, group: GroupRow) -> Iterator[str]:
    """What differs from a clean record."""
    told = [(name, value) for name, value in standing._asdict().items() if value != getattr(CLEAN, name)]
    for name, value in told:
        when = isinstance(value, int) and name.endswith(("_at", "_until"))
        yield f"  {name}: {moment(value, group) if when else value}"
    if not told:
        yield "  clean"


def entry(row: BookRow, group: GroupRow) -> str:
    times = {"until": row.valid_until, "due": row.due_at}
    more = [f"{name} {moment(at, group)}" for name, at in times.items() if at]
    more += [f"ref {row.ref}"] if row.ref else []
    return "  " + ", ".join([row.kind, *(["counts"] if row.counted else []), *more, *(["void"] if row.voided else [])])


def act(row: ActRow, group: GroupRow) -> str:
    why = row.cause if row.state == "held" else row.reason
    when = f" {moment(row.settled_at, group)}" if row.settled_at else ""
    return f"  {row.kind}: {row.state}{f' ({why})' if why else ''}{when}"


def moment(at: int, group: GroupRow) -> str:
    return f"{datetime.fromtimestamp(at, ZoneInfo(group.zone)):%Y-%m-%d %H:%M:%S}"
