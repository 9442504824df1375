"""/notice: shows the group's notice; leaders set it, by words or a reply, and take it down again."""

from telegram import Message

from bot import audit
from bot.roles import authorize
from bot.speech import announcing, pinwatch
from bot.storage import buttons, notices, tickets
from bot.storage.buttons import ButtonRow
from handlers.conduct.cards import close, is_first
from handlers.frame.anonymous import ask_who
from handlers.frame.awaiting import ask_for, awaits
from handlers.frame.context import Talk
from handlers.frame.obey import refuse
from handlers.frame.orders import Order, one_of
from handlers.frame.presses import press
from handlers.reading.choosing import choose_group
from handlers.reading.homes import homes
from handlers.reading.targets import group_row
from handlers.saying.answers import act, alert, answer, answer_of_each, phrase, receipt, reply
from handlers.saying.panels import Made, back, in_menu, open_panel, panel, show
from rules.conduct.effects import Button, Delete, Phrase

SET, OFF = ("set", "设置", "设为"), ("off", "取消", "撤下")
ASK, PUT, DOWN = "posted.ask", "posted.put", "posted.off"
AGAIN, LET_BE = "posted.again", "posted.let_be"


async def notice(talk: Talk, order: Order) -> None:
    if talk.private and order.words:
        chosen = await choose_group(talk, order)
        if chosen is None:
            return
        order = chosen
    word = order.first()
    if one_of(word, SET) or one_of(word, OFF):
        await lead(talk, order, off=bool(one_of(word, OFF)))
    elif talk.group is not None:
        await answer(talk, await shown(talk))
    else:
        await answer_of_each(talk, await homes(talk), lambda: shown(talk), [phrase("no_groups")])


async def shown(talk: Talk) -> list[Phrase]:
    group = group_row(talk)
    row = await notices.get(talk.unit, group.id)
    if row is None:
        return [in_menu("notice_none", title=group.title)]
    return [in_menu("notice_of", title=group.title), *announcing.words(row.text)[1:]]


async def lead(talk: Talk, order: Order, *, off: bool) -> None:
    decision = await authorize(talk.unit, talk.actor, "command.notice.set", talk.place)
    if decision.why == "confirm":
        await ask_who(talk, order)
    elif not decision.allowed:
        await refuse(talk, "command.notice.set", decision)
    elif off:
        await take_down(talk)
    else:
        await set_to(talk, order.without_first())


async def set_to(talk: Talk, order: Order) -> None:
    """What was said is a leader's own words; what was replied to is shown once more before it goes on top."""
    answered = order.answered.facts.text.strip() if order.answered else ""
    text = order.words.strip()
    if (hindrance := unfit(talk, text or answered)) is not None:
        await reply(talk, hindrance)
    elif text:
        await put(talk, text)
        await receipt(talk)
    else:
        await answer(talk, preview(answered), confirm(answered))


def unfit(talk: Talk, text: str) -> Phrase | None:
    """Why this cannot be the notice of the group, None where it can."""
    if not announcing.may_pin(group_row(talk)):
        return in_menu("lacking_pin")
    if not text:
        return in_menu("usage_notice")
    return in_menu("notice_too_long", n=len(text), most=announcing.LONGEST) if len(text) > announcing.LONGEST else None


def preview(text: str) -> list[Phrase]:
    return [in_menu("notice_preview"), *announcing.words(text)[1:]]


def confirm(text: str) -> tuple[tuple[Button, ...], ...]:
    return ((Button(label=in_menu("notice_put"), action=PUT, audience="leaders", note=text),),)


async def put(talk: Talk, text: str) -> None:
    group = group_row(talk)
    before = await notices.get(talk.unit, group.id)
    await announcing.put(talk.unit, group, text, talk.actor.user_id, talk.at)
    await audit.done(
        talk.unit, talk.actor, "notice", talk.at, group_id=group.id,
        before={"text": before.text if before else ""}, after={"text": text},
    )  # fmt: skip


async def take_down(talk: Talk) -> None:
    group = group_row(talk)
    before = await notices.get(talk.unit, group.id)
    if before is None or not await announcing.take_down(talk.unit, group, talk.actor.user_id, talk.at):
        await reply(talk, in_menu("notice_none", title=group.title))
        return
    await audit.done(
        talk.unit, talk.actor, "notice", talk.at, group_id=group.id, before={"text": before.text}, after={"text": ""}
    )
    await receipt(talk)


@panel("notice", "menu.notice", "leaders")
async def notice_panel(talk: Talk) -> Made:
    row = await notices.get(talk.unit, group_row(talk).id)
    rows = [(Button(label=in_menu("notice_change" if row else "notice_write"), action=ASK, audience="leaders"),)]
    if row is not None:
        rows.append((Button(label=in_menu("notice_off"), action=DOWN, audience="leaders"),))
    return await shown(talk), (*rows, (back(),))


@press(ASK)
async def ask(talk: Talk, _: ButtonRow) -> None:
    await ask_for(talk, "notice", "", [in_menu("notice_ask")], back_to="notice")


@awaits("notice", action="command.notice.set")
async def told(talk: Talk, _: str, text: str, __: Message) -> None:
    """Shown once more, for two hundred people will read it."""
    if (hindrance := unfit(talk, text.strip())) is not None:
        await ask_for(talk, "notice", "", [hindrance], back_to="notice")
        return
    await show(talk, preview(text.strip()), (*confirm(text.strip()), (back("notice"),)))


@press(PUT)
async def on_put(talk: Talk, button: ButtonRow) -> None:
    if (hindrance := unfit(talk, button.note)) is not None:
        await alert(talk, hindrance)
    elif not await buttons.use(talk.unit, button.id):
        await alert(talk, phrase("card_answered"))
    else:
        await put(talk, button.note)
        await alert(talk, in_menu("notice_pinned"))
        await (
            open_panel(talk, "notice") if talk.private else act(talk, Delete(message_ids=(talk.message_id,), own=True))
        )


@press(DOWN)
async def on_down(talk: Talk, _: ButtonRow) -> None:
    await take_down(talk)
    await open_panel(talk, "notice")


@press(AGAIN, LET_BE)
async def on_card(talk: Talk, button: ButtonRow) -> None:
    """Somebody pinned something newer: answered once, whoever is first."""
    group = group_row(talk)
    waiting = [each for each in await tickets.pending(talk.unit, [group.id]) if each.kind == pinwatch.OTHER]
    row = await notices.get(talk.unit, group.id)
    again = button.action == AGAIN
    if row is None or not waiting:
        await alert(talk, phrase("card_answered"))
    elif again and not announcing.may_pin(group):
        await alert(talk, in_menu("lacking_pin"))
    elif await is_first(talk, waiting[0], button.action):
        if again:
            # What is pinned already comes on top only as a new post.
            await announcing.put(talk.unit, group, row.text, talk.actor.user_id, talk.at)
        await audit.done(talk.unit, talk.actor, button.action, talk.at, group_id=group.id)
        outcome = in_menu("notice_pinned" if again else "notice_left")
        await alert(talk, outcome)
        await close(talk, waiting[0].words, outcome)
