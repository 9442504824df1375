"""/mydata: hands a person, and nobody else, all that the tables hold about them, as a file."""

import json
from typing import Any

from bot.storage import exports
from bot.storage.buttons import ButtonRow
from handlers.frame.context import Talk
from handlers.frame.orders import Order
from handlers.frame.payloads import payload
from handlers.frame.presses import press
from handlers.privacy.privacy import MINE, in_privacy
from handlers.saying.answers import act, alert, answer, phrase
from handlers.saying.files import send
from rules.conduct.effects import AnswerPress, Button, Phrase, Say

FILE = "mydata.json"
LINE_SECONDS = 60


async def mydata(talk: Talk, _: Order) -> None:
    if talk.actor.anonymous or talk.actor.channel:
        await answer(talk, phrase("personal_needs_a_name"))
    elif not talk.private:
        await lead_there(talk, "mydata", in_privacy("mine_in_private"), in_privacy("button_mine"))
    else:
        await hand_over(talk)


async def hand_over(talk: Talk) -> None:
    found = await exports.about(talk.unit, talk.actor.user_id)
    text = json.dumps(found, ensure_ascii=False, indent=1)
    talk.group = None
    await send(talk, FILE, text, summary(found))


def summary(found: dict[str, Any]) -> tuple[Phrase, ...]:
    """What is in the file, in three lines: most people will not open it."""
    groups = found["groups"]
    inside = sum(not only_asked(each) for each in groups)
    decisions = sum(len(each["decisions"]) for each in groups)
    days, points = sum(len(each["checkins"]) for each in groups), sum(each["points"] for each in groups)
    lines = [in_privacy("mine_head", groups=inside, decisions=decisions, days=days, points=points)]
    lines += [of_group(each) for each in groups[:10]]
    return (*lines, in_privacy("mine_foot"))


def of_group(group: dict[str, Any]) -> Phrase:
    key = "mine_asked" if only_asked(group) else "mine_group"
    return in_privacy(key, title=group["title"], messages=messages(group))


def only_asked(group: dict[str, Any]) -> bool:
    """Whoever only asked to join was never in it."""
    return bool(group["joins"]) and not group["member"]


def messages(group: dict[str, Any]) -> int:
    return int(group["member"].get("messages", 0))


async def lead_there(talk: Talk, start: str, words: Phrase, label: Phrase) -> None:
    """To the private chat: what is told there concerns one person."""
    link = f"https://t.me/{talk.services.me.username}?start={start}"
    if talk.query_id:
        talk.press_answered = True
        await act(talk, AnswerPress(query_id=talk.query_id, language=talk.language, url=link))
        return
    line = Say(
        words=(words,), language=talk.language, thread=talk.thread, purpose="answer", delete_after=LINE_SECONDS,
        buttons=((Button(label=label, url=link),),),
    )  # fmt: skip
    await act(talk, line)


@payload("mydata")
async def of_link(talk: Talk, _: str) -> bool:
    await hand_over(talk)
    return True


@press(MINE)
async def on_mine(talk: Talk, _: ButtonRow) -> None:
    await mydata(talk, Order("mydata"))
    if talk.private:
        await alert(talk, phrase("done"))
