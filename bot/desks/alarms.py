"""What leaders must hear of though nobody decided it: a lost right, a post of unknown fate, an unreadable update."""

import traceback
from collections.abc import Awaitable, Callable, Collection

from bot.clock import Clock
from bot.desks import cards
from bot.storage import Storage, Unit, groups, tickets
from bot.storage.acts import ActRow
from bot.storage.groups import GroupRow
from bot.storage.tickets import TicketRow
from rules.conduct.effects import Card, Phrase, Say

RIGHT_LOST = "right_lost"
RIGHTS = frozenset({"can_delete_messages", "can_restrict_members"})


def reason_of(error: BaseException) -> str:
    """The error's name and where it arose; its message may hold what people wrote."""
    frames = traceback.extract_tb(error.__traceback__)
    return f"{type(error).__name__} in {frames[-1].name}" if frames else type(error).__name__


async def undecided(unit: Unit, group: GroupRow, update_id: int, at: int) -> None:
    """One open question a group, however many updates fail there."""
    await once(unit, group, Card("undecided", (Phrase("group.undecided"),)), f"undecided:{group.id}:{update_id}", at)


async def prompt_missed(unit: Unit, group: GroupRow, day: str, key: str, at: int) -> None:
    """Each post that was promised and did not come is told of; `key` is the post's."""
    card = Card("prompt_missed", (Phrase("group.prompt_missed", (("day", day[5:]),)),))
    await cards.ask(unit, group, card, key=f"missed:{key}", at=at)


async def once(unit: Unit, group: GroupRow, card: Card, key: str, at: int) -> None:
    waiting = await tickets.pending(unit, [group.id])
    if all(ticket.kind != card.kind for ticket in waiting):
        await cards.ask(unit, group, card, key=key, at=at)


async def rights_lost(unit: Unit, group: GroupRow, rights: Collection[str], key: str, at: int) -> None:
    """Each right that is gone is told once until it is back, to those who can give it back."""
    told = {said.key for ticket in await open_losses(unit, group) for said in ticket.words}
    new = [Phrase(f"group.lost_{right}") for right in sorted(RIGHTS.intersection(rights))]
    if any(said.key not in told for said in new):
        words = (Phrase("group.lost_right"), *new, Phrase("group.lost_way_out"))
        await cards.ask(unit, group, Card(RIGHT_LOST, words), key=key, at=at)


async def rights_back(unit: Unit, group: GroupRow, held: Collection[str], at: int) -> None:
    """A question about rights that are all there again needs no answer any more."""
    missing = {f"group.lost_{right}" for right in RIGHTS.difference(held)}
    for ticket in await open_losses(unit, group):
        if missing.isdisjoint(said.key for said in ticket.words):
            await tickets.answer(unit, ticket.id, 0, at, "right.back")


async def open_losses(unit: Unit, group: GroupRow) -> list[TicketRow]:
    return [ticket for ticket in await tickets.pending(unit, [group.id]) if ticket.kind == RIGHT_LOST]


class Alarms:
    """What the outbox calls when something of it concerns people."""

    def __init__(self, storage: Storage, clock: Clock) -> None:
        self._storage = storage
        self._clock = clock

    async def act_unknown(self, row: ActRow) -> None:
        """The request left and no answer came: it is never repeated, somebody has to look."""
        if row.group_id is None or (isinstance(row.act, Say) and row.act.purpose == "card"):
            return
        await self._tell(row.group_id, Card("act_unknown", (Phrase("group.act_unknown"),)), f"unknown:{row.id}")

    async def act_missed(self, row: ActRow) -> None:
        """A prompt whose time went by while it could not be sent."""
        if row.group_id is None or not isinstance(row.act, Say) or row.act.purpose != "prompt":
            return
        day = row.act.buttons[0][0].note
        await self._in_unit(row.group_id, lambda unit, group, at: prompt_missed(unit, group, day, row.key, at))

    async def right_missing(self, group_id: int, right: str) -> None:
        async def tell(unit: Unit, group: GroupRow, at: int) -> None:
            await rights_lost(unit, group, [right], f"right:{group_id}:{right}:{at}", at)

        await self._in_unit(group_id, tell)

    async def _tell(self, group_id: int, card: Card, key: str) -> None:
        await self._in_unit(group_id, lambda unit, group, at: once(unit, group, card, key, at))

    async def _in_unit(self, group_id: int, tell: Callable[[Unit, GroupRow, int], Awaitable[None]]) -> None:
        async def work(unit: Unit) -> None:
            group = (await groups.by_ids(unit, [group_id])).get(group_id)
            if group is not None:
                await tell(unit, group, int(self._clock.now()))

        await self._storage.write(work)
