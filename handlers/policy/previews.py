"""A rule's notice as a member would read it, by a button of its page."""

from bot.storage.buttons import ButtonRow
from handlers.frame.context import Talk
from handlers.frame.presses import press
from handlers.policy import samples
from handlers.policy.naming import in_policy, name
from handlers.policy.settingpage import OPEN, RULES, button
from handlers.saying.answers import alert
from handlers.saying.panels import Made, show

PREVIEW = "policy.preview"


@press(PREVIEW)
async def on_preview(talk: Talk, pressed: ButtonRow) -> None:
    if pressed.note in RULES:
        await show(talk, *await page(talk, pressed.note))
    else:
        await alert(talk, in_policy("gone"))


async def page(talk: Talk, rule: str) -> Made:
    said = samples.of_rule(talk, await talk.policy(), rule)
    up = ((button(in_policy("button_up"), OPEN, rule),),)
    if not said:
        return [in_policy("preview_none", name=name(talk, rule))], up
    return [in_policy("preview_head", name=name(talk, rule)), *samples.shown(talk, said)], up
