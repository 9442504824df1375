"""/care: asking somebody over to the special-care group, and what they press on the way there and back."""

from bot import audit
from bot.conduct import caring, caring_back
from bot.storage import acknowledgements, cares, groups
from bot.storage.books import DecisionRow
from bot.storage.buttons import ButtonRow
from bot.storage.cares import CareRow
from handlers.conduct.abilities import missing_for
from handlers.conduct.care_place import set_up
from handlers.conduct.leaving import tell_leaders
from handlers.conduct.press_cards import let_go, on_card
from handlers.conduct.receipts import undo_button
from handlers.frame.context import Talk
from handlers.frame.orders import Order
from handlers.frame.payloads import payload
from handlers.frame.presses import press
from handlers.reading.kept import name_of
from handlers.reading.targets import group_row, known, measurable
from handlers.saying.answers import (
    act,
    alert,
    catalogue,
    has_started,
    in_their_language,
    phrase,
    receipt,
    reply,
    take_down,
)
from rules.conduct.deadlines import awake
from rules.conduct.effects import DAY, AnswerPress, Mention, Planned, Restrict

in_notices = catalogue("notices")


async def care(talk: Talk, order: Order) -> None:
    """`/care here`, `/care set #7`, `/care carer @name`, `/care off`; `/care @member [why]`; alone: how it stands."""
    if await set_up(talk, order):
        return
    target = await measurable(talk, order)
    if target is not None:
        await offer_to(talk, target.user_id, target.mention, target.order.words)


async def offer_to(talk: Talk, user_id: int, mention: Mention, reason: str) -> int | None:
    """The number of the decision; None after having said what is lacking."""
    group = group_row(talk)
    lacking = missing_for(group, [Planned(Restrict(user_id=user_id))])
    place = await caring.place_of(talk.unit, await talk.policy())
    if lacking is not None or place is None:
        await reply(talk, lacking or in_notices("care_none"))
        return None
    number = await caring.offer(
        talk.unit, talk.services.moderator, group, user_id, by=talk.actor.user_id, at=talk.at, key=key_of(talk),
        reason=reason,
    )  # fmt: skip
    if number is None:
        await reply(talk, phrase("nothing_to_do", name=mention))
        return None
    await audit.done(
        talk.unit, talk.actor, "care", talk.at, group_id=group.id, target_id=user_id,
        after={"decision": number, "place": place.id, "reason": reason},
    )  # fmt: skip
    if not talk.query_id and await has_started(talk, talk.actor.user_id):
        await in_their_language(talk)
    said = in_notices("care_sent", name=mention, place=place.title, number=str(number))
    await receipt(talk, (said,), ((undo_button(number),),))
    return number


def key_of(talk: Talk) -> str:
    return f"talk:{talk.services.me.id}:{talk.update_id}"


@on_card("care.offer")
async def offer(talk: Talk, row: DecisionRow) -> None:
    """A leader's [照顾营] on a card: what waits comes to nothing, and the person is asked over."""
    await let_go(talk, row)
    target = await known(talk, row.user_id, name_of(row), Order("care"))
    await offer_to(talk, row.user_id, target.mention, row.reason)


@press("leave.care")
async def choose(talk: Talk, button: ButtonRow) -> None:
    """Their own choice where they were asked to leave; it counts as having read it."""
    group = group_row(talk)
    case = await talk.services.moderator.case_of(talk.unit, group, talk.actor.user_id, talk.at)
    if case.member.standing.asked_to_leave_at is None:
        await alert(talk, phrase("no_question_open"))
        return
    number = await caring.offer(
        talk.unit, talk.services.moderator, group, talk.actor.user_id, by=talk.actor.user_id, at=talk.at,
        key=key_of(talk),
    )  # fmt: skip
    if number is None:
        await alert(talk, in_notices("care_closed"))
        return
    if button.decision_id:
        await acknowledgements.put(talk.unit, button.decision_id, talk.actor.user_id, talk.at)
    await audit.done(talk.unit, talk.actor, "care", talk.at, group_id=group.id, after={"decision": number})
    await alert(talk, in_notices("care_chosen"))
    await tell_leaders(talk, button, "care")
    await take_down(talk)


@press(caring.WAY)
async def way(talk: Talk, button: ButtonRow) -> None:
    """The link is told in private alone: whoever never started the bot is led there first."""
    row = await cares.get(talk.unit, button.ref)
    if row is None or row.user_id != talk.actor.user_id:
        await alert(talk, phrase("press_unknown"))
    elif not await has_started(talk, talk.actor.user_id):
        talk.press_answered = True
        link = f"https://t.me/{talk.services.me.username}?start=care_{row.id}"
        await act(talk, AnswerPress(query_id=talk.query_id, language=talk.language, url=link))
    else:
        await alert(talk, in_notices("care_in_private" if await show(talk, row) else "care_over"))


@payload("care")
async def started(talk: Talk, rest: str) -> bool:
    """Nobody gets a link that is somebody else's (S3)."""
    number = int(rest) if rest.isascii() and rest.isdigit() and len(rest) < 18 else 0
    row = await cares.get(talk.unit, number)
    return row is not None and row.user_id == talk.actor.user_id and await show(talk, row)


async def show(talk: Talk, row: CareRow) -> bool:
    """Their link there, or the one back; False where neither is meant any more."""
    home = (await groups.by_ids(talk.unit, [row.group_id])).get(row.group_id)
    if home is None or not await caring.stands(talk.unit, row):
        return False
    moderator = talk.services.moderator
    if row.state == "offered":
        return await caring.whisper(talk.unit, moderator, home, row, talk.at)
    if row.state != "ready" or not row.ended_at:
        return False
    case = await moderator.case_of(talk.unit, home, row.user_id, talk.at)
    await caring_back.whisper_back(talk.unit, home, row, case, talk.at)
    return True


@press("care.home")
async def wish(talk: Talk, button: ButtonRow) -> None:
    row = await cares.get(talk.unit, button.ref)
    asked = row is not None and await caring_back.wishes_back(talk.unit, talk.services.moderator, row, talk.at)
    await alert(talk, in_notices("care_wished" if asked else "care_asked"))


@press("care.stay")
async def stay(talk: Talk, button: ButtonRow) -> None:
    row = await cares.get(talk.unit, button.ref)
    if row is None or row.state != "ready" or row.due_at:
        await alert(talk, in_notices("care_asked"))
        return
    await wait(talk, row)
    await alert(talk, in_notices("care_stayed"))


async def wait(talk: Talk, row: CareRow) -> None:
    home = (await groups.by_ids(talk.unit, [row.group_id]))[row.group_id]
    days = (await talk.services.moderator.policy_of(talk.unit, home)).special_care.clean_days
    await caring_back.wait(talk.unit, row, awake(talk.at + days * DAY, talk.zone))


@on_card("care.return")
async def let_back(talk: Talk, row: DecisionRow) -> None:
    found = await cares.of_decision(talk.unit, row.id)
    if found is not None and found.state == "ready":
        await caring_back.let_back(talk.unit, talk.services.moderator, found, talk.actor.user_id, talk.at)


@on_card("care.keep")
async def keep(talk: Talk, row: DecisionRow) -> None:
    """Some more days there; then they are asked again."""
    found = await cares.of_decision(talk.unit, row.id)
    if found is not None and found.state == "ready":
        await wait(talk, found)
