"""Asks operators whether the bot may stay in a group that somebody else brought it to; without a yes it leaves again.

Until then nothing of the group is kept but what the question needs, and after a no not even that.
"""

import logging
from collections.abc import Collection, Iterator
from typing import Literal

from bot.conduct.moderator import Moderator
from bot.services import Services
from bot.storage import Unit, acts, arrivals, audit, deadlines, groups, users
from bot.storage.arrivals import ArrivalRow
from bot.storage.deadlines import DeadlineRow
from bot.storage.groups import GroupRow
from bot.storage.users import UserRow
from rules.conduct.effects import DAY, Button, Deadline, Edit, Leave, Mention, Phrase, Planned, Say, Value

DUE: Literal["adding_due"] = "adding_due"
UNANSWERED_SECONDS = 600
YES, ALWAYS, NO = "adding.yes", "adding.always", "adding.no"
REFUSED = "group.refused"

log = logging.getLogger("dengta")


def own(key: str, /, **params: Value) -> Phrase:
    return Phrase(f"own.{key}", tuple(params.items()))


async def ask(unit: Unit, services: Services, group: GroupRow, row: ArrivalRow, operators: Collection[int]) -> None:
    """The group waits from now on; operators who can be written to see who brought the bot, and where."""
    now = int(services.clock.now())
    await groups.update(unit, group.id, state=groups.PENDING)
    await arrivals.change(unit, group.id, asked_at=now)
    await deadlines.add(unit, group.id, 0, None, [Deadline(DUE, now + UNANSWERED_SECONDS)])
    reached = await show(unit, group, row._replace(asked_at=now), operators, str(row.at))
    unit.afterwards.append(lambda: say_in_log(group.id, reached))
    adder = (await users.reachable(unit, [row.adder_id])).get(row.adder_id)
    if adder is not None:
        wait = Say(
            words=(own("adding_wait", title=group.title),), language=language(adder, group), to_user=row.adder_id
        )
        await write(unit, f"adding:wait:{group.id}:{row.at}", wait, row.adder_id, now, group.id)


def say_in_log(group_id: int, reached: int) -> None:
    if reached:
        log.info("somebody brought the bot to a group; an operator is asked", extra={"group": group_id})
    else:
        log.warning(
            "somebody brought the bot to a group and no operator can be asked; it leaves in 10 minutes. Press Start in "
            "a private chat with it, and the question is there",
            extra={"group": group_id},
        )


async def show(unit: Unit, group: GroupRow, row: ArrivalRow, operators: Collection[int], word: str) -> int:
    """The question to each of them who can be written to; to how many."""
    people = await users.reachable(unit, operators)
    for user_id, person in people.items():
        card = Say(
            words=tuple(question(group, row)), language=language(person, group), buttons=buttons(row), to_user=user_id,
            purpose="card",
        )  # fmt: skip
        planned = Planned(card, expires_at=row.asked_at + UNANSWERED_SECONDS)
        await write(unit, f"adding:{group.id}:{word}:{user_id}", planned, user_id, row.asked_at, group.id)
    return len(people)


def question(group: GroupRow, row: ArrivalRow) -> Iterator[Phrase]:
    yield own("adding_head", title=group.title)
    if row.adder_id:
        who = Mention(row.adder_id, row.adder_name or str(row.adder_id))
        named = f"@{row.adder_username}" if row.adder_username else ""
        yield own("adding_who_named" if named else "adding_who", who=who, handle=named, id=str(row.adder_id))
    else:
        yield own("adding_who_unknown")
    if row.members:
        yield own("adding_members", n=row.members)
    yield own("adding_ask")


def buttons(row: ArrivalRow) -> tuple[tuple[Button, ...], ...]:
    yes, no = Button(own("button_yes"), YES), Button(own("button_no"), NO)
    return ((yes,), (Button(own("button_always"), ALWAYS),), (no,)) if row.adder_id else ((yes,), (no,))


async def refuse(unit: Unit, group: GroupRow, now: int, by: int = 0, pressed: tuple[int, int] = (0, 0)) -> bool:
    """Nobody said yes: the bot goes, and its row with it once it is out; `by` 0 is the clock. False where somebody
    answered before. The card (chat, message) that was `pressed` is changed by whoever answers it."""
    if not await arrivals.settle(unit, group.id, groups.REFUSED):
        return False
    row = await arrivals.get(unit, group.id)
    await redraw(unit, group, own("adding_no" if by else "adding_unanswered"), now, pressed)
    await arrivals.drop_cards(unit, group.id)
    adder = row.adder_id if row is not None else 0
    for person in (await users.reachable(unit, [adder])).values():
        sorry = Say(words=(own("adding_sorry"),), language=language(person, group), to_user=adder)
        await write(unit, f"adding:sorry:{group.id}:{now}", sorry, adder, now)
    await audit.add(unit, at=now, actor_kind="person" if by else "clock", actor_id=by, action=REFUSED, target_id=adder)
    await leave(unit, group, now)
    return True


async def leave(unit: Unit, group: GroupRow, now: int) -> None:
    """Again tomorrow, should Telegram not let it go today."""
    await write(unit, f"adding:leave:{group.id}:{now}", Leave(), group.chat_id, now, group.id)
    await deadlines.add(unit, group.id, 0, None, [Deadline(DUE, now + DAY)])


async def unanswered(unit: Unit, _moderator: Moderator, group: GroupRow, _row: DeadlineRow, now: int) -> None:
    """The hour has come: of a group that was let in meanwhile nothing is to be done."""
    if group.state == groups.PENDING:
        await refuse(unit, group, now)
    elif group.state == groups.REFUSED:
        await leave(unit, group, now)


async def redraw(unit: Unit, group: GroupRow, words: Phrase, now: int, pressed: tuple[int, int] = (0, 0)) -> None:
    """The cards say what came of it, without the group's name. What is written here is not the group's: it stays."""
    cards = [card for card in await arrivals.cards_of(unit, group.id) if card != pressed]
    people = await users.get(unit, [chat for chat, _ in cards])
    for chat, message_id in cards:
        person = people.get(chat)
        told = person.language if person is not None and person.language else group.language
        edit = Edit(words=(words,), language=told, message_id=message_id, to_chat=chat)
        await write(unit, f"adding:over:{chat}:{message_id}", edit, chat, now)


def language(person: UserRow, group: GroupRow) -> str:
    return person.language or group.language


async def write(
    unit: Unit, key: str, act: Say | Edit | Leave | Planned, chat_id: int, at: int, group_id: int | None = None
) -> None:
    planned = act if isinstance(act, Planned) else Planned(act)
    await acts.write(
        unit, key=key, group_id=group_id, chat_id=chat_id, user_id=max(chat_id, 0), planned=[planned],
        at=at,
    )  # fmt: skip
