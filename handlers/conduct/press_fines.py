"""The ways to settle a 补发: the member withdraws the ad at no cost, or a leader confirms or waives."""

from bot.storage import books
from bot.storage.buttons import ButtonRow
from handlers.conduct.fines import settle_paid
from handlers.conduct.measures import Make, take
from handlers.frame.context import Talk
from handlers.frame.orders import Order
from handlers.frame.presses import press
from handlers.reading.targets import Target, group_row, known
from handlers.saying.answers import alert, phrase, take_down
from rules.conduct import fines
from rules.conduct.fines import fine_of
from rules.conduct.standing import OpenFine


@press("fine.paid")
async def paid(talk: Talk, button: ButtonRow) -> None:
    found = await owed(talk, button)
    if found is not None:
        await settle_paid(talk, *found)
        await take_down(talk)


@press("fine.withdraw")
async def withdraw(talk: Talk, button: ButtonRow) -> None:
    found = await owed(talk, button)
    if found is not None:
        target, owing = found
        await settle(talk, target, "fine.withdraw", lambda c, p: fines.withdrawn(c, p, owing.fine_id))


@press("fine.waive")
async def waive(talk: Talk, button: ButtonRow) -> None:
    found = await owed(talk, button)
    if found is not None:
        target, owing = found
        await settle(talk, target, "fine.waive", lambda c, p: fines.waived(c, p, owing.fine_id))


async def settle(talk: Talk, target: Target, action: str, make: Make) -> None:
    await take(talk, target, action, make)
    await take_down(talk)


async def owed(talk: Talk, button: ButtonRow) -> tuple[Target, OpenFine] | None:
    row = await books.decision(talk.unit, button.decision_id) if button.decision_id else None
    if row is None or row.group_id != group_row(talk).id:
        await alert(talk, phrase("press_unknown"))
        return None
    case = await talk.services.moderator.case_of(talk.unit, group_row(talk), row.user_id, talk.at)
    owing = fine_of(case, row.id)
    if owing is None:
        await alert(talk, phrase("fine_settled"))
        return None
    return await known(talk, row.user_id, case.member.name, Order("fine")), owing
