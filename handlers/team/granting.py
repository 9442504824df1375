"""/grant and /revoke: a role of the bot for somebody, for a time; they hear of it, and it is kept who gave it."""

from typing import NamedTuple

from bot import audit, tongues
from bot.desks import terms
from bot.powers import Role
from bot.storage import users
from bot.storage.roles import RoleRow
from handlers.frame.context import Talk
from handlers.frame.orders import Order
from handlers.reading.targets import Target, find, group_row
from handlers.saying.answers import Rows, answer, reply, write
from handlers.saying.panels import back, show
from handlers.team import giving
from handlers.team.naming import EVERYWHERE, HERE, LONGEST, TEAM, end_of, how_long, in_team, role_name, role_of, said_in
from rules.conduct.effects import Button, Mention, Phrase, Say

GIVEN, DECLINE = "team.given", "team.decline"


class Wanted(NamedTuple):
    """What the words after the person say; `scope` is "", "here" or "everywhere"."""

    role: Role
    scope: str = ""
    until: int = 0


def wanted(talk: Talk, words: str, usage: str = "usage") -> Wanted | Phrase:
    """In whatever order they stand; else what is unclear, `usage` where no role is named."""
    role: Role | None = None
    scope, until = "", 0
    for word in words.split():
        if role is None and (named := role_of(word)) is not None:
            role = named
        elif word.lower() in EVERYWHERE | HERE:
            scope = "everywhere" if word.lower() in EVERYWHERE else "here"
        elif (end := end_of(talk, word)) is not None:
            if not talk.at < end <= talk.at + LONGEST:
                return in_team("end_past")
            until = end
        else:
            return in_team("unknown_word", word=word)
    return in_team(usage) if role is None else Wanted(role, scope, until)


async def grant(talk: Talk, order: Order) -> None:
    if not (order.words or order.mention or order.answered):
        await answer(talk, in_team("usage"))
        return
    target = await find(talk, order)
    if target is None:
        return
    asked = wanted(talk, target.order.words)
    if isinstance(asked, Phrase):
        await reply(talk, asked)
        return
    held = await giving.held_by(talk)
    hindrance = refused(talk, target, asked, held)
    if hindrance is not None:
        await reply(talk, hindrance)
    elif asked.scope == "everywhere" or asked.role == "owner":
        await ask_first(talk, target, asked, held)
    else:
        await reply(talk, await give(talk, target.mention, asked, held))


async def ask_first(talk: Talk, target: Target, asked: Wanted, held: giving.Held) -> None:
    """What reaches far is shown with where and until when; nothing happens before a press."""
    until = end_for(asked, held)
    note = f"{target.user_id} {asked.role} {asked.scope or 'here'} {asked.until}"
    sure = Button(in_team("button_grant"), action=GIVEN, audience="leaders", note=note)
    words = [*given_words(talk, "sure_grant", asked, until, target.mention), in_team("may_take_back")]
    await show(talk, words if until else [*words, in_team("no_end_named")], ((sure,), (back(TEAM),)))


def refused(talk: Talk, target: Target, asked: Wanted, held: giving.Held) -> Phrase | None:
    """Kindly why not, None where nothing stands against it."""
    if target.user_id == talk.actor.user_id:
        return in_team("not_yourself")
    if target.user_id == talk.services.me.id or (target.row is not None and target.row.is_bot):
        return in_team("not_a_bot")
    everywhere = asked.scope == "everywhere"
    if everywhere and not group_row(talk).owner_id:
        return in_team("no_owner_yet")
    if not giving.may_give(held, asked.role, everywhere=everywhere):
        key = "not_everywhere" if giving.may_give(held, asked.role, everywhere=False) else "more_than_yours"
        return in_team(key, role=role_name(talk, asked.role))
    return None


def end_for(asked: Wanted, held: giving.Held) -> int:
    """Never longer than whoever gives it has power themselves; 0 for no end."""
    power = giving.end_of_power(held, asked.role, everywhere=asked.scope == "everywhere")
    return min(filter(None, (asked.until, power)), default=0)


