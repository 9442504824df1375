"""Panels: posts with buttons in a private chat, edited in place; who may see one is asked each time it is opened."""

from collections.abc import Awaitable, Callable, Sequence
from typing import Literal, NamedTuple

from bot.powers import ASKS_FOR, MEMBERS
from bot.roles import Place, Why, authorize, roles_of
from bot.storage import awaited
from bot.storage.buttons import ButtonRow
from bot.storage.groups import GroupRow
from handlers.frame.context import Talk
from handlers.frame.presses import press
from handlers.saying.answers import (
    Rows,
    act,
    alert,
    catalogue,
    has_started,
    in_their_language,
    phrase,
    receipt,
    reply,
    whisper,
    write,
)
from rules.conduct.effects import AnswerPress, Button, Edit, Phrase, Say

in_menu = catalogue("menu")

Audience = Literal["anyone", "member", "leaders", "staff"]
Made = tuple[Sequence[Phrase], Rows]
Make = Callable[[Talk], Awaitable[Made]]

FRONT = "front"
OPEN = "menu.open"
# Before the name of a panel: in a post of its own, so that the card it was opened from stays.
APART = "+"
LINE_SECONDS = 60


class Panel(NamedTuple):
    """`name` is permanent, for buttons outlive a restart; `title` is the button that opens it."""

    name: str
    title: Phrase
    audience: Audience
    make: Make


PANELS: dict[str, Panel] = {}


def panel(name: str, title_key: str, audience: Audience = "leaders") -> Callable[[Make], Make]:
    """Register what a panel shows; `talk.group` is set where it belongs to a group."""

    def registered(made: Make) -> Make:
        PANELS[name] = Panel(name, Phrase(title_key), audience, made)
        return made

    return registered


def opens(name: str, *, apart: bool = False) -> Button:
    """The button that opens a panel; `apart` under a card, which is to stay."""
    return Button(label=PANELS[name].title, action=OPEN, note=f"{APART if apart else ''}{name}")


def back(to: str = FRONT) -> Button:
    return Button(label=in_menu("back"), action=OPEN, note=to)


async def show(talk: Talk, words: Sequence[Phrase], rows: Rows, *, apart: bool = False, of_group: bool = True) -> None:
    """In place of the pressed panel, else as a new post in private; never in a group.

    Whoever has not started the bot gets a line in the group with the way there, for a minute. `of_group`: it is about
    the group of the conversation, and says so.
    """
    words = headed(talk, words) if of_group else tuple(words)
    bound = tuple(tuple(theirs(talk, button) for button in row) for row in rows)
    if talk.query_id and talk.private and not apart:
        # Whoever turns to another panel does not answer the last one's question any more.
        await awaited.forget(talk.unit, talk.actor.user_id)
        changed = Edit(
            words=words, language=talk.language, message_id=talk.message_id, to_chat=talk.chat_id, buttons=bound
        )
        await write(talk, changed, talk.chat_id, talk.group.id if talk.group else None)
    elif talk.private:
        await whisper(talk, words, bound)
    elif await has_started(talk, talk.actor.user_id):
        await in_their_language(talk)
        await whisper(talk, words, bound)
        await (alert(talk, phrase("sent_to_you")) if talk.query_id else receipt(talk))
    else:
        await lead_to_private(talk)


def headed(talk: Talk, words: Sequence[Phrase]) -> tuple[Phrase, ...]:
    named = any(name == "title" for each in words for name, _ in each.params)
    if talk.group is None or named:
        return tuple(words)
    return (card_head(talk.group), *words)


def card_head(group: GroupRow) -> Phrase:
    """Which group it is about: whoever leads several reads them all in one place."""
    return Phrase("conduct.card_head", (("title", group.title),))


def theirs(talk: Talk, button: Button) -> Button:
    """A button of a panel works for whoever it was shown to."""
    if button.url or button.audience != "anyone":
        return button
    return button._replace(audience="member", user_id=talk.actor.user_id)


async def lead_to_private(talk: Talk) -> None:
    """To the private chat that opens this group's menu."""
    group_id = talk.group.id if talk.group else 0
    link = f"https://t.me/{talk.services.me.username}?start=menu_{group_id}"
    if talk.query_id:
        talk.press_answered = True
        await act(talk, AnswerPress(query_id=talk.query_id, language=talk.language, url=link))
        return
    line = Say(
        words=(in_menu("start_first"),), language=talk.language, thread=talk.thread, purpose="answer",
        delete_after=LINE_SECONDS, buttons=((Button(label=in_menu("open_private"), url=link),),),
    )  # fmt: skip
    await act(talk, line)


async def open_panel(talk: Talk, name: str, *, apart: bool = False) -> None:
    """Show a panel to whoever may see it; everybody else is told kindly why not."""
    chosen = PANELS.get(name)
    why = "unknown" if chosen is None else await hindrance(talk, chosen)
    if chosen is None or why:
        await reply(talk, phrase(f"press_{why}") if talk.query_id else in_menu(f"not_{why}"))
        return
    words, rows = await chosen.make(talk)
    await show(talk, words, rows, apart=apart, of_group=chosen.audience != "anyone")


async def hindrance(talk: Talk, chosen: Panel) -> Why:
    """Why this person may not see that panel here, "" where they may."""
    group_id = talk.group.id if talk.group else 0
    if chosen.audience == "anyone":
        return ""
    if talk.group is None:
        return "" if chosen.name == FRONT else "choose_group"
    if talk.group.state != "active":
        return "elsewhere"
    if chosen.audience in ASKS_FOR:
        action = ASKS_FOR[chosen.audience]
        return (await authorize(talk.unit, talk.actor, action, Place(group_id, talk.private))).why
    return "" if await roles_of(talk.unit, talk.actor, group_id) & MEMBERS else "members_only"


@press(OPEN)
async def on_open(talk: Talk, button: ButtonRow) -> None:
    name = button.note.removeprefix(APART) or FRONT
    await open_panel(talk, name, apart=button.note.startswith(APART))
