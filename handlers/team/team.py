"""/team and its page: who holds which role here and until when; leaders ask for help and take it back by buttons."""

from telegram import Message

from bot.powers import GIVEN_BY, Role
from bot.storage import members, roles
from bot.storage.buttons import ButtonRow
from bot.storage.roles import RoleRow
from handlers.frame.awaiting import ask_for, awaits
from handlers.frame.context import Talk
from handlers.frame.orders import Order
from handlers.frame.presses import press
from handlers.reading.kept import person_name
from handlers.reading.targets import group_row
from handlers.saying.answers import Rows, alert, plain
from handlers.saying.panels import Made, back, open_panel, opens, panel, show
from handlers.team import giving
from handlers.team.granting import grant, withdraw
from handlers.team.naming import GRANTABLE, TEAM, how_long, in_team, role_name, role_of
from rules.conduct.effects import Button, Mention, Phrase

PANEL = TEAM
SHIFTS, BACKUPS = "shift", "backup"
MOST_BUTTONS = 20


async def team(talk: Talk, _: Order) -> None:
    await open_panel(talk, PANEL)


@panel(PANEL, "team.panel", "staff")
async def shown(talk: Talk) -> Made:
    group = group_row(talk)
    held = await giving.held_by(talk)
    rows = [row for row in await roles.of_group(talk.unit, group.id, talk.actor.at) if row.role in GRANTABLE]
    rows.sort(key=lambda row: GRANTABLE.index(row.role))
    led = [each for each in await members.admins(talk.unit, group.id) if not each.is_bot]
    lines = [in_team("by_telegram", name=Mention(each.user_id, each.name or str(each.user_id))) for each in led]
    lines += [line(talk, row, await mention(talk, row.user_id)) for row in rows]
    givable = giving.givable(held)
    words = [in_team("panel_head", title=group.title), *(lines or [in_team("nobody")])]
    if not givable:
        return words, ((back(),),)
    mine = [row for row in rows if (role := role_of(row.role)) and may_take(held, role, row)]
    taking = [(await take_button(talk, row),) for row in mine[:MOST_BUTTONS]]
    add = Button(in_team("button_add"), action="team.add", audience="leaders")
    return [*words, in_team("hint")], ((add,), *taking, (opens(SHIFTS), opens(BACKUPS)), (back(),))


def may_take(held: giving.Held, role: Role, row: RoleRow) -> bool:
    return giving.may_give(held, role, everywhere=not row.group_id)


def line(talk: Talk, row: RoleRow, name: Mention) -> Phrase:
    key = f"line{'' if row.group_id else '_all'}{'_until' if row.until else ''}"
    until = {"until": plain(talk, how_long(talk, row.until))} if row.until else {}
    return in_team(key, role=role_name(talk, row.role), name=name, **until)


async def mention(talk: Talk, user_id: int) -> Mention:
    return Mention(user_id, await person_name(talk, group_row(talk).id, user_id))


async def take_button(talk: Talk, row: RoleRow) -> Button:
    name = (await mention(talk, row.user_id)).name
    label = in_team("button_take_back", role=role_name(talk, row.role), name=name)
    return Button(label, action="team.take", audience="leaders", ref=row.user_id, note=noted(row))


def noted(row: RoleRow) -> str:
    return f"{row.role} {'here' if row.group_id else 'everywhere'}"


async def meant(talk: Talk, pressed: ButtonRow) -> RoleRow | None:
    found = await giving.held_rows(talk, pressed.ref)
    return next((row for row in found if noted(row) == pressed.note), None)


@press("team.take")
async def sure_to_take(talk: Talk, pressed: ButtonRow) -> None:
    """Never by surprise: a second press does it."""
    row = await meant(talk, pressed)
    if row is None:
        await open_panel(talk, PANEL)
        return
    sure = Button(in_team("button_sure"), action="team.taken", audience="leaders", ref=pressed.ref, note=pressed.note)
    words = [in_team("sure_revoke", name=await mention(talk, row.user_id), role=role_name(talk, row.role))]
    await show(talk, words, ((sure,), (back(PANEL),)))


@press("team.taken")
async def take(talk: Talk, pressed: ButtonRow) -> None:
    row = await meant(talk, pressed)
    if row is None or await withdraw(talk, row, await mention(talk, row.user_id)):
        await open_panel(talk, PANEL)


@press("team.add")
async def which_role(talk: Talk, _: ButtonRow) -> None:
    given = giving.givable(await giving.held_by(talk))
    rows: Rows = tuple((role_button(role),) for role in given)
    await show(talk, [in_team("which_role")], (*rows, (back(PANEL),)))


def role_button(role: Role) -> Button:
    return Button(in_team(f"role_{role}"), action="team.role", audience="leaders", note=role)


@press("team.role")
async def ask_whom(talk: Talk, pressed: ButtonRow) -> None:
    role = role_of(pressed.note)
    if role is None or role not in GIVEN_BY:
        await alert(talk, in_team("usage"))
        return
    words = [in_team("who_for", role=role_name(talk, role)), in_team(f"may_{role}")]
    await ask_for(talk, "team.who", role, words, back_to=PANEL)


@awaits("team.who", "command.grant")
async def whom(talk: Talk, note: str, text: str, message: Message) -> None:
    await grant(talk, Order("grant", f"{text.strip()} {note}"))
    await open_panel(talk, PANEL)
