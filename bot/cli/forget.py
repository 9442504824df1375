"""Forgets one person: shows first what is kept and what has to stay, and does it with --yes."""

import argparse
from collections.abc import Sequence
from datetime import UTC, datetime
from functools import partial
from typing import Any

from bot.cli import with_storage
from bot.cli.books import now_of
from bot.process import forgetting
from bot.settings import Settings
from bot.storage import Storage, exports, holds
from bot.storage.holds import Hold


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("user_id", type=int, metavar="USER_ID", help="the person's Telegram id")
    parser.add_argument("--yes", action="store_true", help="do it; nothing can bring it back")


def main(args: argparse.Namespace, settings: Settings) -> int:
    return with_storage(settings, lambda storage: run(args, settings, storage))


async def run(args: argparse.Namespace, settings: Settings, storage: Storage) -> int:
    now = await now_of(settings)
    async with storage.reading() as unit:
        kept, left = await exports.about(unit, args.user_id), await holds.of(unit, args.user_id, now, now)
    print(f"person {args.user_id}: {summary(kept)}")
    print("\n".join(staying(left)))
    if not args.yes:
        print("Nothing was changed. With --yes all of the above goes at once, but for the number where it stays.")
        return 0
    done = await storage.write(partial(forgetting.forget, user_id=args.user_id, by=0, at=now))
    finished = await forgetting.finish_due(storage, now)
    print(f"Forgotten: {done.rows} rows. The number {'stays for now' if done.holds else 'is gone'}.")
    if finished:
        print(f"Of those who asked before, {finished} are forgotten whole now.")
    return 0


def summary(kept: dict[str, Any]) -> str:
    groups = kept["groups"]
    decisions = sum(len(each["decisions"]) for each in groups)
    days = sum(len(each["checkins"]) for each in groups)
    return f"{len(groups)} groups, {decisions} decisions, {days} days checked in, {len(kept['audit'])} audit rows"


def staying(left: Sequence[Hold]) -> list[str]:
    if not left:
        return ["Nothing in force names the number: it goes as well."]
    return ["The number stays until these end:", *(f"  {told(hold)}" for hold in left)]


def told(hold: Hold) -> str:
    until = f", until {datetime.fromtimestamp(hold.until, UTC):%Y-%m-%d %H:%M} UTC" if hold.until else ""
    return f"{hold.kind}{f' in group {hold.group_id}' if hold.group_id else ''}{until}"
