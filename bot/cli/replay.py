"""Old cases under another policy: whom it would have treated otherwise. Nothing is done and nothing is written."""

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from bot.cli import with_storage
from bot.cli.books import now_of
from bot.conduct.policies import Policies
from bot.conduct.replaying import Tried, otherwise, replayable
from bot.configuration.source import read
from bot.settings import Settings, build
from bot.storage import Storage, Unit, books, codec, groups
from bot.storage.books import DecisionRow
from bot.storage.groups import GroupRow
from bot.textscan import Scanner
from rules.conduct.replay import Difference, Summary

DAY = 86_400
PAGE = 500


class Replayed(NamedTuple):
    """What came of it: the differences with what they are about, and how many cases there were."""

    differences: list[tuple[Difference, DecisionRow, GroupRow]]
    cases: int


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--days", type=days, default=7, metavar="N", help="how far back (7)")
    parser.add_argument("--policy", type=Path, metavar="FILE", help="try the [policy] of this configuration file")


def days(text: str) -> int:
    number = int(text)
    if not 1 <= number <= 3650:
        raise ValueError
    return number


def main(args: argparse.Namespace, settings: Settings) -> int:
    tried = build(read(args.policy, {}), {}) if args.policy else settings
    return with_storage(settings, lambda storage: run(args.days, tried, settings, storage))


async def run(number: int, tried: Settings, settings: Settings, storage: Storage) -> int:
    since = await now_of(settings) - number * DAY
    async with storage.reading() as unit:
        done = await again(unit, Policies(scanner := Scanner.build(), tried.policy), scanner, since)
    for each in done.differences:
        print(line(*each))
    print(f"{done.cases} decisions of rules in {number} days: {len(done.differences)} would come out otherwise.")
    print("Messages that no rule hit were not kept, so what the policy would newly find in them is not seen here.")
    return 0


async def again(unit: Unit, policies: Policies, scanner: Scanner, since: int) -> Replayed:
    found, cases, last = Replayed([], 0), 0, 0
    while rows := await books.decided_since(unit, since, PAGE, after_id=last):
        last = rows[-1].id
        known = await groups.by_ids(unit, {row.group_id for row in rows})
        for row in filter(replayable, rows):
            ruled, cases = await policies.of(unit, known[row.group_id]), cases + 1
            changed = otherwise(row, scanner, Tried(ruled.policy, ruled.lists))
            found.differences.extend((each, row, known[row.group_id]) for each in changed)
    return found._replace(cases=cases)


def line(difference: Difference, row: DecisionRow, group: GroupRow) -> str:
    name = codec.decode_case(row.case).member.name
    change = f"{words(difference.before)} → {words(difference.after)}"
    return f"decision {row.id}: {name} {row.user_id} in {group.title}: {change}"


def words(summary: Summary) -> str:
    if not summary.rule:
        return "nothing"
    return f"{summary.rule} {summary.step}" + "".join(f" ({each})" for each in conditions(summary))


def conditions(summary: Summary) -> Iterator[str]:
    if summary.mode != "enforce":
        yield f"{summary.mode} only"
    if summary.held:
        yield f"held for a {summary.held}"
