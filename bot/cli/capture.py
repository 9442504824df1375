"""Prints a decision of a rule as a test case, with names, ids, handles, numbers and links replaced."""

import argparse
import sys

from bot.cli import with_storage
from bot.conduct.capturing import capture, outcome, scanned, written
from bot.conduct.policies import Policies
from bot.settings import Settings
from bot.storage import Storage, books, codec, groups
from bot.storage.books import DecisionRow
from bot.textscan import Scanner
from rules.conduct.decide import decide

WARNING = "Read it before you keep it: a name inside a text is only replaced where it is the member's own."


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("id", type=int, metavar="ID", help="the number of a decision")


def main(args: argparse.Namespace, settings: Settings) -> int:
    return with_storage(settings, lambda storage: run(args.id, settings, storage))


async def run(number: int, settings: Settings, storage: Storage) -> int:
    scanner = Scanner.build()
    async with storage.reading() as unit:
        row = await books.decision(unit, number)
        if row is None or row.issuer_kind != "rule" or not row.case:
            return refuse(reason(number, row))
        group = (await groups.by_ids(unit, [row.group_id]))[row.group_id]
        policy = (await Policies(scanner, settings.policy).of(unit, group)).policy
    case = codec.decode_case(row.case)
    real = outcome(decide(scanned(case, policy, scanner), policy))
    found = capture(case, policy, scanner)
    if (now := (real["rule"], real["step"], real["mode"], real["held"])) != recorded(row):
        return refuse(f"Policy or rules have changed since: {told(now)} now, {told(recorded(row))} then.")
    if real != found.expected:
        return refuse("Without the personal data it comes out otherwise, so it cannot be captured.")
    print(written(found))
    print(WARNING, file=sys.stderr)
    return 0


def reason(number: int, row: DecisionRow | None) -> str:
    if row is None:
        return f"There is no decision {number}."
    if row.issuer_kind != "rule":
        return f"Decision {number} was made by a {row.issuer_kind}; only decisions of rules can be captured."
    return f"The case of decision {number} is erased, as texts are after retention.text_days."


def recorded(row: DecisionRow) -> tuple[str, str, str, str]:
    return row.rule, row.step, row.mode, row.waits_for


def told(outcome: tuple[str, str, str, str]) -> str:
    return " ".join(filter(None, outcome)) or "nothing"


def refuse(words: str) -> int:
    print(words, file=sys.stderr)
    return 1
