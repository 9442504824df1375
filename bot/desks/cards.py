"""A question for the moderators: a ticket, and a card where they can be reached; never in the members' group."""

from typing import Literal

from bot.desks import people, taking
from bot.powers import Audience
from bot.storage import acts, deadlines, tickets
from bot.storage.groups import GroupRow
from bot.storage.unit import Unit
from bot.storage.users import UserRow
from rules.conduct.effects import DAY, Card, Deadline, Phrase, Planned, Say

CARD_SECONDS = 2 * DAY
PROMISED: Literal["ticket_due"] = "ticket_due"
# Nobody has to decide anything about these: they stand in /inbox, and the digest of the day tells them.
IN_THE_DIGEST = frozenset(("prompt_missed", "act_unknown"))


def pushed(kind: str) -> bool:
    """Whether leaders are told at once: somebody has to decide, or to mend what keeps the bot from its work."""
    return kind not in IN_THE_DIGEST


async def ask(
    unit: Unit, group: GroupRow, card: Card, *, key: str, at: int, decision_id: int | None = None, user_id: int = 0,
    audience: Audience = "leaders", due_at: int = 0, not_by: int = 0, about: int = 0,
) -> int:  # fmt: skip
    """Open a ticket, and show it to who may answer; where nobody can be written to it stands only in /inbox.

    `due_at` is by when an answer is promised; `not_by` may not answer it (the issuer of what an appeal is about).
    Whom it is `about` is sent no card of it.
    """
    ticket = await tickets.open_ticket(
        unit, group_id=group.id, kind=card.kind, decision_id=decision_id, user_id=user_id, words=card.words, at=at,
        audience=audience, due_at=due_at, not_by=not_by,
    )  # fmt: skip
    if due_at:
        await watch(unit, group, at)
    place = await reach(unit, group, audience, not_by, about, at=at) if pushed(card.kind) else None
    if place is not None:
        shown = taking.with_file(card, decision_id, audience)
        if place.to_chat:
            shown = taking.with_button(card, ticket, audience, decision_id)
        planned = Planned(post(group, shown, place), expires_at=at + CARD_SECONDS)
        await send(unit, group, place, planned, key=f"{key}:card", at=at, decision_id=decision_id)
    return ticket


async def watch(unit: Unit, group: GroupRow, at: int) -> None:
    """Look from `at` on at what was promised in that group; what the policy allows is found out then."""
    known = await deadlines.due_at(unit, group.id, PROMISED)
    if not known or known > at:
        await deadlines.add(unit, group.id, 0, None, [Deadline(PROMISED, at)])


async def reach(
    unit: Unit, group: GroupRow, audience: Audience = "leaders", *but: int, at: int
) -> Say | None:  # fmt: skip
    """An empty card addressed to the people who decide, None where nobody can be written to."""
    if group.moderators_chat:
        return Say(words=(), language=group.language, to_chat=group.moderators_chat, purpose="card")
    person = await people.first_reachable(unit, group, audience, but, at=at)
    return private(group, person) if person is not None else None


def private(group: GroupRow, person: UserRow) -> Say:
    """An empty card about the group for one person, in the language they chose."""
    return Say(words=(), language=person.language or group.language, to_user=person.user_id, purpose="card")


async def send(
    unit: Unit, group: GroupRow, place: Say, planned: Planned, *, key: str, at: int, decision_id: int | None = None
) -> int:
    """Write a post for `place`; the number of its act."""
    (number,) = await acts.write(
        unit, key=key, decision_id=decision_id, group_id=group.id, chat_id=place.to_chat or place.to_user,
        user_id=place.to_user, planned=[planned], at=at,
    )  # fmt: skip
    return number


def post(group: GroupRow, card: Card, place: Say) -> Say:
    head = Phrase("conduct.card_head", (("title", group.title),))
    return Say(
        words=(head, *card.words), language=place.language, buttons=card.buttons,
        to_user=place.to_user, to_chat=place.to_chat, purpose="card",
    )  # fmt: skip
