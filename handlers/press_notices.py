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
    said = [row.act.alert for row in rows if isinstance(row.act, Say) and row.act.alert]
    await alert(talk, said[-1] if said else phrase("press_unknown"))