async def give(talk: Talk, who: Mention, asked: Wanted, held: giving.Held) -> tuple[Phrase, ...]:
    """Done, told to whoever it was given to with a button to say no; the words for whoever gave it."""
    group, everywhere, until = group_row(talk), asked.scope == "everywhere", end_for(asked, held)
    known = [row for row in await giving.held_rows(talk, who.user_id) if row.role == asked.role]
    before = next((row for row in known if bool(row.group_id) is not everywhere), None)
    await giving.put(talk, who.user_id, asked.role, until, everywhere=everywhere)
    if until:
        await terms.end_at(talk.unit, group.id, who.user_id, until)
    await audit.done(
        talk.unit, talk.actor, "role.grant", talk.at, group_id=group.id, target_id=who.user_id,
        before={} if before is None else {"role": before.role, "until": before.until},
        after={"role": asked.role, "until": until, "everywhere": everywhere},
    )  # fmt: skip
    theirs = await language_of(talk, who.user_id)
    words = (*given_words(talk, "you_are", asked, until, talk.actor.name, theirs), in_team("may_decline"))
    note = f"{asked.role} {'everywhere' if everywhere else 'here'}"
    no = Button(in_team("button_decline"), DECLINE, "member", user_id=who.user_id, ref=group.id, note=note)
    told = await tell(talk, who.user_id, words, ((no,),))
    said = given_words(talk, "granted", asked, until, who)
    return said if told else (*said, in_team("tell_them"))


def given_words(
    talk: Talk, key: str, asked: Wanted, until: int, name: Mention | str, language: str = ""
) -> tuple[Phrase, ...]:
    where = where_of(talk, language, everywhere=asked.scope == "everywhere")
    return (
        in_team(key, name=name, role=role_name(talk, asked.role, language)),
        in_team("terms", where=where, until=said_in(talk, how_long(talk, until), language)),
        in_team(f"may_{asked.role}"),
    )


def where_of(talk: Talk, language: str = "", *, everywhere: bool) -> str:
    here = in_team("in_group", title=group_row(talk).title)
    return said_in(talk, in_team("in_all") if everywhere else here, language)


async def language_of(talk: Talk, user_id: int) -> str:
    return await tongues.of_person(talk.unit, user_id, talk.public_language)


async def revoke(talk: Talk, order: Order) -> None:
    if not (order.words or order.mention or order.answered):
        await answer(talk, in_team("usage_revoke"))
        return
    target = await find(talk, order)
    if target is None:
        return
    asked = wanted(talk, target.order.words, "usage_revoke")
    if isinstance(asked, Phrase):
        await reply(talk, asked)
        return
    found = [row for row in await giving.held_rows(talk, target.user_id) if fits(row, asked)]
    if not found:
        key = "leads_by_telegram" if asked.role == "leader" and leads(target) else "not_held"
        await reply(talk, in_team(key, name=target.mention, role=role_name(talk, asked.role)))
        return
    # The nearer one first: what was given in this group alone.
    await withdraw(talk, max(found, key=lambda row: bool(row.group_id)), target.mention)


def fits(row: RoleRow, asked: Wanted) -> bool:
    scope = "here" if row.group_id else "everywhere"
    return row.role == asked.role and asked.scope in ("", scope)


def leads(target: Target) -> bool:
    return target.row is not None and target.row.status in {"creator", "administrator"}


async def withdraw(talk: Talk, row: RoleRow, who: Mention) -> bool:
    """Take a role away again; whoever may give it may take it."""
    held, role = await giving.held_by(talk), role_of(row.role)
    if role is None or not giving.may_give(held, role, everywhere=not row.group_id):
        await reply(talk, in_team("more_than_yours", role=role_name(talk, row.role)))
        return False
    if not await giving.take(talk, row):
        await reply(talk, in_team("not_held", name=who, role=role_name(talk, row.role)))
        return False
    await audit.done(
        talk.unit, talk.actor, "role.revoke", talk.at, group_id=group_row(talk).id, target_id=row.user_id,
        before={"role": row.role, "until": row.until, "everywhere": not row.group_id},
    )  # fmt: skip
    theirs = await language_of(talk, row.user_id)
    where = where_of(talk, theirs, everywhere=not row.group_id)
    over = in_team("you_were", role=role_name(talk, row.role, theirs), where=where)
    await tell(talk, row.user_id, (over, in_team("thanks")))
    where = where_of(talk, everywhere=not row.group_id)
    await reply(talk, in_team("revoked", name=who, role=role_name(talk, row.role), where=where))
    return True


async def tell(talk: Talk, user_id: int, words: tuple[Phrase, ...], buttons: Rows = ()) -> bool:
    """In private, and only somebody who has started the bot; whether that is so."""
    person = (await users.reachable(talk.unit, [user_id])).get(user_id)
    if person is not None:
        language = person.language or talk.public_language
        said = Say(words=words, language=language, buttons=buttons, to_user=user_id, purpose="card")
        await write(talk, said, user_id, None)
    return person is not None
