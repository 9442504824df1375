"""/decision: opens the file of one decision, in private; a member's own, or any of the group for who may review."""

from bot import audit
from bot.roles import Place, authorize
from bot.storage import books, groups
from bot.storage.books import DecisionRow
from bot.storage.buttons import ButtonRow
from handlers.conduct.decision_file import lines
from handlers.conduct.records import OPEN, in_file, is_unsaid
from handlers.frame.context import Talk
from handlers.frame.obey import refuse
from handlers.frame.orders import Order
from handlers.frame.payloads import payload
from handlers.frame.presses import press
from handlers.reading.numbers import decision_number
from handlers.saying.answers import act, answer, has_started, phrase, reply
from handlers.saying.pages import page_of
from handlers.saying.panels import show
from rules.conduct.effects import AnswerPress, Button, Say

OF = "command.decision.of"
PAGE = "decision.page"
ON_A_PAGE = 16
LINE_SECONDS = 60


async def decision(talk: Talk, order: Order) -> None:
    number = decision_number(order.first())
    if talk.actor.anonymous or talk.actor.channel:
        await answer(talk, phrase("personal_needs_a_name"))
    elif number is None:
        await answer(talk, in_file("which"))
    else:
        await open_file(talk, number)


async def open_file(talk: Talk, number: int, page: int = 0, *, apart: bool = False) -> None:
    """In private alone: a file is long, and about one person."""
    row = await seen(talk, number)
    if row is None:
        return
    if not talk.private and not await has_started(talk, talk.actor.user_id):
        await lead_there(talk, number)
        return
    own = row.user_id == talk.actor.user_id
    shown, turn = page_of(await lines(talk, row, own), page, ON_A_PAGE, PAGE)
    rows = tuple(tuple(button._replace(note=str(number)) for button in each) for each in turn)
    await show(talk, shown, rows, apart=apart)


async def seen(talk: Talk, number: int) -> DecisionRow | None:
    """The decision, where it is theirs to see, with its group set; None after having said why not."""
    row = await books.decision(talk.unit, number)
    here = talk.group.id if talk.group is not None and not talk.private else 0
    # Of another group nobody sees anything in this one.
    row = None if row is None or here not in {0, row.group_id} else row
    mine = row is not None and row.user_id == talk.actor.user_id
    group_id = here or (row.group_id if row is not None else 0)
    allowed = await authorize(talk.unit, talk.actor, OF, Place(group_id, talk.private))
    if row is not None and (allowed.allowed or mine) and not (mine and is_unsaid(row)):
        talk.group = (await groups.by_ids(talk.unit, [row.group_id])).get(row.group_id)
        return row
    if here and not allowed.allowed and not talk.query_id:
        await refuse(talk, OF, allowed)
        return None
    # Nobody learns by trying numbers which decisions there are.
    if not allowed.allowed:
        await audit.refused(talk.unit, talk.actor, OF, talk.at, allowed, group_id)
    await reply(talk, phrase("no_such_decision" if here else "no_decision_of_yours", number=str(number)))
    return None


async def lead_there(talk: Talk, number: int) -> None:
    link = f"https://t.me/{talk.services.me.username}?start=decision_{number}"
    if talk.query_id:
        talk.press_answered = True
        await act(talk, AnswerPress(query_id=talk.query_id, language=talk.language, url=link))
        return
    line = Say(
        words=(in_file("in_private_only"),), language=talk.language, thread=talk.thread, purpose="answer",
        delete_after=LINE_SECONDS, buttons=((Button(label=in_file("open"), url=link),),),
    )  # fmt: skip
    await act(talk, line)


@payload("decision")
async def of_link(talk: Talk, rest: str) -> bool:
    number = decision_number(rest)
    if number is None:
        return False
    await open_file(talk, number)
    return True


@press(OPEN)
async def on_open(talk: Talk, button: ButtonRow) -> None:
    """In a post of its own: what it was opened from stays."""
    await open_file(talk, button.ref or button.decision_id or 0, apart=True)


@press(PAGE)
async def on_page(talk: Talk, button: ButtonRow) -> None:
    await open_file(talk, int(button.note or 0), button.ref)
