"""The presses about a role: it is given after a look, and declined by whoever it was given to."""

from bot import audit
from bot.powers import Role
from bot.storage import buttons, groups
from bot.storage.buttons import ButtonRow
from handlers.frame.context import Talk
from handlers.frame.orders import Order
from handlers.frame.presses import press
from handlers.reading.kept import person_name
from handlers.reading.targets import group_row, known
from handlers.saying.answers import alert, phrase
from handlers.saying.panels import back, show
from handlers.team import giving, granting
from handlers.team.granting import DECLINE, GIVEN, Wanted, where_of
from handlers.team.naming import TEAM, in_team, role_name, role_of
from rules.conduct.effects import Mention


@press(GIVEN)
async def confirmed(talk: Talk, pressed: ButtonRow) -> None:
    """Looked at anew: power may have ended between the two."""
    user_id, role, scope, until = pressed.note.split()
    target = await known(talk, int(user_id), user_id, Order("grant"))
    asked, held = Wanted(named(role), scope, int(until)), await giving.held_by(talk)
    hindrance = granting.refused(talk, target, asked, held)
    if hindrance is not None:
        await alert(talk, hindrance)
    elif 0 < asked.until <= talk.at:
        await alert(talk, in_team("end_past"))
    elif not await buttons.use(talk.unit, pressed.id):
        await alert(talk, phrase("card_answered"))
    else:
        await show(talk, await granting.give(talk, target.mention, asked, held), ((back(TEAM),),))


def named(role: str) -> Role:
    found = role_of(role)
    if found is None:
        raise LookupError(f"no role of that name was ever on a button: {role}")
    return found


@press(DECLINE)
async def declined(talk: Talk, pressed: ButtonRow) -> None:
    """Whoever was asked says no: at once, and whoever asked hears it."""
    talk.group = (await groups.by_ids(talk.unit, [pressed.ref])).get(pressed.ref)
    role, _, scope = pressed.note.partition(" ")
    held = [] if talk.group is None else await giving.held_rows(talk, talk.actor.user_id)
    row = next((each for each in held if (each.role, bool(each.group_id)) == (role, scope == "here")), None)
    if row is None or not await giving.take(talk, row):
        await alert(talk, in_team("not_held_any_more"))
        return
    group, me = group_row(talk), talk.actor.user_id
    await audit.done(
        talk.unit, talk.actor, "role.declined", talk.at, group_id=group.id, target_id=me,
        before={"role": row.role, "until": row.until, "everywhere": not row.group_id},
    )  # fmt: skip
    theirs = await granting.language_of(talk, row.granted_by)
    who = Mention(me, await person_name(talk, group.id, me))
    where = where_of(talk, theirs, everywhere=not row.group_id)
    said = in_team("they_declined", name=who, role=role_name(talk, row.role, theirs), where=where)
    await granting.tell(talk, row.granted_by, (said,))
    await show(talk, [in_team("you_declined", role=role_name(talk, row.role))], ())
