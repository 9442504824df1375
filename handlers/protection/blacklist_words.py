"""What is said about people on the blacklist, line by line, and who may do what with it; it changes nothing."""

from datetime import datetime

from bot.protection.blacklist import bound
from bot.roles import authorize
from bot.storage import blacklist, groups
from bot.storage.blacklist import BlacklistRow
from bot.storage.books import DecisionRow
from handlers.frame.context import Talk
from handlers.reading.kept import person_name
from handlers.reading.targets import group_row
from handlers.saying.answers import catalogue, plain
from rules.conduct.effects import Button, Phrase

in_list = catalogue("blacklist")

PANEL = "blacklist"
NAMED, LONGEST_NAME = 6, 32


async def oversees(talk: Talk) -> bool:
    """Whether whoever asks may decide for all groups of this owner; others suggest."""
    return (await authorize(talk.unit, talk.actor, "oversee", talk.place)).allowed


async def is_above(talk: Talk, row: DecisionRow) -> bool:
    """Whether taking it back would open the doors of all groups, and whoever asks may decide for theirs alone."""
    return bool(await bound(talk.unit, row)) and not await oversees(talk)


def button(name: str, action: str, ref: int = 0, note: str = "") -> Button:
    return Button(in_list(f"button_{name}"), action=action, audience="leaders", ref=ref, note=note)


def name_of(row: BlacklistRow) -> str:
    name = row.name or (f"@{row.username}" if row.username else str(row.user_id))
    return name if len(name) <= LONGEST_NAME else f"{name[:LONGEST_NAME]}…"


def until(talk: Talk, at: int) -> str:
    """`2027-01-31`, or that there is no end."""
    return f"{datetime.fromtimestamp(at, talk.zone):%Y-%m-%d}" if at else plain(talk, in_list("for_good"))


def joined(talk: Talk, names: list[str]) -> str:
    """As many as can be read at a glance, and how many more there are."""
    shown = plain(talk, Phrase("desk.comma")).join(names[:NAMED])
    return shown + plain(talk, in_list("and_more", n=len(names) - NAMED)) if len(names) > NAMED else shown


async def titles(talk: Talk, group_ids: list[int]) -> list[str]:
    rows = await groups.by_ids(talk.unit, group_ids)
    return [rows[number].title for number in group_ids]


async def of_one(talk: Talk, row: BlacklistRow) -> list[Phrase]:
    """All that is kept about an entry."""
    by = await person_name(talk, group_row(talk).id, row.added_by)
    lines = [
        in_list(f"one_{row.state}", name=name_of(row), number=str(row.id), user=str(row.user_id)),
        in_list("one_reason", reason=row.reason or "–"),
        in_list("one_until", until=until(talk, row.expires_at)),
        in_list(f"one_by_{row.source}", by=by, at=until(talk, row.added_at)),
    ]
    if row.evidence:
        lines.append(in_list("one_evidence", number=str(row.evidence)))
    shut = {each.group_id: None for each in await blacklist.caused(talk.unit, row.id)}
    if shut and row.state == "active":
        lines.append(in_list("one_groups", n=len(shut), titles=joined(talk, await titles(talk, list(shut)))))
    return lines
