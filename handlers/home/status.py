"""/status: how the installation stands, for who owns it, in private; it only reads."""

from collections.abc import Iterator, Mapping

from bot import VERSION
from bot.storage import standing, vitals
from bot.storage.groups import OUTSIDE, GroupRow
from bot.storage.vitals import Waiting
from handlers.conduct.abilities import NEEDED
from handlers.frame.context import Talk
from handlers.frame.orders import Order
from handlers.saying.answers import answer, catalogue
from rules.conduct.effects import Phrase

in_status = catalogue("status")

MINUTE, HOUR, DAY = 60, 3600, 86_400
UNKNOWN_SINCE = 7 * DAY
MOST_GROUPS = 10
MIB = 1 << 20
CAUSES = {"inactive", "leader", "brake", "person_brake"}
DATABASES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}


async def status(talk: Talk, _: Order) -> None:
    """In a group nobody else shall read it."""
    if not talk.private:
        await answer(talk, in_status("in_private", bot=talk.services.me.username))
        return
    now = int(talk.services.clock.now())
    found = await standing.standing(talk.unit, now - UNKNOWN_SINCE)
    waiting = await vitals.waiting(talk.unit)
    # What an operator is asked about is no group of the installation yet.
    ours = [row for row in found.groups if row.state not in OUTSIDE]
    held = {row.id for row in ours if row.state != "active" or lacks(row)}
    groups = sorted(ours, key=lambda row: (row.id not in held, row.id))
    await answer(
        talk,
        [
            in_status("head", version=VERSION),
            *running(talk, now),
            in_status("database", kind=DATABASES[talk.services.storage.dialect], size=f"{found.size / MIB:.1f}"),
            in_status("lag", seconds=max(0, now - talk.at)),
            *work(waiting, await vitals.planned_for_later(talk.unit, now)),
            in_status("unknown", n=found.unknown),
            in_status("undecided", n=found.undecided),
            in_status("backup"),
            in_status("groups", n=len(groups)),
            *(about(row, found.known) for row in groups[:MOST_GROUPS]),
            *([in_status("more_groups", n=len(groups) - MOST_GROUPS)] if len(groups) > MOST_GROUPS else []),
        ],
    )


def running(talk: Talk, now: int) -> Iterator[Phrase]:
    services = talk.services
    if services.started_at:
        yield length("running", now - services.started_at)
    heard_at = services.heard_at()
    if heard_at:
        yield length("heard", now - heard_at)


def length(name: str, seconds: float) -> Phrase:
    """In the largest unit that says something."""
    if seconds < HOUR:
        return in_status(f"{name}_minutes", n=max(0, int(seconds // MINUTE)))
    if seconds < 2 * DAY:
        return in_status(f"{name}_hours", n=int(seconds // HOUR))
    return in_status(f"{name}_days", n=int(seconds // DAY))


def work(waiting: Waiting, later: int) -> Iterator[Phrase]:
    """What goes out in a moment, what has its hour, and what waits for somebody: each says what for."""
    yield in_status("waiting", n=max(0, sum(waiting.pending.values()) - later))
    if later:
        yield in_status("later", n=later)
    for cause, count in sorted(waiting.held.items()):
        name, _, right = cause.partition(":")
        if name == "right":
            yield in_status("held_right", n=count, right=right)
        else:
            yield in_status(f"held_{name}" if name in CAUSES else "held_other", n=count)


def lacks(group: GroupRow) -> list[str]:
    """The rights the bot needs there and has not, where Telegram has told which it has."""
    return sorted(NEEDED - group.bot_rights) if group.bot_status else []


def about(group: GroupRow, known: Mapping[int, int]) -> Phrase:
    title, count = group.title, known.get(group.id, 0)
    if group.state != "active":
        return in_status("group_inactive", title=title)
    if missing := lacks(group):
        return in_status("group_lacks", title=title, rights=", ".join(missing))
    if not group.member_count:
        return in_status("group_uncounted", title=title, known=count)
    return in_status("group", title=title, known=count, all=max(group.member_count, count))
