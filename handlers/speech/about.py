"""/about: what a group is about, for whom, and what it is for; leaders write it, members read it quietly."""

from telegram import Message

from bot.storage.buttons import ButtonRow
from handlers.arrival.setup import FRONT, in_setup, press_here, saved
from handlers.frame.awaiting import ask_for, awaits
from handlers.frame.context import Talk
from handlers.frame.orders import Order
from handlers.policy.changing import change
from handlers.reading.homes import homes
from handlers.reading.targets import group_row
from handlers.saying.answers import answer_of_each
from handlers.saying.panels import Made, back, panel
from rules.conduct.effects import Button, Phrase
from rules.conduct.policy_layers import value_of

KEYS = {"theme": "about.theme", "for_whom": "about.for_whom", "goal": "notices.group_goal"}
LONGEST = 200
PUT = "setup.about"


async def about(talk: Talk, _: Order) -> None:
    """In private of each group one is in."""
    found = [talk.group] if talk.group else await homes(talk)
    await answer_of_each(talk, found, lambda: said_of(talk), [in_setup("about_no_group")])


async def said_of(talk: Talk) -> list[Phrase]:
    """Only what somebody wrote; the goal always stands, ours or theirs."""
    policy = await talk.policy()
    lines = [in_setup("about_head", title=group_row(talk).title)]
    lines += [in_setup("about_theme", theme=policy.about.theme)] if policy.about.theme else []
    lines += [in_setup("about_for_whom", for_whom=policy.about.for_whom)] if policy.about.for_whom else []
    return [*lines, in_setup("about_goal", group_goal=policy.notices.group_goal)]


@panel("about", "setup.page_about", "member")
async def page(talk: Talk) -> Made:
    return await said_of(talk), ((back(),),)


@panel("setup.about", "setup.page_about")
async def to_change(talk: Talk) -> Made:
    rows = tuple((Button(label=in_setup(f"about_set_{name}"), action="setup.about_ask", note=name),) for name in KEYS)
    return [*await said_of(talk), in_setup("about_how")], (*rows, (back(FRONT),))


@press_here("setup.about_ask")
async def ask(talk: Talk, button: ButtonRow) -> None:
    if button.note in KEYS:
        await ask_for(talk, PUT, button.note, [in_setup(f"about_ask_{button.note}")], back_to=PUT)


@awaits(PUT, action="press.setup.about_ask")
async def written(talk: Talk, note: str, text: str, _: Message) -> None:
    """One line; what is too long is asked for again, and nothing is changed."""
    words = " ".join(text.split())
    if not words or len(words) > LONGEST:
        await ask_for(talk, PUT, note, [in_setup("about_long", n=len(words), most=LONGEST)], back_to=PUT)
        return
    key = KEYS[note]
    if value_of(await talk.policy(), key) != words:
        await change(talk, PUT, {key: words})
    await saved(talk, PUT)
