"""The panels that show a member what the commands show: rules, record, points, name, privacy; and what waits."""

from telegram import Message

from bot.storage import books, tickets
from bot.storage.buttons import ButtonRow
from handlers.conduct import appealing
from handlers.conduct.agreements import ACCEPT, agreed, what_is_kept
from handlers.frame.awaiting import ask_for, awaits
from handlers.frame.context import Talk
from handlers.frame.orders import Order
from handlers.frame.presses import press
from handlers.home import inbox as waiting
from handlers.names import nicks
from handlers.reading.decisions import in_force
from handlers.reading.targets import group_row
from handlers.saying.panels import Made, back, in_menu, panel
from handlers.saying.personal import VIEWS, About
from rules.conduct.effects import Button

NAME, WAITING = "menu.name", "menu.waiting"


@panel("rules", "menu.rules", "member")
async def rules(talk: Talk) -> Made:
    return await agreed(talk), (*ACCEPT, (back(),))


@panel("record", "menu.record", "member")
async def record(talk: Talk) -> Made:
    return await VIEWS["record"](talk, About(group_row(talk), talk.actor.user_id)), ((back(),),)


@panel("points", "menu.points", "member")
async def points(talk: Talk) -> Made:
    return await VIEWS["points"](talk, About(group_row(talk), talk.actor.user_id)), ((back(),),)


@panel("privacy", "menu.privacy", "member")
async def privacy(talk: Talk) -> Made:
    return what_is_kept(talk), ((back(),),)


@panel("appeal", "menu.appeal", "member")
async def appeal(talk: Talk) -> Made:
    """What the leaders can still be asked to look at again."""
    rows = await books.decisions_of(talk.unit, group_row(talk).id, talk.actor.user_id, appealing.LAST)
    open_ones = [row for row in rows if in_force(row) and not await appealing.was_asked(talk, row)]
    if not open_ones:
        return [in_menu("appeal_none")], ((back(),),)
    shown = open_ones[: appealing.MOST_SHOWN]
    asking = [appealing.button(row)._replace(label=in_menu("appeal_number", number=str(row.id))) for row in shown]
    lines = [appealing.line(talk, row) for row in shown]
    return [in_menu("appeal_head"), *lines], (*((each,) for each in asking), (back(),))


@panel("nick", "menu.nick", "member")
async def nick(talk: Talk) -> Made:
    terms = (await talk.policy()).nickname_format
    if terms.mode == "off":
        words = [in_menu("nick_free")]
    else:
        words = [in_menu("nick_pattern", pattern=terms.words, example=terms.example)]
    return words, ((Button(label=in_menu("nick_set"), action=NAME),), (back(),))


@press(NAME)
async def ask_name(talk: Talk, _: ButtonRow) -> None:
    await ask_for(talk, "nick", "", [in_menu("nick_ask")], back_to="nick")


@awaits("nick", action="command.nick")
async def named(talk: Talk, _: str, text: str, __: Message) -> None:
    await nicks.nick(talk, Order("nick", " ".join(text.split())))


@panel("inbox", "menu.inbox", "leaders")
async def inbox(talk: Talk) -> Made:
    group = group_row(talk)
    found = await tickets.pending(talk.unit, [group.id])
    if not found:
        return [in_menu("inbox_empty", title=group.title)], ((back(),),)
    look = Button(label=in_menu("inbox_show"), action=WAITING, audience="leaders")
    return [in_menu("inbox_head", title=group.title, n=len(found))], ((look,), (back(),))


@press(WAITING)
async def show_waiting(talk: Talk, _: ButtonRow) -> None:
    await waiting.inbox(talk, Order("inbox"))
