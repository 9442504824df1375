"""The letter after two days: planned when a group begins, written once to who set it up, never by night."""

from dataclasses import replace
from typing import TYPE_CHECKING, Literal

from bot.arrival import defaults, letterpage
from bot.conduct.policies import zone_of
from bot.desks import cards
from bot.membership import GONE
from bot.powers import LEADERS
from bot.roles import Actor, roles_of
from bot.storage import deadlines, members, tickets, users
from bot.storage.deadlines import DeadlineRow
from bot.storage.groups import GroupRow
from bot.storage.unit import Unit
from rules.conduct import letter
from rules.conduct.deadlines import awake
from rules.conduct.effects import DAY, Deadline, Phrase, Planned, Say

if TYPE_CHECKING:
    from bot.conduct.moderator import Moderator

DUE: Literal["letter_due"] = "letter_due"
KIND = "letter"
LETTER_SECONDS = 7 * DAY


async def begin(unit: Unit, group: GroupRow, at: int) -> None:
    """A group was let in: it keeps the defaults of today, and in two days its letter comes."""
    await defaults.pin(unit, group.id)
    await plan(unit, group, at)


async def plan(unit: Unit, group: GroupRow, at: int) -> int:
    """One letter two days from now, whatever was planned before; when it comes."""
    due = letter.due(at, zone_of(group))
    await deadlines.cancel(unit, group_id=group.id, user_id=0, kind=DUE)
    await deadlines.add(unit, group.id, 0, None, [Deadline(DUE, due)])
    return due


async def planned(unit: Unit, group: GroupRow) -> int:
    """When the next letter comes; 0 where none does."""
    return await deadlines.due_at(unit, group.id, DUE)


async def carry_out(unit: Unit, moderator: "Moderator", group: GroupRow, row: DeadlineRow, now: int) -> None:
    """By day it is written; what was due while nobody could write it may have become night."""
    morning = awake(now, zone_of(group))
    if morning != now:
        await deadlines.add(unit, group.id, 0, None, [Deadline(DUE, morning)])
        return
    # A group that became a supergroup may have brought a second one along.
    await deadlines.cancel(unit, group_id=group.id, user_id=0, kind=DUE)
    known = await letterpage.watched(unit, moderator, group, now)
    if not known.seen and not known.offer.rules:
        # Leaders have decided everything by themselves meanwhile.
        return
    for before in await waiting(unit, group.id):
        await tickets.answer(unit, before.id, 0, now, "letter.again")
    ticket = await tickets.open_ticket(
        unit, group_id=group.id, kind=KIND, decision_id=None, user_id=await addressee(unit, group),
        words=(Phrase("letter.waits", (("title", group.title),)),), at=now,
    )  # fmt: skip
    place = await place_of(unit, group)
    if place is not None:
        await deliver(unit, moderator, group, ticket, place, now)


async def waiting(unit: Unit, group_id: int) -> list[tickets.TicketRow]:
    """The letter that nobody has answered yet."""
    return [ticket for ticket in await tickets.pending(unit, [group_id]) if ticket.kind == KIND]


async def answered(unit: Unit, group_id: int, by: int, at: int, action: str) -> None:
    for ticket in await waiting(unit, group_id):
        await tickets.answer(unit, ticket.id, by, at, action)


async def addressee(unit: Unit, group: GroupRow) -> int:
    """Who set the group up, if they still lead it; 0 where somebody else has to read it."""
    setter = group.set_up_by
    row = (await members.load(unit, [(group.id, setter)])).get((group.id, setter)) if setter else None
    if not setter or (row is not None and row.status in GONE):
        return 0
    leads = await roles_of(unit, Actor(setter), group.id) & LEADERS
    return setter if leads or setter == group.owner_id else 0


async def place_of(unit: Unit, group: GroupRow) -> Say | None:
    """Privately to who set the group up, else where its cards go; None: it waits for their /start and in /inbox."""
    setter = await addressee(unit, group)
    if not setter:
        chat = group.moderators_chat
        return Say(words=(), language=group.language, to_chat=chat, purpose="card") if chat else None
    person = (await users.reachable(unit, [setter])).get(setter)
    return cards.private(group, person) if person is not None else None


async def deliver(unit: Unit, moderator: "Moderator", group: GroupRow, ticket_id: int, place: Say, now: int) -> None:
    """Each letter once, however often it is asked for."""
    words, buttons = await letterpage.page(unit, moderator, group, 0, now)
    said = Planned(replace(place, words=words, buttons=buttons), expires_at=now + LETTER_SECONDS)
    await cards.send(unit, group, place, said, key=f"letter:{ticket_id}", at=now)
