"""Prints what the books say of each member, and whether every sum is right."""

import argparse
import json
import sys
from typing import Any

import httpx

from bot.cli import with_storage
from bot.clock import SystemClock, clock_of
from bot.settings import Settings
from bot.storage import Storage, Unit, books, groups, merit, overview
from rules.conduct.standing import Standing, sum_up

LONG_AGO = 0
POINTS = "points"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="for programs")
    parser.add_argument("--decisions", action="store_true", help="with --json: every decision as well")


def main(args: argparse.Namespace, settings: Settings) -> int:
    return with_storage(settings, lambda storage: show(args, settings, storage))


async def show(args: argparse.Namespace, settings: Settings, storage: Storage) -> int:
    now = await now_of(settings)
    async with storage.reading() as unit:
        table = await read(unit, now, with_decisions=args.decisions)
    print(json.dumps(table, ensure_ascii=False, indent=1) if args.json else readable(table))
    return 0 if table["totals"]["sum_of_postings"] == 0 else 1


async def now_of(settings: Settings) -> int:
    """Entries run out on the bot's own clock."""
    try:
        async with clock_of(settings.sandbox.clock_url) as clock:
            return int(clock.now())
    except httpx.HTTPError:
        print("The sandbox is gone; entries run out on this machine's clock.", file=sys.stderr)
        return int(SystemClock().now())


async def read(unit: Unit, now: int, *, with_decisions: bool) -> dict[str, Any]:
    keys = await overview.keys(unit)
    known = await groups.by_ids(unit, {group_id for group_id, _ in keys})
    rows = await books.rows(unit, keys, LONG_AGO)
    kinds, days = await overview.entries_by_kind(unit), await overview.checkins_by_member(unit)
    members = [
        {
            "chat_id": known[key[0]].chat_id, "user_id": key[1], **kinds.get(key, {}),
            **standing(sum_up(rows.get(key, ()), now)), "checkins": days.get(key, 0),
            "points": (await merit.balances(unit, *key)).get(POINTS, 0),
        }
        for key in keys
    ]  # fmt: skip
    table: dict[str, Any] = {
        "totals": await overview.totals(unit), "acts": await overview.acts_by_state(unit), "members": members,
    }  # fmt: skip
    if with_decisions:
        table["decisions"] = [each._asdict() for each in await overview.decided(unit)]
    return table


def standing(now: Standing) -> dict[str, int]:
    return {"warnings": now.warnings, "open_fines": len(now.open_fines)}


def readable(table: dict[str, Any]) -> str:
    lines = [f"{member['chat_id']} {member['user_id']}: {figures(member)}" for member in table["members"]]
    sums = ", ".join(f"{name} {count}" for name, count in table["totals"].items())
    acts = ", ".join(f"{name} {count}" for name, count in sorted(table["acts"].items()))
    return "\n".join([*lines, sums, f"acts: {acts or 'none'}"])


def figures(member: dict[str, Any]) -> str:
    return ", ".join(f"{k} {v}" for k, v in member.items() if k not in {"chat_id", "user_id"} and v) or "nothing"
