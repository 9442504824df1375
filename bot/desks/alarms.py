"""What leaders must hear of though nobody decided it: a lost right, a post of unknown fate, an unreadable update."""

from bot.clock import Clock
from bot.desks import cards
from bot.storage import Storage, Unit, groups, tickets
from bot.storage.acts import ActRow
from bot.storage.groups import GroupRow
from rules.conduct.effects import Card, Phrase, Say

RIGHTS = frozenset({"can_delete_messages", "can_restrict_members"})


async def undecided(unit: Unit, group: GroupRow, update_id: int, at: int) -> None:
    """One open question a group, however many updates fail there."""
    await once(unit, group, Card("undecided", (Phrase("group.undecided"),)), f"undecided:{group.id}:{update_id}", at)


async def once(unit: Unit, group: GroupRow, card: Card, key: str, at: int) -> None:
    waiting = await tickets.pending(unit, [group.id])
    if all(ticket.kind != card.kind for ticket in waiting):
        await cards.ask(unit, group, card, key=key, at=at)


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

    async def right_missing(self, group_id: int, right: str) -> None:
        if right in RIGHTS:
            words = (Phrase("group.lost_right"), Phrase(f"group.lost_{right}"), Phrase("group.lost_way_out"))
            await self._tell(group_id, Card("right_lost", words), f"right:{group_id}:{right}:{int(self._clock.now())}")

    async def _tell(self, group_id: int, card: Card, key: str) -> None:
        async def tell(unit: Unit) -> None:
            group = (await groups.by_ids(unit, [group_id])).get(group_id)
            if group is not None:
                await once(unit, group, card, key, int(self._clock.now()))

        await self._storage.write(tell)
