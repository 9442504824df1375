"""[查看] under a line in the group: what it is about is shown to that person alone."""

from bot.storage import acts
from bot.storage.buttons import ButtonRow
from handlers.answers import alert, phrase
from handlers.context import Talk
from handlers.presses import press
from rules.conduct.effects import Say


@press("notice.show")
async def show(talk: Talk, button: ButtonRow) -> None:
    rows = await acts.of_decision(talk.unit, button.decision_id) if button.decision_id else []
    shown = [(acts.message_of(row.result), row.act.alert) for row in rows if isinstance(row.act, Say) and row.act.alert]
    # Several lines about one decision may stand: each shows its own.
    said = [words for message_id, words in shown if message_id == talk.message_id] or [words for _, words in shown]
    await alert(talk, said[-1] if said else phrase("press_unknown"))
