"""The panel of keyword replies: list, add, change, switch, remove after a second press."""

from telegram import Message

from bot.storage import replies as stored
from bot.storage.buttons import ButtonRow
from bot.storage.replies import ReplyRow
from handlers.frame.awaiting import ask_for, awaits
from handlers.frame.context import Talk
from handlers.frame.presses import press
from handlers.reading.targets import group_row
from handlers.saying.answers import Rows, alert, plain
from handlers.saying.pages import page_of
from handlers.saying.panels import Made, back, panel, show
from handlers.speech.faq import PANEL, keep, put, removed, reply_of, shown, switched, written
from handlers.speech.faq_words import LONGEST_ANSWER, Wanted, in_faq
from rules.conduct.effects import Button, Phrase

A_PAGE, PAGE = 8, "faq.page"


@panel(PANEL, "faq.panel_title")
async def listed(talk: Talk) -> Made:
    return await page(talk, 0)


async def page(talk: Talk, number: int) -> Made:
    group, policy = group_row(talk), await talk.policy()
    rows = await stored.of_group(talk.unit, group.id)
    key = "panel_head" if rows else "panel_none"
    words = [in_faq(key, title=group.title, n=len(rows), minutes=policy.replies.stays_minutes)]
    if not policy.replies.enabled:
        words.append(in_faq("panel_switched_off", group=group.id))
    here, turn = page_of(rows, number, A_PAGE, PAGE)
    return words, (*((open_button(talk, row),) for row in here), *turn, (button("add", "faq.add"), back()))


def open_button(talk: Talk, row: ReplyRow) -> Button:
    mark = plain(talk, in_faq("on_mark" if row.enabled else "off_mark"))
    label = in_faq("one_button", mark=mark, words=shown(row.kind, row.pattern))
    return Button(label, action="faq.one", audience="leaders", ref=row.id)


def button(name: str, action: str, ref: int = 0) -> Button:
    return Button(in_faq(f"button_{name}"), action=action, audience="leaders", ref=ref)


def of_one(talk: Talk, row: ReplyRow) -> tuple[list[Phrase], Rows]:
    state = plain(talk, in_faq("state_on" if row.enabled else "state_off"))
    said = in_faq("one", number=str(row.id), words=written(row.kind, row.pattern), state=state, answer=row.answer)
    switch = button("off", "faq.switch", row.id) if row.enabled else button("on", "faq.switch", row.id)
    rows = ((switch, button("edit", "faq.edit", row.id)), (button("remove", "faq.remove", row.id), back(PANEL)))
    return [said, in_faq("one_hits", n=row.hits)], rows


@press(PAGE)
async def on_turn(talk: Talk, pressed: ButtonRow) -> None:
    await show(talk, *await page(talk, pressed.ref))


@press("faq.one")
async def open_one(talk: Talk, pressed: ButtonRow) -> None:
    row = await meant(talk, pressed)
    if row is not None:
        await show(talk, *of_one(talk, row))


@press("faq.switch")
async def switch(talk: Talk, pressed: ButtonRow) -> None:
    row = await meant(talk, pressed)
    if row is not None:
        await alert(talk, await switched(talk, row, on=not row.enabled))
        await show(talk, *of_one(talk, row._replace(enabled=not row.enabled)))


@press("faq.remove")
async def ask_whether(talk: Talk, pressed: ButtonRow) -> None:
    row = await meant(talk, pressed)
    if row is not None:
        sure = button("sure", "faq.sure", row.id)
        off: Rows = ((button("off", "faq.switch", row.id),),) if row.enabled else ()
        await show(talk, [in_faq("sure", words=shown(row.kind, row.pattern))], (*off, (sure, back(PANEL))))


@press("faq.sure")
async def remove(talk: Talk, pressed: ButtonRow) -> None:
    row = await meant(talk, pressed)
    if row is not None:
        told = await removed(talk, row)
        await show(talk, [told], ((back(PANEL),),))


@press("faq.add")
async def ask_for_one(talk: Talk, _: ButtonRow) -> None:
    await ask_for(talk, "faq.add", "", [in_faq("ask_add")], back_to=PANEL)


@press("faq.edit")
async def ask_for_answer(talk: Talk, pressed: ButtonRow) -> None:
    row = await meant(talk, pressed)
    if row is not None:
        said = in_faq("ask_edit", words=shown(row.kind, row.pattern))
        await ask_for(talk, "faq.edit", str(row.id), [said], back_to=PANEL)


@awaits("faq.add")
async def added(talk: Talk, _note: str, text: str, _: Message) -> None:
    await told_and_listed(talk, await put(talk, text))


@awaits("faq.edit")
async def edited(talk: Talk, note: str, text: str, _: Message) -> None:
    row = await reply_of(talk, int(note))
    if row is None:
        await told_and_listed(talk, in_faq("no_such", number=note))
    elif not text.strip():
        await ask_for(talk, "faq.edit", note, [in_faq("ask_edit", words=shown(row.kind, row.pattern))], back_to=PANEL)
    elif len(text) > LONGEST_ANSWER:
        await ask_for(talk, "faq.edit", note, [in_faq("answer_too_long", n=LONGEST_ANSWER)], back_to=PANEL)
    else:
        await told_and_listed(talk, await keep(talk, Wanted(row.kind, row.pattern, text.strip()), row))


async def told_and_listed(talk: Talk, told: Phrase) -> None:
    words, rows = await page(talk, 0)
    await show(talk, [told, *words], rows)


async def meant(talk: Talk, pressed: ButtonRow) -> ReplyRow | None:
    """The reply behind the button; None after having said that it is gone."""
    row = await reply_of(talk, pressed.ref)
    if row is None:
        await alert(talk, in_faq("no_such", number=f"#{pressed.ref}"))
    return row
