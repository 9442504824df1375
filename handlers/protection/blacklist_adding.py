"""Somebody is to be kept out of all groups: shown first what it would do, then done by a press, or suggested."""

import json

from bot import audit
from bot.desks import cards
from bot.protection import blacklist
from bot.protection.blacklist import New
from bot.storage import blacklist as stored
from bot.storage import books
from bot.storage.books import DecisionRow
from bot.storage.buttons import ButtonRow
from handlers.frame import second
from handlers.frame.context import Talk
from handlers.frame.orders import Order
from handlers.frame.presses import press
from handlers.protection.blacklist_words import PANEL, button, in_list, joined, of_one, oversees, titles, until
from handlers.reading.decisions import MEASURES, in_force
from handlers.reading.durations import DAY, HOUR, seconds_of
from handlers.reading.numbers import decision_number
from handlers.reading.targets import Target, group_row, named, protection
from handlers.saying.answers import Rows, alert, phrase, reply, word
from handlers.saying.panels import back, show
from rules.conduct.blacklist import SUGGESTION, judging
from rules.conduct.effects import Card, Phrase

ADD, SUGGEST = "blacklist.add", "blacklist.suggest"
SHORTEST, LONGEST, LONGEST_REASON = DAY, 3650 * DAY, 300
LAST = 20


async def preview(talk: Talk, order: Order) -> None:
    """Nothing is done before the press."""
    target = await meant(talk, order)
    new = await wanted(talk, target) if target is not None else None
    if new is None:
        return
    known = await blacklist.active(talk.unit, group_row(talk).owner_id, new.user_id, talk.at)
    if known is not None:
        await show(talk, [in_list("known_already"), *await of_one(talk, known)], ((back(PANEL),),))
        return
    mine = await oversees(talk)
    go = button("add", ADD, note=pack(new)) if mine else button("suggest", SUGGEST, note=pack(new))
    await show(talk, await would_do(talk, new, mine=mine), ((go, back(PANEL)),))


async def meant(talk: Talk, order: Order) -> Target | None:
    """Also somebody never seen here, by their id; None after having said why not."""
    found = await named(talk, order)
    first = order.first()
    if found == "who_unknown" and first.isascii() and first.isdigit() and int(first) < 2**52:
        found = Target(int(first), first, None, order.without_first())
    if isinstance(found, str):
        why = in_list("usage") if found == "who" else phrase(found, command="blacklist add", username=first)
        await reply(talk, why)
        return None
    group = group_row(talk)
    mine = await stored.of_owner(talk.unit, group.owner_id)
    shield = protection(talk, found)
    if not shield and await stored.staff(talk.unit, group, mine, [found.user_id], talk.at):
        await reply(talk, in_list("is_staff", name=found.mention))
        return None
    if shield:
        await reply(talk, phrase(shield, name=found.mention))
        return None
    return found


async def wanted(talk: Talk, target: Target) -> New | None:
    """Length, evidence and reason out of the words; without words the measure it rests on says why."""
    order, days = target.order, (await talk.policy()).blacklist.days
    seconds = seconds_of(order.first()) if order.first() else None
    if seconds is not None:
        order = order.without_first()
    if seconds is not None and not SHORTEST <= seconds <= LONGEST:
        await reply(talk, in_list("bad_length"))
        return None
    decision = await evidence(talk, target.user_id, order)
    if order.first().startswith("#") and decision_number(order.first()) is not None:
        order = order.without_first()
    reason = order.words.strip()[:LONGEST_REASON] or (why_of(talk, decision) if decision else "")
    if not reason:
        await reply(talk, in_list("reason_needed", name=target.mention))
        return None
    username = target.row.username if target.row else ""
    ends = talk.at + (days * DAY if seconds is None else seconds)
    return New(target.user_id, target.name, username, reason, ends, decision.id if decision else 0)


