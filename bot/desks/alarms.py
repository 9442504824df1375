"""What leaders must hear of though nobody decided it: a lost right, a post of unknown fate, an unreadable update."""

import traceback
from collections.abc import Awaitable, Callable, Collection
from dataclasses import replace

from bot.arrival.links import NEEDED, startgroup
from bot.clock import Clock
from bot.desks import cards
from bot.storage import Storage, Unit, acts, groups, tickets, users
from bot.storage.acts import ActRow
from bot.storage.groups import GroupRow
from bot.storage.tickets import TicketRow
from rules.conduct.effects import Button, Card, Mention, Phrase, Planned, Say

RIGHT_LOST = "right_lost"


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
    new = [Phrase(f"group.lost_{right}") for right in NEEDED if right in rights]
    if any(said.key not in told for said in new):
        words = (Phrase("group.lost_right"), *new, Phrase("group.lost_way_out"))
        await cards.ask(unit, group, Card(RIGHT_LOST, words), key=key, at=at)


async def rights_back(unit: Unit, group: GroupRow, held: Collection[str], at: int) -> None:
    """A question about rights that are all there again needs no answer any more."""
    missing = {f"group.lost_{right}" for right in NEEDED if right not in held}
    for ticket in await open_losses(unit, group):
        if missing.isdisjoint(said.key for said in ticket.words):
            await tickets.answer(unit, ticket.id, 0, at, "right.back")


async def open_losses(unit: Unit, group: GroupRow) -> list[TicketRow]:
    return [ticket for ticket in await tickets.pending(unit, [group.id]) if ticket.kind == RIGHT_LOST]


async def put_out(unit: Unit, group: GroupRow, bot_username: str, at: int, by: Mention) -> None:
    """Whoever set the group up hears who put the bot out of it, and how to bring it back."""
    words = Phrase("own.put_out", (("title", group.title), ("by", by)))
    back = Button(Phrase("own.button_back"), url=startgroup(bot_username))
    await tell_founder(unit, group, (words,), f"out:{group.id}:{at}", at, ((back,),))


async def shut_out(unit: Unit, group: GroupRow, at: int) -> None:
    """Nobody said so, but Telegram lets the bot do nothing there any more: put out, or the group is gone."""
    await tell_founder(unit, group, (Phrase("own.shut_out", (("title", group.title),)),), f"out:{group.id}:{at}", at)


async def upgraded(unit: Unit, group: GroupRow, at: int) -> None:
    """A basic group has become a supergroup, where people can be muted as well: told once."""
    if group.state == "active":
        words = Phrase("own.upgraded", (("title", group.title),))
        await tell_founder(unit, group, (words,), f"upgraded:{group.id}", at)


async def tell_founder(
    unit: Unit,
    group: GroupRow,
    words: tuple[Phrase, ...],
    key: str,
    at: int,
    buttons: tuple[tuple[Button, ...], ...] = (),
) -> None:
    """In private, where that is possible; it waits for nothing that happens in the group."""
    person = (await users.reachable(unit, [group.set_up_by])).get(group.set_up_by)
    if person is None:
        return
    said = replace(cards.private(group, person), words=words, buttons=buttons)
    # Of no group: it must be told even where the group's acts wait because the bot is out of it.
    await acts.write(
        unit, key=key, group_id=None, chat_id=person.user_id, user_id=person.user_id, planned=[Planned(said)], at=at
    )


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
