"""Requests of one person that are still open: how each stands, and the button that leads back to its question."""

from bot.joining.card import phrase as in_join
from bot.storage import groups, joinrequests
from bot.storage.buttons import ButtonRow
from handlers.frame.context import Talk
from handlers.frame.presses import press
from handlers.joining.questions import go_on, policy_of
from handlers.joining.speaking import for_them, spoke
from handlers.saying.answers import Rows, alert, answer
from rules.conduct.effects import Button, Phrase

GO_ON = "join.go_on"


async def how_it_stands(talk: Talk) -> tuple[list[Phrase], Rows]:
    """One line a request; no lines where nothing is open."""
    words, rows = list[Phrase](), list[tuple[Button, ...]]()
    group = talk.group
    for row in await joinrequests.open_of_person(talk.unit, talk.actor.user_id):
        talk.group = (await groups.by_ids(talk.unit, [row.group_id])).get(row.group_id)
        if talk.group is None or talk.group.state != "active":
            continue
        title, hours = talk.group.title, (await policy_of(talk)).promised_hours
        open_still = row.state == "asking"
        words.append(in_join("waits_for_you" if open_still else "waits_for_them", title=title, hours=hours))
        if open_still:
            rows.append((for_them(Button(in_join("button_go_on"), GO_ON, ref=row.group_id), row.user_id),))
    talk.group = group
    return words, tuple(rows)


async def or_else(talk: Talk, otherwise: Phrase) -> None:
    """To somebody who is in no group: the request that waits, else that nothing is known of them."""
    words, rows = await how_it_stands(talk) if talk.private else ([], ())
    await answer(talk, words or otherwise, rows)


@press(GO_ON)
async def on_go_on(talk: Talk, button: ButtonRow) -> None:
    row = await joinrequests.open_of(talk.unit, button.ref, talk.actor.user_id)
    talk.group = (await groups.by_ids(talk.unit, [button.ref])).get(button.ref) if row is not None else None
    if row is None or talk.group is None or row.state != "asking":
        await alert(talk, in_join("no_request"))
        return
    await spoke(talk)
    await go_on(talk, row)
