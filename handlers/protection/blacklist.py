"""/blacklist: who is kept out of all groups of this owner; looked at by leaders, changed by those who oversee them."""

from bot import audit
from bot.protection import blacklist
from bot.storage import blacklist as stored
from bot.storage import tickets
from bot.storage.blacklist import BlacklistRow
from bot.storage.buttons import ButtonRow
from handlers.conduct.cards import is_first, settle, still_open
from handlers.frame.context import Talk
from handlers.frame.orders import Order
from handlers.frame.presses import press
from handlers.protection import blacklist_adding, blacklist_tables
from handlers.protection.blacklist_words import PANEL, button, in_list, name_of, of_one, oversees, until
from handlers.reading.numbers import decision_number
from handlers.reading.targets import group_row
from handlers.saying.answers import Rows, alert, answer, phrase, reply
from handlers.saying.pages import page_of
from handlers.saying.panels import Made, back, open_panel, panel, show
from rules.conduct.blacklist import KEEP, LIFT, RULE
from rules.conduct.effects import DAY, Button

ON_A_PAGE, PAGE, ONE, SUGGESTED = 8, "blacklist.page", "blacklist.one", "blacklist.suggested"
MONTH = 30 * DAY
WORDS = {
    "add": "add", "加": "add", "添加": "add", "remove": "remove", "移除": "remove", "删": "remove", "list": "list",
    "列表": "list", "export": "export", "导出": "export", "import": "import", "导入": "import",
}  # fmt: skip


async def blacklist_(talk: Talk, order: Order) -> None:
    """`/blacklist`, `add @x 30d why`, `remove @x`, `export`, `import`."""
    if not group_row(talk).owner_id:
        await answer(talk, in_list("no_owner"))
        return
    rest = order.without_first()
    match WORDS.get(order.first().lower(), order.first() and "unknown"):
        case "add":
            await blacklist_adding.preview(talk, rest)
        case "remove" if rest.words or rest.answered:
            await remove(talk, rest)
        case "export":
            await blacklist_tables.export(talk)
        case "import":
            await blacklist_tables.ask(talk)
        case "list" | "":
            await open_panel(talk, PANEL)
        case _:
            await answer(talk, in_list("usage"))


@panel(PANEL, "blacklist.panel_title")
async def first_page(talk: Talk) -> Made:
    return await page(talk, 0)


async def page(talk: Talk, number: int) -> Made:
    owner = group_row(talk).owner_id
    rows = await stored.listed(talk.unit, owner, "active") if owner else []
    lately = await stored.added_since(talk.unit, owner, talk.at - MONTH) if owner else 0
    shown, steps = page_of(rows, number, ON_A_PAGE, PAGE)
    words = [in_list("head" if rows else "head_empty", n=len(rows), lately=lately), in_list("how")]
    return words, (*(line(talk, row) for row in shown), *steps, *await tools(talk), (back(),))


def line(talk: Talk, row: BlacklistRow) -> tuple[Button, ...]:
    label = in_list("line", name=name_of(row), until=until(talk, row.expires_at))
    return (Button(label, action=ONE, audience="leaders", ref=row.id),)


async def tools(talk: Talk) -> Rows:
    """For those who decide over all groups."""
    if not await oversees(talk):
        return ()
    waiting = len(await stored.listed(talk.unit, group_row(talk).owner_id, "suggested"))
    label = in_list("button_suggested", n=waiting)
    look = ((Button(label, action=SUGGESTED, audience="leaders"),),) if waiting else ()
    return (*look, (button("import", "blacklist.import"), button("export", "blacklist.export")))


@press(PAGE)
async def turn(talk: Talk, pressed: ButtonRow) -> None:
    await show(talk, *await page(talk, pressed.ref))


async def meant(talk: Talk, number: int) -> BlacklistRow | None:
    """An entry of this owner, never of another; None after having said so."""
    row = await stored.get(talk.unit, number)
    if row is not None and row.owner_id == group_row(talk).owner_id:
        return row
    await reply(talk, in_list("no_such", number=str(number)))
    return None


@press(ONE)
async def open_one(talk: Talk, pressed: ButtonRow) -> None:
    row = await meant(talk, pressed.ref)
    if row is not None:
        await show(talk, *await one(talk, row))


async def one(talk: Talk, row: BlacklistRow) -> Made:
    mine = await oversees(talk)
    lift = ((button("lift", LIFT, row.id),),) if row.state == "active" and mine else ()
    judge = ((button("accept", "blacklist.accept", row.id), button("refuse", "blacklist.refuse", row.id)),)
    return await of_one(talk, row), (*lift, *(judge if row.state == "suggested" and mine else ()), (back(PANEL),))


async def remove(talk: Talk, order: Order) -> None:
    """`/blacklist remove 12`, @x or in a reply: what is on the list about that person."""
    if not await oversees(talk):
        await reply(talk, phrase("refused_officers_only"))
        return
    row = await entry_of(talk, order)
    if row is None:
        await reply(talk, in_list("nobody_meant"))
    else:
        await show(talk, *await one(talk, row))


async def entry_of(talk: Talk, order: Order) -> BlacklistRow | None:
    """By its number, the person's id or @username as it stands on the list, or the one who is answered."""
    word = order.first()
    rows = await stored.listed(talk.unit, group_row(talk).owner_id, "active")
    number = decision_number(word) or 0
    tapped = order.mention.user_id if order.mention else order.answered.facts.user_id if order.answered else 0
    fitting = (
        row
        for row in rows
        if (number and number in (row.id, row.user_id))
        or (word.startswith("@") and row.username.lower() == word[1:].lower())
        or (tapped and row.user_id == tapped)
    )
    return next(fitting, None)


@press(LIFT)
async def lift(talk: Talk, pressed: ButtonRow) -> None:
    row = await meant(talk, pressed.ref)
    if row is None:
        return
    moderator, by = talk.services.moderator, talk.actor.user_id
    if not await blacklist.lift(talk.unit, moderator, row.id, by=by, at=talk.at):
        await alert(talk, in_list("lifted_before"))
        return
    await audit.done(
        talk.unit, talk.actor, LIFT, talk.at, group_id=group_row(talk).id, target_id=row.user_id,
        before={"entry": row.id, "reason": row.reason},
    )  # fmt: skip
    if pressed.decision_id:
        await closed(talk, pressed, LIFT, "outcome_lifted")
        return
    words, rows = await page(talk, 0)
    await show(talk, [in_list("lifted", name=name_of(row)), *words], rows)


@press(KEEP)
async def keep(talk: Talk, pressed: ButtonRow) -> None:
    await closed(talk, pressed, KEEP, "outcome_kept")


async def closed(talk: Talk, pressed: ButtonRow, answered: str, outcome: str) -> None:
    """The card about somebody who came in again."""
    found = await tickets.of_decision(talk.unit, pressed.decision_id or 0)
    ticket = await still_open(talk, [each for each in found if each.kind == RULE])
    if ticket is not None and await is_first(talk, ticket, answered):
        await settle(talk, ticket, answered, in_list(outcome, by=talk.actor.name))
