"""Suggestions for the blacklist: one at a time, or all of them after what that would do was shown."""

from collections.abc import Collection
from zlib import crc32

from bot import audit
from bot.protection import blacklist
from bot.storage import blacklist as stored
from bot.storage import tickets
from bot.storage.blacklist import BlacklistRow
from bot.storage.buttons import ButtonRow
from bot.storage.tickets import TicketRow
from handlers.conduct.cards import settle
from handlers.frame import second
from handlers.frame.context import Talk
from handlers.frame.presses import press
from handlers.protection.blacklist import SUGGESTED, line, meant, page
from handlers.protection.blacklist_words import PANEL, button, in_list, joined, name_of, titles
from handlers.reading.durations import HOUR
from handlers.reading.targets import group_row
from handlers.saying.answers import Rows, alert
from handlers.saying.pages import page_of
from handlers.saying.panels import back, show
from rules.conduct.blacklist import SUGGESTION

ACCEPT, REFUSE, ALL, SURE = "blacklist.accept", "blacklist.refuse", "blacklist.all", "blacklist.sure"
ON_A_PAGE, MOST_AT_ONCE = 8, 200


@press(SUGGESTED)
async def listed(talk: Talk, pressed: ButtonRow) -> None:
    rows = await waiting(talk)
    shown, steps = page_of(rows, pressed.ref, ON_A_PAGE, SUGGESTED)
    every: Rows = ((button("all", ALL),),) if len(rows) > 1 else ()
    said = in_list("suggested_head" if rows else "suggested_none", n=len(rows))
    await show(talk, [said], (*(line(talk, row) for row in shown), *steps, *every, (back(PANEL),)))


async def waiting(talk: Talk) -> list[BlacklistRow]:
    owner = group_row(talk).owner_id
    return await stored.listed(talk.unit, owner, "suggested") if owner else []


@press(ACCEPT)
async def accept(talk: Talk, pressed: ButtonRow) -> None:
    row = await meant(talk, pressed.ref)
    if row is None or await is_team(talk, row):
        return
    group, by = group_row(talk), talk.actor.user_id
    lately = await stored.added_by(talk.unit, group.owner_id, by, talk.at - HOUR)
    if not await second.confirmed(talk, f"{ACCEPT}:{row.id}", lately + 1):
        return
    if not await blacklist.accept(talk.unit, talk.services.moderator, group, row.id, by=by, at=talk.at):
        await alert(talk, in_list("judged_before"))
        return
    await judged(talk, row, ACCEPT)


async def is_team(talk: Talk, row: BlacklistRow) -> bool:
    group = group_row(talk)
    mine = await stored.of_owner(talk.unit, group.owner_id)
    team = bool(await stored.staff(talk.unit, group, mine, [row.user_id], talk.at))
    if team:
        await alert(talk, in_list("is_staff", name=name_of(row)))
    return team


@press(REFUSE)
async def refuse(talk: Talk, pressed: ButtonRow) -> None:
    row = await meant(talk, pressed.ref)
    if row is None:
        return
    if not await stored.end(talk.unit, row.id, "refused", talk.actor.user_id, talk.at):
        await alert(talk, in_list("judged_before"))
        return
    await judged(talk, row, REFUSE)


async def judged(talk: Talk, row: BlacklistRow, action: str) -> None:
    """Its card, if it has one, says who decided; else the list is shown anew."""
    done = "outcome_accepted" if action == ACCEPT else "outcome_refused"
    ticket = next(iter(await answered(talk, {row.user_id}, action)), None)
    if ticket is not None and pressed_on_a_card(talk):
        await settle(talk, ticket, action, in_list(done, by=talk.actor.name))
        return
    await audit.done(
        talk.unit, talk.actor, action, talk.at, group_id=group_row(talk).id, target_id=row.user_id,
        after={"entry": row.id},
    )  # fmt: skip
    words, rows = await page(talk, 0)
    await show(talk, [in_list(done, by=talk.actor.name), *words], rows)


async def answered(talk: Talk, people: Collection[int], action: str) -> list[TicketRow]:
    """The questions about them, in whichever group of this owner they were asked, wait no longer."""
    mine = await stored.of_owner(talk.unit, group_row(talk).owner_id)
    asked = [each for each in await tickets.pending(talk.unit, mine) if each.kind == SUGGESTION]
    found = [each for each in asked if each.user_id in people]
    for each in found:
        await tickets.answer(talk.unit, each.id, talk.actor.user_id, talk.at, action)
    return found


def pressed_on_a_card(talk: Talk) -> bool:
    return not talk.private


@press(ALL)
async def ask_all(talk: Talk, _: ButtonRow) -> None:
    """What a yes to all of them would do, before it is given."""
    rows = (await waiting(talk))[:MOST_AT_ONCE]
    mine = await stored.of_owner(talk.unit, group_row(talk).owner_id)
    here = await stored.present(talk.unit, mine, [row.user_id for row in rows])
    people, places = {user_id for _, user_id in here}, sorted({group_id for group_id, _ in here})
    lines = [in_list("all_ask", n=len(rows), names=joined(talk, [name_of(row) for row in rows]))]
    if people:
        lines.append(in_list("all_remove", n=len(people), titles=joined(talk, await titles(talk, places))))
    else:
        lines.append(in_list("all_remove_nobody"))
    sure = button("sure", SURE, note=mark(rows))._replace(label=in_list("button_sure", n=len(rows)))
    await show(talk, lines, ((sure, back(PANEL)),))


def mark(rows: list[BlacklistRow]) -> str:
    """What was shown: a second person says yes to the same, and nothing that came in between goes with it."""
    numbers = ",".join(str(row.id) for row in rows)
    return f"{max((row.id for row in rows), default=0)}:{len(rows)}:{crc32(numbers.encode())}"


@press(SURE)
async def accept_all(talk: Talk, pressed: ButtonRow) -> None:
    """Each goes soon, in a Unit of its own; who is one of the team is left as a suggestion."""
    rows = (await waiting(talk))[:MOST_AT_ONCE]
    if mark(rows) != pressed.note or not rows:
        await alert(talk, in_list("all_changed"))
        return
    group, by, moderator = group_row(talk), talk.actor.user_id, talk.services.moderator
    lately = await stored.added_by(talk.unit, group.owner_id, by, talk.at - HOUR)
    if not await second.confirmed(talk, f"{ALL}:{group.owner_id}:{pressed.note}", lately + len(rows)):
        return
    mine = await stored.of_owner(talk.unit, group.owner_id)
    team = await stored.staff(talk.unit, group, mine, [row.user_id for row in rows], talk.at)
    fit = [row for row in rows if row.user_id not in team]
    done = [
        row for row in fit
        if await blacklist.accept(talk.unit, moderator, group, row.id, by=by, at=talk.at, soon=True)
    ]  # fmt: skip
    await answered(talk, {row.user_id for row in done}, ACCEPT)
    await audit.done(
        talk.unit, talk.actor, ALL, talk.at, group_id=group.id, after={"entries": [row.id for row in done]}
    )
    words, buttons = await page(talk, 0)
    await show(talk, [in_list("all_done", n=len(done)), *words], buttons)
