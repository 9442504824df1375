"""[看链接] on the card about somebody who may come back: leaders see it in private, where it can be passed on."""

from bot.conduct import inviting
from bot.conduct.links import is_good
from bot.storage import acts, books, links
from bot.storage.buttons import ButtonRow
from handlers.conduct.appeals import in_appeals
from handlers.frame.context import Talk
from handlers.frame.presses import press
from handlers.reading.kept import name_of
from handlers.reading.targets import group_row
from handlers.saying.answers import alert, has_started, phrase, whisper
from handlers.saying.panels import lead_to_private


@press(inviting.SHOW_LINK.action)
async def show_link(talk: Talk, button: ButtonRow) -> None:
    row = await books.decision(talk.unit, button.decision_id or 0)
    made = await links.of_decision(talk.unit, row.id) if row is not None and row.group_id == group_row(talk).id else []
    still = next((each for each in made if is_good(each, talk.at)), None)
    if row is None or still is None:
        await alert(talk, in_appeals("link_gone"))
        return
    url = (await acts.results(talk.unit, [still.act_id or 0])).get(still.act_id or 0, {}).get("invite_link", "")
    if not url:
        await alert(talk, in_appeals("link_waits"))
    elif not await has_started(talk, talk.actor.user_id):
        await lead_to_private(talk)
    else:
        await whisper(talk, (in_appeals("link_is", name=name_of(row), link=str(url)),))
        if not talk.private:
            await alert(talk, phrase("sent_to_you"))
