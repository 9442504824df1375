"""/care: asking somebody over to the special-care group, and what they press on the way there and back."""

from bot import audit
from bot.conduct import caring, caring_back
from bot.storage import acknowledgements, books, cares, confirmations, groups
from bot.storage.books import DecisionRow
from bot.storage.buttons import ButtonRow
from bot.storage.cares import CareRow
from bot.storage.groups import GroupRow
from handlers.conduct.abilities import missing_for
from handlers.conduct.care_place import set_up
from handlers.conduct.leaving import tell_leaders
from handlers.conduct.press_cards import first_only, let_go, on_card
from handlers.conduct.receipts import undo_button
from handlers.frame.context import Talk
from handlers.frame.orders import Order, pack, unpack
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
    whisper,
)
from handlers.saying.panels import show
from handlers.saying.times import moment
from rules.conduct.caring import HOURS, offered
from rules.conduct.deadlines import awake
from rules.conduct.effects import DAY, AnswerPress, Button, Mention, Phrase, Planned, Restrict, Value

in_notices = catalogue("notices")
SURE = "care.sure"
# How long what was read on a card is remembered.
READ_FOR = 600


async def care(talk: Talk, order: Order) -> None:
    """`/care here`, `/care set #7`, `/care carer @name`, `/care off`; `/care @member [why]`; alone: how it stands."""
    if await set_up(talk, order):
        return
    target = await measurable(talk, order)
    place = await ready(talk, target.user_id) if target is not None else None
    if target is None or place is None:
        return
    case = await talk.services.moderator.case_of(talk.unit, group_row(talk), target.user_id, talk.at)
    if not offered(case, await talk.policy()).stands:
        await show(talk, (phrase("nothing_to_do", name=target.mention),), ())
        return
    meant = order._replace(words=target.order.words, mention=Mention(target.user_id, target.name), answered=None)
    why = (in_notices("care_why", reason=meant.words),) if meant.words else ()
    sure = Button(in_notices("button_care_sure"), SURE, note=pack(meant))
    await show(talk, (*what_happens(target.mention, place), *why), ((sure,),))


def what_happens(mention: Value, place: GroupRow) -> tuple[Phrase, Phrase]:
    """Before anybody is told anything."""
    return (
        in_notices("care_sure", name=mention, place=place.title),
        in_notices("care_what", hours=HOURS, n=caring.MOST_OFFERS),
    )


@press(SURE)
async def sure(talk: Talk, button: ButtonRow) -> None:
    """Whoever may be protected by now is looked at again."""
    target = await measurable(talk, unpack(button.note))
    if target is not None and await offer_to(talk, target.user_id, target.mention, target.order.words) is not None:
        await take_down(talk)


async def ready(talk: Talk, user_id: int) -> GroupRow | None:
    """The special-care group; None after having said what is lacking."""
    lacking = missing_for(group_row(talk), [Planned(Restrict(user_id=user_id))])
    place = await caring.place_of(talk.unit, await talk.policy())
    if lacking is None and place is not None:
        return place
    await reply(talk, lacking or in_notices("care_none"))
    return None


async def offer_to(talk: Talk, user_id: int, mention: Mention, reason: str) -> int | None:
    """The number of the decision; None after having said what is lacking."""
    group, place = group_row(talk), await ready(talk, user_id)
    if place is None:
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
    row = await cares.of_decision(talk.unit, number)
    until = moment(talk, row.due_at) if row is not None else "–"
    said = in_notices("care_sent", name=mention, place=place.title, number=str(number), until=until)
    if talk.query_id and talk.private:
        await whisper(talk, (said,), ((undo_button(number),),))
    else:
        await receipt(talk, (said,), ((undo_button(number),),))
    return number


def key_of(talk: Talk) -> str:
    return f"talk:{talk.services.me.id}:{talk.update_id}"


@press("care.offer")
async def offer(talk: Talk, button: ButtonRow) -> None:
    """A leader's [照顾营] on a card: read first what happens, then pressed once more."""
    subject, me, now = f"care:{button.decision_id}", talk.actor.user_id, talk.actor.at
    read = await confirmations.since(talk.unit, subject, now - READ_FOR)
    if me in read - await confirmations.since(talk.unit, subject, now - 1):
        await first_only(talk, button, asked_over)
        return
    row = await books.decision(talk.unit, button.decision_id or 0)
    place = await ready(talk, row.user_id) if row is not None and row.group_id == group_row(talk).id else None
    if row is None or place is None:
        await alert(talk, phrase("press_unknown"))
        return
    await confirmations.put(talk.unit, subject, me, now)
    # An alert has little room, and the card names the person.
    await alert(talk, (*what_happens(name_of(row), place)[1:], in_notices("care_again")))


async def asked_over(talk: Talk, row: DecisionRow) -> None:
    """What waits comes to nothing, and the person is asked over."""
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
        await alert(talk, in_notices("care_in_private" if await show_way(talk, row) else "care_over"))


@payload("care")
async def started(talk: Talk, rest: str) -> bool:
    """Nobody gets a link that is somebody else's (S3)."""
    number = int(rest) if rest.isascii() and rest.isdigit() and len(rest) < 18 else 0
    row = await cares.get(talk.unit, number)
    return row is not None and row.user_id == talk.actor.user_id and await show_way(talk, row)


async def show_way(talk: Talk, row: CareRow) -> bool:
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
