"""/handover: what one person looked after goes to another; shown first, done by one press; Telegram's rights stay."""

from typing import NamedTuple, get_args

from bot import audit
from bot.desks import people, terms
from bot.powers import AUDIENCES, Audience
from bot.storage import groups, handing, shifts, tickets
from bot.storage.buttons import ButtonRow
from bot.storage.members import LEADING
from bot.storage.roles import RoleRow
from handlers.frame.context import Talk
from handlers.frame.orders import Order
from handlers.frame.presses import press
from handlers.reading.targets import Target, group_row, known
from handlers.saying.answers import alert, answer, plain, reply
from handlers.saying.panels import back, show
from handlers.team import giving
from handlers.team.backups import two
from handlers.team.granting import tell
from handlers.team.naming import how_long, in_team, role_name, role_of
from handlers.team.team import PANEL
from rules.conduct.effects import Button, Phrase


class Matters(NamedTuple):
    """What would move: roles, questions taken up, shifts, how often as somebody's stand-in; `cards`: private cards.

    `audiences`: whose questions the new one may answer.
    """

    roles: tuple[RoleRow, ...]
    kept: tuple[RoleRow, ...]
    tickets: int
    shifts: int
    standing_in: int
    cards: bool
    audiences: tuple[Audience, ...]

    @property
    def anything(self) -> bool:
        return bool(self.roles or self.tickets or self.shifts or self.standing_in or self.cards)


async def handover(talk: Talk, order: Order) -> None:
    if not (order.words or order.mention or order.answered):
        await answer(talk, in_team("usage_handover"))
        return
    pair = await two(talk, order)
    if pair is None:
        return
    old, new = pair
    if old.user_id == new.user_id or (new.row is not None and new.row.is_bot):
        await reply(talk, in_team("handover_same" if old.user_id == new.user_id else "not_a_bot"))
        return
    found = await matters(talk, old, new)
    if not found.audiences:
        await reply(talk, in_team("backup_no_role", name=new.mention))
        return
    words = [in_team("handover_head", old=old.mention, new=new.mention), *listed(talk, found), *telegrams(old)]
    if not found.anything:
        await show(talk, [in_team("handover_nothing", old=old.mention), *telegrams(old)], ((back(PANEL),),))
        return
    note = f"{old.user_id} {new.user_id}"
    sure = Button(in_team("button_handover"), action="team.handover", audience="leaders", note=note)
    await show(talk, words, ((sure,), (back(PANEL),)))


async def matters(talk: Talk, old: Target, new: Target) -> Matters:
    group, held = group_row(talk), await giving.held_by(talk)
    rows = await giving.held_rows(talk, old.user_id)
    moving = tuple(row for row in rows if may_move(talk, held, row, new))
    audiences = tuple([each for each in get_args(Audience) if await may_answer(talk, new, moving, each)])
    return Matters(
        moving,
        tuple(row for row in rows if row not in moving),
        await handing.taken(talk.unit, group.id, old.user_id, new.user_id, audiences),
        await handing.on_shift(talk.unit, group.id, old.user_id),
        await handing.standing_in(talk.unit, group.id, old.user_id, new.user_id),
        group.set_up_by == old.user_id and "leaders" in audiences,
        audiences,
    )


async def may_answer(talk: Talk, new: Target, moving: tuple[RoleRow, ...], audience: Audience) -> bool:
    """By what they hold already, or by what is handed to them: nobody else is shown what waits here."""
    group = group_row(talk)
    able = await people.holders(talk.unit, group, audience, talk.actor.at) | {*await people.owning(talk.unit, group)}
    return new.user_id in able or any(role_of(row.role) in AUDIENCES[audience] for row in moving)


def may_move(talk: Talk, held: giving.Held, row: RoleRow, new: Target) -> bool:
    """One's own may be handed on; somebody else's only by whoever could give it, and never to oneself."""
    role = role_of(row.role)
    if role is None or new.user_id == talk.actor.user_id:
        return False
    return row.user_id == talk.actor.user_id or giving.may_give(held, role, everywhere=not row.group_id)


def listed(talk: Talk, found: Matters) -> list[Phrase]:
    counted = (("tickets", found.tickets), ("shifts", found.shifts), ("standing_in", found.standing_in))
    lines = [role_line(talk, "handover_role", row) for row in found.roles]
    lines += [in_team(f"handover_{name}", n=n) for name, n in counted if n]
    lines += [in_team("handover_cards")] if found.cards else []
    return lines + [role_line(talk, "handover_kept", row) for row in found.kept]


def role_line(talk: Talk, key: str, row: RoleRow) -> Phrase:
    where = plain(talk, in_team("all_groups" if not row.group_id else "this_group"))
    until = plain(talk, how_long(talk, row.until))
    return in_team(key, role=role_name(talk, row.role), where=where, until=until)


def telegrams(old: Target) -> list[Phrase]:
    """Only people can hand over what Telegram itself gave."""
    leads = old.row is not None and old.row.status in LEADING
    return [in_team("handover_telegram", old=old.mention)] if leads else []


@press("team.handover")
async def confirmed(talk: Talk, pressed: ButtonRow) -> None:
    """Looked at anew: what has moved meanwhile is not moved twice."""
    old_id, new_id = map(int, pressed.note.split())
    old = await known(talk, old_id, str(old_id), Order("handover"))
    new = await known(talk, new_id, str(new_id), Order("handover"))
    found = await matters(talk, old, new)
    if not (found.anything and found.audiences):
        await alert(talk, in_team("handover_nothing", old=old.mention))
        return
    await move(talk, found, old_id, new_id)
    await audit.done(
        talk.unit, talk.actor, "handover", talk.at, group_id=group_row(talk).id, target_id=new_id,
        before={"from": old_id}, after=told(found),
    )  # fmt: skip
    title = group_row(talk).title
    await tell(talk, new_id, (in_team("handover_to_you", old=old.mention, title=title), *listed(talk, found)))
    await tell(talk, old_id, (in_team("handover_from_you", new=new.mention, title=title), in_team("thanks")))
    done = [in_team("handover_done", old=old.mention, new=new.mention), *listed(talk, found), *telegrams(old)]
    await show(talk, done, ((back(PANEL),),))


def told(found: Matters) -> dict[str, object]:
    roles = [{"role": row.role, "until": row.until, "everywhere": not row.group_id} for row in found.roles]
    return {**found._asdict(), "roles": roles, "kept": [row.role for row in found.kept]}


async def move(talk: Talk, found: Matters, old: int, new: int) -> None:
    group = group_row(talk)
    for row in found.roles:
        await move_role(talk, row, new)
    await tickets.reassign(talk.unit, group.id, old, new, found.audiences, talk.at)
    await shifts.hand_over(talk.unit, group.id, old, new)
    await handing.stand_in(talk.unit, group.id, old, new)
    if found.cards:
        await groups.update(talk.unit, group.id, set_up_by=new)


async def move_role(talk: Talk, row: RoleRow, new: int) -> None:
    """With its end; whoever holds it for longer already keeps that."""
    role = role_of(row.role)
    if role is None or not await giving.take(talk, row):
        return
    held = [each for each in await giving.held_rows(talk, new) if (each.group_id, each.role) == (row.group_id, role)]
    ends = [each.until for each in (row, *held)]
    until = 0 if 0 in ends else max(ends)
    await giving.put(talk, new, role, until, everywhere=not row.group_id)
    if until:
        await terms.end_at(talk.unit, group_row(talk).id, new, until)
