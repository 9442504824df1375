"""From facts to a Case: everything a decision may use, read for a whole batch with one query a subject."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from bot.conduct.policies import Ruled
from bot.storage import acts, books, groups, lookups, members, quiet, roles, tickets, users
from bot.storage.groups import GroupRow
from bot.storage.members import MemberRow
from bot.storage.unit import Unit
from rules.conduct.brakes import spends
from rules.conduct.case import Case, GroupView, MemberView, Recent, TextView
from rules.conduct.facts import Facts
from rules.conduct.standing import CLEAN, BookRow, Standing, after, sum_up
from rules.conduct.verdict import Verdict

HOUR = 3600
# In the place of a moment: what this batch decided is in it.
DECIDED = -1
BRAKE, GO_ON = "brake", "brake.go_on"

Key = tuple[int, int]


def subject(facts: Facts) -> int:
    """Whose books it is: a channel that speaks has its own, for its `from` is a stand-in shared by all channels."""
    return facts.sender_chat_id if facts.sender == "channel" else facts.user_id


class Brake(NamedTuple):
    """Whether a card already asks if braked measures may go on, and until when a leader said yes."""

    asked: bool = False
    lifted_until: int = 0


class Background(NamedTuple):
    """What was known before a batch. `groups` by the chat id that was asked for, the rest by (group, person)."""

    groups: dict[int, GroupRow]
    keys: set[Key]
    members: dict[Key, MemberRow]
    books: dict[Key, list[BookRow]]
    prompts: dict[int, frozenset[int]]
    at: int


class Rest(NamedTuple):
    """What matters only where something was found: it protects or slows down, it never makes a clean message a case."""

    roles: dict[Key, frozenset[str]]
    started: frozenset[int]
    measures: list[tuple[int, int]]
    brakes: dict[int, Brake]
    no_reminders: frozenset[int] = frozenset()


UNKNOWN = Rest({}, frozenset(), [], {})


async def background(unit: Unit, batch: Sequence[Facts], bot_id: int) -> Background:
    known = await groups.by_chats(unit, {facts.chat_id for facts in batch})
    keys = {(known[facts.chat_id].id, subject(facts)) for facts in batch if facts.chat_id in known}
    answering = {known[each.chat_id].id for each in batch if each.reply_user_id == bot_id and each.chat_id in known}
    return await about(unit, known, keys, min(facts.at for facts in batch), answering)


async def about(
    unit: Unit, known: dict[int, GroupRow], keys: set[Key], at: int, answering: Iterable[int] = ()
) -> Background:
    return Background(
        known,
        keys,
        await members.load(unit, keys),
        await books.rows(unit, keys, 0),
        {group_id: frozenset(await acts.message_ids(unit, "prompt", group_id)) for group_id in answering},
        at,
    )


async def rest_of(unit: Unit, keys: set[Key], at: int) -> Rest:
    people = await users.get(unit, {user_id for _, user_id in keys})
    # Of all groups: one of the brakes counts over the whole installation.
    measures = await lookups.measures_since(unit, at - HOUR)
    return Rest(
        await roles.of_many(unit, keys, at),
        frozenset(user_id for user_id, row in people.items() if row.reachable),
        measures,
        await brakes_of(unit, {group_id for group_id, _ in (*measures, *keys)} if measures else set(), at),
        await quiet.opted_out(unit, people),
    )


async def brakes_of(unit: Unit, group_ids: set[int], at: int) -> dict[int, Brake]:
    """Of groups where something was done in the last hour, and of those that only the installation's brake holds."""
    if not group_ids:
        return {}
    asked = {row.group_id for row in await tickets.pending(unit, group_ids) if row.kind == BRAKE}
    lifted = await tickets.last_answers(unit, group_ids, BRAKE, GO_ON, at - HOUR)
    return {each: Brake(each in asked, lifted.get(each, -HOUR) + HOUR) for each in group_ids}


