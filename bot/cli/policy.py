"""Prints what a group has decided as a TOML file, or its versions; it changes nothing."""

import argparse
import sys
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.cli import FAILED, with_storage
from bot.conduct import policyfile
from bot.conduct.policies import Policies, zone_of
from bot.settings import Settings
from bot.storage import Storage, Unit, groups, policies
from bot.storage.groups import GroupRow
from bot.storage.policies import PolicyRow
from bot.textscan import Scanner
from rules.conduct.policy_layers import dump, keys, merge


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("group", type=int, metavar="GROUP", help="the number of a group, as /chats lists it")
    which = parser.add_mutually_exclusive_group()
    which.add_argument("--all", action="store_true", help="every key, with the layer its value comes from")
    which.add_argument("--history", action="store_true", help="its versions: when, who, what, why")


def main(args: argparse.Namespace, settings: Settings) -> int:
    return with_storage(settings, lambda storage: run(args, settings, storage))


async def run(args: argparse.Namespace, settings: Settings, storage: Storage) -> int:
    async with storage.reading() as unit:
        group = (await groups.by_ids(unit, [args.group])).get(args.group)
        if group is None:
            print(f"There is no group {args.group}.", file=sys.stderr)
            return FAILED
        if args.history:
            print("\n".join(await versions(unit, group)) or "It has changed nothing.")
        elif args.all:
            print(await whole(unit, group, settings), end="")
        else:
            print(await own(unit, group), end="")
    return 0


async def own(unit: Unit, group: GroupRow) -> str:
    decided = merge((await policies.current(unit, group.id)).group)
    return policyfile.written({key: decided[key] for key in keys() if key in decided}, head(group), {})


async def whole(unit: Unit, group: GroupRow, settings: Settings) -> str:
    ruled = await Policies(Scanner.build(), settings.policy).of(unit, group)
    return policyfile.written(dump(ruled.policy), head(group), ruled.loaded.origin)


def head(group: GroupRow) -> str:
    return f"{group.title}, version {group.policy_version}"


async def versions(unit: Unit, group: GroupRow) -> list[str]:
    """The newest first; null is a key that was given back to the layer below."""
    zone = zone_of(group)
    return [line(row, zone) for row in await policies.history(unit, "group", group.id, None)]


def line(row: PolicyRow, zone: ZoneInfo) -> str:
    changes = ", ".join(f"{key} = {policyfile.as_toml(value)}" for key, value in merge(row.changes).items())
    why = f" ({row.reason})" if row.reason else ""
    return f"{row.id}, {datetime.fromtimestamp(row.at, zone):%Y-%m-%d %H:%M}, by {row.author}: {changes or '-'}{why}"
