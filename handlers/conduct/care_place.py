"""Which group has more time for a member, and who looks after people there: told from there, or set by number."""

from bot.conduct import links
from bot.roles import Place, authorize
from bot.storage import cares, groups
from bot.storage.buttons import ButtonRow
from bot.storage.groups import GroupRow
from handlers.frame.context import Talk
from handlers.frame.orders import Order, one_of
from handlers.frame.presses import press
from handlers.policy.changing import change
from handlers.reading.choosing import mine
from handlers.reading.numbers import group_number
from handlers.reading.targets import find, group_row
from handlers.saying.answers import Rows, answer, catalogue, phrase, reply
from rules.conduct.effects import Button, Phrase

in_notices = catalogue("notices")
HERE, SET, CARER, OFF = ("here", "这里", "本群"), ("set", "设为"), ("carer", "照顾人"), ("off", "停", "关闭")
GROUP, WHO = "special_care.group", "special_care.carer"
MOST = 12


async def set_up(talk: Talk, order: Order) -> bool:
    """Whether it was about the place and not about a member."""
    first = order.first()
    if one_of(first, HERE):
        await here(talk)
    elif one_of(first, SET):
        await put(talk, group_row(talk), group_number(order.without_first().first()))
    elif one_of(first, CARER):
        await name_carer(talk, order.without_first())
    elif one_of(first, OFF):
        await change(talk, "care.set", {GROUP: None})
        await reply(talk, in_notices("care_off"))
    elif first or order.answered or order.mention:
        return False
    else:
        await answer(talk, await how_it_stands(talk))
    return True


async def how_it_stands(talk: Talk) -> list[Phrase]:
    policy = (await talk.policy()).special_care
    place = (await groups.by_ids(talk.unit, [policy.group])).get(policy.group) if policy.group else None
    if place is None:
        return [in_notices("care_none")]
    there = len([row for row in await cares.open_of(talk.unit, group_row(talk).id) if row.state != "offered"])
    lines = [in_notices("care_state", place=place.title, days=policy.clean_days, n=there)]
    return lines if links.possible(place) else [*lines, in_notices("care_lacks", place=place.title)]


async def here(talk: Talk) -> None:
    """Said in the care group: for which of the groups that the same person leads."""
    place = group_row(talk)
    led = [row for row in await mine(talk) if row.id != place.id][:MOST]
    if len(led) == 1:
        await put(talk, led[0], place.id)
        return
    rows: Rows = tuple(
        (Button(Phrase("menu.group", (("title", row.title),)), "care.use", "leaders", ref=row.id),) for row in led
    )
    await answer(talk, in_notices("care_which" if led else "care_leads_none", place=place.title), rows)


@press("care.use")
async def use(talk: Talk, button: ButtonRow) -> None:
    home = (await groups.by_ids(talk.unit, [button.ref])).get(button.ref)
    if home is not None:
        await put(talk, home, group_row(talk).id)


async def put(talk: Talk, home: GroupRow, number: int) -> None:
    """Whoever says so leads both groups."""
    place = (await groups.by_ids(talk.unit, [number])).get(number)
    if place is None or place.id == home.id or place.state != "active":
        await reply(talk, in_notices("care_usage"))
        return
    for group in (home, place):
        decision = await authorize(talk.unit, talk.actor, "command.care", Place(group.id, talk.private))
        if not decision.allowed:
            await reply(talk, phrase(f"press_{decision.why}"))
            return
    where, talk.group = talk.group, home
    await change(talk, "care.set", {GROUP: place.id})
    days = (await talk.policy()).special_care.clean_days
    talk.group = where
    said = "care_set" if links.possible(place) else "care_lacks"
    await reply(talk, in_notices(said, home=home.title, place=place.title, days=days))


async def name_carer(talk: Talk, order: Order) -> None:
    target = await find(talk, order)
    if target is None:
        return
    await change(talk, "care.carer", {WHO: target.user_id})
    await reply(talk, in_notices("care_carer", name=target.mention))
