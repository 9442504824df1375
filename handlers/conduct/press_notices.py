"""[查看] under a line in the group, and whatever stands under a line to several: each presser gets their own alone."""

from bot.storage import acknowledgements, acts, buttons, quiet
from bot.storage.acts import ActRow
from bot.storage.buttons import ButtonRow
from handlers.frame.context import Talk
from handlers.frame.presses import PRESSES, press
from handlers.saying.answers import alert, phrase
from rules.conduct.effects import Phrase, Say
from rules.conduct.gathering import DELEGATED, NO_MORE

NAME_CHECK = "name.check"


@press("notice.show")
async def show(talk: Talk, button: ButtonRow) -> None:
    rows = await acts.of_decision(talk.unit, button.decision_id) if button.decision_id else []
    shown = [(acts.message_of(row.result), row.act.alert) for row in rows if isinstance(row.act, Say) and row.act.alert]
    # Several lines about one decision may stand: each shows its own.
    said = [words for message_id, words in shown if message_id == talk.message_id] or [words for _, words in shown]
    await alert(talk, said[-1] if said else phrase("press_unknown"))


@press("notice.heard")
async def heard(talk: Talk, button: ButtonRow) -> None:
    """The clock of the next step begins with it."""
    if button.decision_id:
        await acknowledgements.put(talk.unit, button.decision_id, talk.actor.user_id, talk.at)
    await alert(talk, Phrase("notices.heard"))


@press(DELEGATED)
async def own(talk: Talk, button: ButtonRow) -> None:
    """The post is to several: whoever presses presses what stands there for them, and nobody else's."""
    rows = await quiet.shared_in(talk.unit, talk.group.id if talk.group else 0, talk.message_id, talk.actor.user_id)
    said = [each for row in rows if isinstance(row.act, Say) for each in told(row.act)]
    mine = await own_buttons(talk, rows, button.note)
    if button.note == "notice.show" and said:
        await alert(talk, said)
    elif mine or button.note == NAME_CHECK:
        # Everybody's own name is looked at, whoever was asked for theirs in this post.
        await PRESSES[button.note](talk, mine[0] if mine else button)
    else:
        await alert(talk, Phrase("quiet.not_for_you"))


def told(said: Say) -> tuple[Phrase, ...]:
    """What [查看] shows of it: of a post that stood whole before it was shared, the rule and the way out."""
    return said.alert or said.words[1:3] or said.words


async def own_buttons(talk: Talk, rows: list[ActRow], action: str) -> list[ButtonRow]:
    """The newest first."""
    found = [await buttons.get(talk.unit, each) for row in rows for line in row.buttons for each in line if each]
    return [b for b in found if b is not None and b.action == action and b.user_id == talk.actor.user_id]


@press(NO_MORE)
async def no_more(talk: Talk, _: ButtonRow) -> None:
    """No reminders in private from now on; what concerns a measure, and answers, still come."""
    await quiet.opt_out(talk.unit, talk.actor.user_id, talk.at)
    await alert(talk, Phrase("quiet.no_more_now"))