async def evidence(talk: Talk, user_id: int, order: Order) -> DecisionRow | None:
    """The decision that is named (#123), else the newest measure against that person here that stands."""
    number = decision_number(order.first()) if order.first().startswith("#") else None
    group = group_row(talk)
    rows = await books.decisions_of(talk.unit, group.id, user_id, LAST)
    if number is not None:
        return next((row for row in rows if row.id == number), None)
    return next((row for row in rows if in_force(row) and row.step in MEASURES), None)


def why_of(talk: Talk, row: DecisionRow) -> str:
    return row.reason or (word(talk, f"rule_{row.rule}") if row.rule else "")


async def would_do(talk: Talk, new: New, *, mine: bool) -> list[Phrase]:
    group = group_row(talk)
    every = await stored.of_owner(talk.unit, group.owner_id)
    here = [group_id for group_id, _ in await stored.present(talk.unit, every, [new.user_id])]
    lines = [
        in_list("ask_add" if mine else "ask_suggest", name=new.name, until=until(talk, new.expires_at)),
        in_list("one_reason", reason=new.reason),
    ]
    if new.evidence:
        lines.append(in_list("one_evidence", number=str(new.evidence)))
    if here:
        lines.append(in_list("would_remove", n=len(here), titles=joined(talk, await titles(talk, here))))
    else:
        lines.append(in_list("would_remove_nowhere"))
    return [*lines, in_list("would_keep_out", n=len(every)), in_list("would_tell")]


def pack(new: New) -> str:
    return json.dumps(new, ensure_ascii=False)


def unpack(note: str) -> New:
    return New(*json.loads(note))


@press(ADD)
async def add(talk: Talk, pressed: ButtonRow) -> None:
    new, group = unpack(pressed.note), group_row(talk)
    lately = await stored.added_by(talk.unit, group.owner_id, talk.actor.user_id, talk.at - HOUR)
    if not await second.confirmed(talk, f"{ADD}:{group.owner_id}:{new.user_id}", lately + 1):
        return
    # Who has become one of the team since is not put on it.
    mine = await stored.of_owner(talk.unit, group.owner_id)
    if await stored.staff(talk.unit, group, mine, [new.user_id], talk.at):
        await alert(talk, in_list("is_staff", name=new.name))
        return
    number = await blacklist.add(talk.unit, talk.services.moderator, group, new, by=talk.actor.user_id, at=talk.at)
    if number is None:
        await alert(talk, in_list("known_already"))
        return
    await audit.done(
        talk.unit, talk.actor, ADD, talk.at, group_id=group.id, target_id=new.user_id,
        after={"entry": number, "reason": new.reason, "until": new.expires_at, "evidence": new.evidence},
    )  # fmt: skip
    row = await stored.get(talk.unit, number)
    rows: Rows = ((button("lift", "blacklist.lift", number), back(PANEL)),)
    await show(talk, [in_list("added"), *(await of_one(talk, row) if row else ())], rows)


@press(SUGGEST)
async def suggest(talk: Talk, pressed: ButtonRow) -> None:
    """A leader's: whoever oversees the groups is asked by a card."""
    new, group = unpack(pressed.note), group_row(talk)
    if new.user_id in await stored.known(talk.unit, group.owner_id, [new.user_id]):
        await alert(talk, in_list("suggested_before"))
        return
    number = await blacklist.suggest(talk.unit, group.owner_id, new, by=talk.actor.user_id, at=talk.at)
    said = in_list(
        "card_suggested", name=new.name, reason=new.reason, until=until(talk, new.expires_at), by=talk.actor.name,
        number=number,
    )  # fmt: skip
    await cards.ask(
        talk.unit, group, Card(SUGGESTION, (said,), judging(number)), key=f"blacklist:suggested:{number}", at=talk.at,
        user_id=new.user_id, audience="officers", not_by=talk.actor.user_id,
    )  # fmt: skip
    await audit.done(
        talk.unit, talk.actor, SUGGEST, talk.at, group_id=group.id, target_id=new.user_id,
        after={"entry": number, "reason": new.reason},
    )  # fmt: skip
    await show(talk, [in_list("suggested", name=new.name)], ((back(PANEL),),))
