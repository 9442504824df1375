"""/doctor: what keeps the bot from doing in a group what was decided there, fresh from Telegram, for its leaders."""

from bot.arrival import checkup, settingup
from bot.roles import authorize
from bot.storage import groups
from bot.storage.buttons import ButtonRow
from handlers.arrival.setup import FRONT, in_setup, of_mine
from handlers.frame.anonymous import ask_who
from handlers.frame.context import GONE, SILENT, Talk
from handlers.frame.obey import refuse
from handlers.frame.orders import Order
from handlers.frame.presses import press
from handlers.reading.numbers import group_number
from handlers.reading.targets import group_row
from handlers.saying.answers import answer, in_private
from handlers.saying.panels import Made, back, lead_to_private, open_panel, panel
from rules.conduct.effects import Button, Phrase

PAGE, ACTION = "doctor", "lead"


async def doctor(talk: Talk, order: Order) -> None:
    """In a group the answer comes in private: nobody else has to know what is missing."""
    if talk.private and not await named(talk, order):
        return
    decision = await authorize(talk.unit, talk.actor, ACTION, talk.place)
    if decision.why == "confirm":
        await ask_who(talk, order)
        return
    if not decision.allowed:
        await refuse(talk, "command.doctor", decision)
        return
    if not await in_private(talk, lambda: findings(talk), buttons()):
        await lead_to_private(talk)
    await settingup.refresh(talk.unit, talk.services, group_row(talk), talk.at)


async def named(talk: Talk, order: Order) -> bool:
    """The group is chosen; also one where the bot is no more, for that is the answer then."""
    number = group_number(order.first())
    found = (await groups.by_ids(talk.unit, [number])).get(number)
    if found is not None and found.state != "active":
        talk.group = found
        if (await authorize(talk.unit, talk.actor, ACTION, talk.place)).allowed:
            return True
        talk.group = None
    return await of_mine(talk, order)


async def findings(talk: Talk) -> list[Phrase]:
    group, looked = group_row(talk), talk.fetched.looked
    head = in_setup("doctor_head", title=group.title)
    reads_all = talk.fetched.reads_all if looked else None
    seen = await checkup.look(talk.unit, talk.services, group, reads_all)
    found = await checkup.problems(talk.unit, talk.services, seen)
    late = [in_setup("looked_silent")] if looked == SILENT else []
    if looked == GONE and not checkup.is_away(group):
        found = [checkup.problem("gone", needed=True, bot=talk.services.me.username)]
    words = [each.words for each in found] or [in_setup("doctor_fine")]
    return [head, *late, *words]


def buttons() -> tuple[tuple[Button, ...], ...]:
    again = Button(label=in_setup("again"), action="doctor.again", audience="leaders")
    setup = Button(label=in_setup("page_setup"), action="menu.open", audience="leaders", note=f"+{FRONT}")
    return ((again, setup),)


@panel(PAGE, "setup.page_doctor")
async def page(talk: Talk) -> Made:
    await settingup.refresh(talk.unit, talk.services, group_row(talk), talk.at, (talk.chat_id, talk.message_id))
    return await findings(talk), (*buttons(), (back(),))


@press("doctor.again")
async def again(talk: Talk, _: ButtonRow) -> None:
    if group_row(talk).state == "active":
        await open_panel(talk, PAGE)
    else:
        await answer(talk, await findings(talk))
