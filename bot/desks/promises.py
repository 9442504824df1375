"""When a promised answer is late in coming, the question goes on to somebody else, once; it answers nothing itself."""

from dataclasses import replace
from typing import TYPE_CHECKING, cast

from bot.conduct.policies import zone_of
from bot.desks import cards, people
from bot.powers import Audience
from bot.storage import audit, members, tickets, users
from bot.storage.deadlines import DeadlineRow
from bot.storage.groups import GroupRow
from bot.storage.tickets import TicketRow
from bot.storage.unit import Unit
from rules.conduct.deadlines import awake, stamp
from rules.conduct.effects import HOUR, Button, Mention, Phrase, Planned, Say
from rules.conduct.policy import Policy

if TYPE_CHECKING:
    from bot.conduct.moderator import Moderator

PASSED_ON = "desk.passed_on"
# Its author is told by other words, and never decides it.
APPEAL = "appeal"
# The panel of what waits, in a post of its own.
LOOK = Button(Phrase("desk.button_look"), "menu.open", "staff", note="+inbox")


def late_at(ticket: TicketRow, policy: Policy, group: GroupRow) -> int:
    """When silence is too long: early enough that somebody else can still keep the promise; nobody is woken for it."""
    since = max(ticket.taken_at, ticket.opened_at)
    return awake(min(since + policy.desk.backup_after_hours * HOUR, ticket.due_at), zone_of(group))


async def carry_out(unit: Unit, moderator: "Moderator", group: GroupRow, row: DeadlineRow, now: int) -> None:
    policy, later = await moderator.policy_of(unit, group), []
    for ticket in await tickets.promised(unit, group.id):
        moment = late_at(ticket, policy, group)
        if moment <= now:
            await pass_on(unit, group, ticket, now)
        else:
            later.append(moment)
    if later:
        await cards.watch(unit, group, min(later))


async def pass_on(unit: Unit, group: GroupRow, ticket: TicketRow, now: int) -> None:
    """To whoever stands in; where nobody can be reached it stays in /inbox, marked as late."""
    away = {ticket.not_by, ticket.user_id if ticket.kind == APPEAL else 0}
    silent, audience = {ticket.taken_by, *away}, cast(Audience, ticket.audience)
    person = await people.stand_in(unit, group, audience, silent, now)
    to = person.user_id if person is not None else 0
    if not await tickets.escalated(unit, ticket.id, to if ticket.taken_by else 0, now):
        return
    await audit.add(
        unit, at=now, actor_kind="clock", actor_id=0, action=PASSED_ON, group_id=group.id, target_id=to,
        before={"taken_by": ticket.taken_by}, after={"ticket": ticket.id, "to": to},
    )  # fmt: skip
    name = await name_of(unit, group, ticket.taken_by)
    words = (silence(name), *ticket.words, Phrase("desk.promised", (("at", stamp(ticket.due_at, zone_of(group))),)))
    # Where nobody stands in it goes to whoever may answer, never to who may not.
    other = None if person is not None else await cards.reach(unit, group, audience, *away, at=now)
    place = cards.private(group, person) if person is not None else other
    if place is not None:
        head = Phrase("conduct.card_head", (("title", group.title),))
        said = replace(place, words=(head, *words), buttons=((LOOK,),))
        await cards.send(unit, group, said, Planned(said, expires_at=now + cards.CARD_SECONDS), key=key(ticket), at=now)
    if person is not None and ticket.taken_by:
        await thank(unit, group, ticket, Mention(to, person.name), now)


def key(ticket: TicketRow) -> str:
    return f"late:{ticket.id}"


def silence(name: Mention | None) -> Phrase:
    return Phrase("desk.nobody_took") if name is None else Phrase("desk.silent", (("name", name),))


async def thank(unit: Unit, group: GroupRow, ticket: TicketRow, other: Mention, now: int) -> None:
    """Whoever had it hears that somebody else looks after it now."""
    person = (await users.reachable(unit, [ticket.taken_by])).get(ticket.taken_by)
    if person is not None:
        words = (Phrase("desk.passed_on", (("name", other), ("title", group.title))), *ticket.words)
        said: Say = replace(cards.private(group, person), words=words)
        await cards.send(unit, group, said, Planned(said), key=f"{key(ticket)}:thanks", at=now)


async def name_of(unit: Unit, group: GroupRow, user_id: int) -> Mention | None:
    if not user_id:
        return None
    row = (await members.load(unit, [(group.id, user_id)])).get((group.id, user_id))
    known = (await users.get(unit, [user_id])).get(user_id)
    return Mention(user_id, (row.name if row else "") or (known.name if known else "") or str(user_id))
