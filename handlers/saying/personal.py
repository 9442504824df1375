"""What concerns one person is told to that person alone: in private, or by an alert behind [查看]."""

from collections.abc import Awaitable, Callable
from typing import NamedTuple

from bot.storage.buttons import ButtonRow
from bot.storage.groups import GroupRow
from handlers.frame.context import Talk
from handlers.frame.presses import press
from handlers.reading.targets import group_row
from handlers.saying.answers import alert, answer, in_private, phrase
from rules.conduct.effects import Button, Mention, Phrase


class About(NamedTuple):
    """Whom or what a view is about: a person (`user_id`), or a decision (`ref`)."""

    group: GroupRow
    user_id: int
    ref: int = 0


View = Callable[[Talk, About], Awaitable[list[Phrase]]]
VIEWS: dict[str, View] = {}

VIEW = "view"


def view(name: str) -> Callable[[View], View]:
    """Register what a [查看] button may show; `name` is permanent, for buttons outlive a restart."""

    def registered(made: View) -> View:
        VIEWS[name] = made
        return made

    return registered


async def show(talk: Talk, name: str, about: About) -> None:
    """`name` of VIEWS to whoever asked."""
    if talk.query_id and not talk.private:
        await alert(talk, await VIEWS[name](talk, about))
    elif talk.actor.anonymous or talk.actor.channel:
        await answer(talk, phrase("personal_needs_a_name"))
    elif not await in_private(talk, lambda: VIEWS[name](talk, about)):
        await answer(talk, phrase("for_you", name=me(talk)), ((view_button(talk, name, about),),))


def view_button(talk: Talk, name: str, about: About) -> Button:
    return Button(
        label=phrase("view"),
        action=VIEW,
        audience="member",
        user_id=talk.actor.user_id,
        ref=about.ref,
        note=f"{name}:{about.user_id}",
    )


def me(talk: Talk) -> Mention:
    return Mention(talk.actor.user_id, talk.actor.name)


@press(VIEW)
async def on_view(talk: Talk, button: ButtonRow) -> None:
    name, _, user_id = button.note.partition(":")
    if name not in VIEWS:
        await alert(talk, phrase("press_unknown"))
        return
    await alert(talk, await VIEWS[name](talk, About(group_row(talk), int(user_id), button.ref)))
