"""/record and /points: what the books say of a person, shown to that person or to a leader alone."""

from bot.roles import Decision, authorize
from bot.storage import books, merit
from bot.storage.books import DecisionRow
from handlers.frame.context import Talk
from handlers.frame.obey import refuse
from handlers.frame.orders import Order
from handlers.reading.choosing import choose_group
from handlers.reading.homes import once_homes
from handlers.reading.targets import find, group_row, known
from handlers.saying.answers import answer, phrase, word
from handlers.saying.personal import About, show, view
from handlers.saying.times import moment
from rules.conduct import care, impersonation
from rules.conduct.effects import Mention, Phrase

LAST = 10
# Enough to find the last ten among what is left out.
LOOKED_AT = 100
# What leaders were only told of is nothing on anybody's record.
HEARD = care.RULES | {impersonation.RULE}
# Nothing that was done to anybody: what they did themselves, and what the line it took back says already.
BESIDE = frozenset({"record", "undo"})


async def record(talk: Talk, order: Order) -> None:
    """One's own by default; somebody else's is for leaders."""
    if not (order.words or order.mention or order.answered):
        await own(talk, "record")
        return
    if talk.private:
        chosen = await choose_group(talk, order)
        if chosen is None:
            return
        order = chosen
    decision: Decision = await authorize(talk.unit, talk.actor, "command.record.of", talk.place)
    if not decision.allowed:
        await refuse(talk, "command.record.of", decision)
        return
    target = await find(talk, order)
    if target is not None:
        await show(talk, "record", About(group_row(talk), target.user_id))


async def points(talk: Talk, _: Order) -> None:
    await own(talk, "points")


async def own(talk: Talk, name: str) -> None:
    """In a group of this group, in private of every group one is or was in."""
    if talk.group is not None:
        await show(talk, name, About(talk.group, talk.actor.user_id))
        return
    found = await once_homes(talk)
    for group in found:
        talk.group = group
        await show(talk, name, About(group, talk.actor.user_id))
    if not found:
        await answer(talk, phrase("no_groups"))


@view("record")
async def record_of(talk: Talk, about: About) -> list[Phrase]:
    case = await talk.services.moderator.case_of(talk.unit, about.group, about.user_id, talk.at)
    found = await books.decisions_of(talk.unit, about.group.id, about.user_id, LOOKED_AT)
    rows = [row for row in found if row.rule not in HEARD and row.step not in BESIDE][:LAST]
    name = (await known(talk, about.user_id, case.member.name, Order("record"))).name
    head = phrase(
        "record_head", name=Mention(about.user_id, name), title=about.group.title, n=case.member.standing.warnings,
        fines=len(case.member.standing.open_fines), messages=case.member.messages,
    )  # fmt: skip
    return [head, *(decision_line(talk, row) for row in rows)] if rows else [head, phrase("record_clean")]


def decision_line(talk: Talk, row: DecisionRow) -> Phrase:
    """One decision as one line: number, time, rule, step, and whether it still stands."""
    state = "" if row.state == "standing" else f" · {word(talk, f'state_{row.state}')}"
    rule = word(talk, f"rule_{row.rule}") if row.rule else word(talk, "rule_by_person")
    return phrase(
        "record_line",
        number=row.id,
        at=moment(talk, row.at),
        rule=rule,
        step=word(talk, f"step_{row.step}"),
        state=state,
    )


@view("points")
async def points_of(talk: Talk, about: About) -> list[Phrase]:
    total = (await merit.balances(talk.unit, about.group.id, about.user_id)).get("points", 0)
    days = len(await merit.checkins(talk.unit, about.group.id, about.user_id))
    return [phrase("points", title=about.group.title, points=total, n=days)]
