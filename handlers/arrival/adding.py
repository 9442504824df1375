"""Who brought the bot to a group, and whether it may stay: an operator's answer, and what the link said there."""

from telegram import Update

from bot import audit
from bot.arrival import admission, arrivals
from bot.arrival.links import startgroup
from bot.storage import arrivals as rows
from bot.storage import groups, roles
from bot.storage.buttons import ButtonRow
from handlers.frame.context import Talk
from handlers.frame.obey import DAY
from handlers.frame.openers import on_start
from handlers.frame.orders import order_of
from handlers.frame.presses import press
from handlers.saying.answers import Rows, alert, tidy, write
from rules.conduct.effects import Button, Edit, Phrase

AGAIN = "adding.ask_again"


def add_me(talk: Talk) -> Rows:
    """A button that lets the person choose a group of theirs."""
    return ((Button(admission.own("button_add"), url=startgroup(talk.services.me.username)),),)


@on_start("adding")
async def waiting(talk: Talk) -> bool:
    """An operator sees every question about a group that waits for an answer."""
    if talk.actor.user_id not in await arrivals.owners(talk.unit, talk.services):
        return False
    asked = await rows.asked(talk.unit)
    known = await groups.by_ids(talk.unit, [row.group_id for row in asked])
    for row in asked:
        await admission.show(talk.unit, known[row.group_id], row, [talk.actor.user_id], f"start{talk.update_id}")
    return bool(asked)


async def template_said(update: Update, talk: Talk) -> None:
    """`/start@bot t_camp` in a group: what the link named by which the bot was brought there."""
    group, actor, message = talk.group or talk.outside, talk.actor, update.message
    if message is None or group is None or talk.services.clock.now() - talk.at > DAY:
        return
    word = order_of("start", message).first()
    if word.startswith(arrivals.TEMPLATE) and not (actor.anonymous or actor.channel):
        await arrivals.template_named(talk.unit, talk.services, group, actor.user_id, word, talk.at)
    if talk.group is not None:
        await tidy(talk)


@press(admission.YES, admission.ALWAYS)
async def yes(talk: Talk, button: ButtonRow) -> None:
    group, row = talk.group, await rows.get(talk.unit, button.group_id or 0)
    if group is None or row is None or not await rows.settle(talk.unit, group.id, "active"):
        await answered_before(talk)
        return
    always = button.action == admission.ALWAYS and row.adder_id > 0
    if always:
        by = talk.actor.user_id
        await roles.grant(talk.unit, roles.EVERYWHERE, row.adder_id, arrivals.ADDER, by=by, at=talk.at)
        await audit.done(talk.unit, talk.actor, "adder.allowed", talk.at, target_id=row.adder_id)
    adder = row.adder_id or talk.actor.user_id
    await rows.change(talk.unit, group.id, adder_id=adder)
    words = admission.own("adding_always" if always else "adding_yes", title=group.title, by=talk.actor.name)
    await admission.redraw(talk.unit, group, words, talk.at, (talk.chat_id, talk.message_id))
    again = Button(admission.own("button_ask_again"), AGAIN, ref=row.adder_id)
    await show(talk, words, ((again,),) if always else ())
    await arrivals.let_in(talk.unit, talk.services, group, adder, arrivals.template_of(row), talk.at)
    await alert(talk, admission.own("done"))


@press(admission.NO)
async def no(talk: Talk, button: ButtonRow) -> None:
    group, here = talk.group, (talk.chat_id, talk.message_id)
    if group is None or not await admission.refuse(talk.unit, group, talk.at, talk.actor.user_id, here):
        await answered_before(talk)
        return
    await show(talk, admission.own("adding_no"))
    await alert(talk, admission.own("done"))


@press(AGAIN)
async def ask_again(talk: Talk, button: ButtonRow) -> None:
    """That person is asked about again, from the next group on."""
    if await roles.revoke(talk.unit, roles.EVERYWHERE, button.ref, arrivals.ADDER):
        await audit.done(talk.unit, talk.actor, "adder.asked_again", talk.at, target_id=button.ref)
    await show(talk, admission.own("adding_asks_again"))
    await alert(talk, admission.own("done"))


async def answered_before(talk: Talk) -> None:
    await alert(talk, admission.own("adding_answered"))


async def show(talk: Talk, words: Phrase, buttons: Rows = ()) -> None:
    """The card itself changes. It is the operator's, so it stays when the group goes."""
    edit = Edit(
        words=(words,), language=talk.language, message_id=talk.message_id, to_chat=talk.chat_id, buttons=buttons
    )
    await write(talk, edit, talk.chat_id, None)
