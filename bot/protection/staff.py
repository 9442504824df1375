"""Whose names others could take for those of a group's leaders; compared when a name is new, never per message."""

from collections.abc import Mapping
from typing import NamedTuple

from bot.storage import members, roles
from bot.storage.groups import GroupRow
from bot.storage.unit import Unit
from bot.textscan import Scanner
from bot.textscan.likeness import Likeness, alike, near
from rules.conduct.case import Alike, Case
from rules.conduct.facts import Facts
from rules.conduct.policy import Policy

# A change that Telegram tells of counts at once; this is for what it does not tell.
GOOD_FOR_SECONDS = 3600
MOST_KNOWN = 50_000


class Leader(NamedTuple):
    who: Alike
    name: Likeness
    username: Likeness


class Compared(NamedTuple):
    """What came of the comparison of this name with the leaders of then."""

    name: str
    username: str
    found: tuple[Alike, ...]


NOBODY: tuple[int, tuple[Leader, ...]] = (0, ())
NO_NAMES: Mapping[int, Compared] = {}


class Staff:
    def __init__(self, scanner: Scanner) -> None:
        self._scanner = scanner
        self._leaders: dict[int, tuple[int, tuple[Leader, ...]]] = {}
        self._known: dict[int, dict[int, Compared]] = {}
        self._count = 0

    async def seen_in(self, unit: Unit, group: GroupRow, policy: Policy, case: Case) -> Case:
        """The case with the leaders whose names the sender's resembles."""
        facts = case.facts
        if policy.impersonates_staff.mode == "off" or facts.sender != "member":
            return case
        found = self.known(group.id, facts)
        if found is None:
            found = await self.compare(unit, group, facts)
        return case._replace(view=case.view._replace(resembles=found)) if found else case

    def known(self, group_id: int, facts: Facts) -> tuple[Alike, ...] | None:
        """None where the name is new, or the leaders have to be read again."""
        before = self._known.get(group_id, NO_NAMES).get(facts.user_id)
        if before is None or before.name != facts.name or before.username != facts.username:
            return None
        return before.found if facts.at < self._leaders.get(group_id, NOBODY)[0] else None

    def forget(self, group_id: int) -> None:
        """Others lead that group now."""
        self._leaders.pop(group_id, None)

    async def compare(self, unit: Unit, group: GroupRow, facts: Facts) -> tuple[Alike, ...]:
        until, leaders = self._leaders.get(group.id, NOBODY)
        if facts.at >= until:
            leaders = await self._read(unit, group, facts.at, leaders)
        found = self._alike(leaders, facts)
        if self._count >= MOST_KNOWN:
            self._known.clear()
            self._count = 0
        names = self._known.setdefault(group.id, {})
        self._count += facts.user_id not in names
        names[facts.user_id] = Compared(facts.name, facts.username, found)
        return found

    async def _read(self, unit: Unit, group: GroupRow, at: int, before: tuple[Leader, ...]) -> tuple[Leader, ...]:
        """Administrators and whoever holds a role of the bot; where they are others now, all names are new."""
        rows = [row for row in await members.admins(unit, group.id) if not row.is_bot]
        holders = await roles.holders(unit, group.id, at)
        rows += (await members.load(unit, {(group.id, each) for each in holders})).values()
        leaders = tuple(dict.fromkeys(self._leader(Alike(row.user_id, row.name, row.username)) for row in rows))
        if leaders != before:
            self._count -= len(self._known.pop(group.id, NO_NAMES))
        self._leaders[group.id] = at + GOOD_FOR_SECONDS, leaders
        return leaders

    def _leader(self, who: Alike) -> Leader:
        return Leader(who, self._scanner.likeness(who.name), self._scanner.likeness(who.username))

    def _alike(self, leaders: tuple[Leader, ...], facts: Facts) -> tuple[Alike, ...]:
        """Nobody resembles themselves, and a leader no other leader."""
        if not leaders or not facts.name or any(leader.who.user_id == facts.user_id for leader in leaders):
            return ()
        name, username = self._scanner.likeness(facts.name), self._scanner.likeness(facts.username)
        return tuple(
            leader.who for leader in leaders
            if alike(leader.name, name) or (username.whole and same_handle(leader.username.whole, username.whole))
        )  # fmt: skip


def same_handle(one: str, other: str) -> bool:
    """Usernames are never shared, so the same look is meant."""
    return one == other or near(one, other)
