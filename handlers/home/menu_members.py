"""The panels that show a member what the commands show: rules, record, points, appeal, name, privacy."""

from telegram import Message

from bot.storage.buttons import ButtonRow
from handlers.conduct import appealing
from handlers.conduct.agreements import ACCEPT, agreed
from handlers.frame.awaiting import ask_for, awaits
from handlers.frame.context import Talk
from handlers.frame.orders import Order
from handlers.frame.presses import press
from handlers.names import nicks
from handlers.privacy.privacy import doors, what_is_kept
from handlers.reading.targets import group_row
from handlers.saying.panels import Made, back, in_menu, panel
from handlers.saying.personal import VIEWS, About
from rules.conduct.effects import Button

NAME = "menu.name"


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
    return what_is_kept(talk), (*doors(), (back(),))


@panel("appeal", "menu.appeal", "member")
async def appeal(talk: Talk) -> Made:
    open_ones = await appealing.open_to_appeal(talk, group_row(talk))
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