class Bench:
    """The background of one batch, kept up to date while its messages are decided one after the other.

    Until `complete` it holds what tells a clean message from a case; a verdict that stands must be reached again after.
    """

    def __init__(self, known: Background) -> None:
        self.known = known
        self.rest = UNKNOWN
        self.members = dict(known.members)
        self._standing: dict[Key, tuple[Standing, int]] = {}
        self._wrote: defaultdict[Key, int] = defaultdict(int)
        self._measures: list[tuple[int, int]] = []
        self._brakes: dict[int, Brake] = {}
        self._groups: dict[int, GroupView] = {}

    async def complete(self, unit: Unit) -> bool:
        """Read the rest; False where that was done before."""
        if self.rest is not UNKNOWN:
            return False
        self.rest = await rest_of(unit, self.known.keys, self.known.at)
        # Views of groups were made without them.
        self._measures, self._brakes = list(self.rest.measures), dict(self.rest.brakes)
        self._groups.clear()
        return True

    def case(
        self, facts: Facts, view: TextView, group: GroupRow, ruled: Ruled, recent: tuple[Recent, ...] = ()
    ) -> Case:
        key = (group.id, subject(facts))
        return Case(facts, view, self._member(key, facts, recent), self._group(facts, group, ruled))

    def wrote(self, key: Key) -> None:
        """One more message of this person."""
        self._wrote[key] += 1

    def decided(self, key: Key, verdict: Verdict, decision_id: int, at: int) -> None:
        """What the next message of the batch must see of this decision."""
        self._standing[key] = after(self._standing_of(key, at), verdict, decision_id, at), DECIDED
        if verdict.held == BRAKE:
            brake = self._brakes.get(key[0], Brake())
            self._brakes[key[0]] = brake._replace(asked=True)
            self._groups.clear()
        if spends(verdict):
            self._measures.append((key[0], at))
            self._groups.clear()

    def _member(self, key: Key, facts: Facts, recent: tuple[Recent, ...]) -> MemberView:
        row, user_id = self.members.get(key) or stranger(key, facts), key[1]
        return MemberView(
            user_id,
            facts.name or row.name,
            facts.username or row.username,
            (row.tag or "") if facts.tag is None else facts.tag,
            row.nick,
            row.nick_exempt,
            row.status,
            row.is_bot,
            row.joined_at,
            row.first_seen,
            row.last_seen,
            row.messages + self._wrote.get(key, 0),
            row.rules_accepted_at,
            user_id in self.rest.started,
            self.rest.roles.get(key, frozenset()),
            self._standing_of(key, facts.at),
            recent,
            user_id in self.rest.no_reminders,
        )

    def _standing_of(self, key: Key, at: int) -> Standing:
        """At that moment: a batch that was waiting may span hours, in which something expires."""
        known, summed_at = self._standing.get(key, (CLEAN, at - 1))
        if summed_at not in (at, DECIDED):
            rows = self.known.books.get(key)
            known = sum_up(rows, at) if rows else CLEAN
            self._standing[key] = known, at
        return known

    def _group(self, facts: Facts, group: GroupRow, ruled: Ruled) -> GroupView:
        known = self._groups.get(group.id)
        if known is None:
            known = self._groups[group.id] = self._view_of(group, ruled)
        if not known.measures_all:
            return known
        since = facts.at - HOUR
        return known._replace(
            measures=tuple(at for at in known.measures if at > since),
            measures_all=tuple(at for at in known.measures_all if at > since),
        )

    def _view_of(self, group: GroupRow, ruled: Ruled) -> GroupView:
        brake = self._brakes.get(group.id, Brake())
        return GroupView(
            group_id=group.id,
            chat_id=group.chat_id,
            owner_id=group.owner_id,
            title=group.title,
            zone=ruled.zone,
            zone_name=ruled.zone.key,
            language=group.language,
            kind=group.kind,
            uses_tags=group.uses_tags or "can_manage_tags" in group.bot_rights,
            member_count=group.member_count,
            bot_joined_at=group.bot_joined_at,
            rule_began=group.rule_began,
            measures=tuple(at for group_id, at in self._measures if group_id == group.id),
            measures_all=tuple(at for _, at in self._measures),
            prompts=self.known.prompts.get(group.id, frozenset()),
            brake_asked=brake.asked,
            brake_lifted_until=brake.lifted_until,
        )


def stranger(key: Key, facts: Facts) -> MemberRow:
    """Somebody who was never seen here before."""
    shown, at = (facts.name, facts.username, facts.tag or ""), facts.at
    return MemberRow(*key, *shown, "", False, "member", frozenset(), False, facts.is_bot, None, at, at, 0, None)


def silent(group: GroupRow, user_id: int, at: int, row: MemberRow | None) -> Facts:
    """Facts of somebody who did nothing at this moment; below 0 are channels."""
    name, username, tag = (row.name, row.username, row.tag) if row is not None else ("", "", None)
    if user_id < 0:
        return Facts(0, "message", group.chat_id, 0, at, sender="channel", sender_chat_id=user_id, name=name)
    return Facts(0, "message", group.chat_id, user_id, at, name=name, username=username, tag=tag)
