"""/record and /points: what the books say of a person, shown to that person or to a leader alone."""

from collections.abc import Sequence
from datetime import date

from bot.powers import STAFF
from bot.roles import Actor, Decision, authorize, roles_of
from bot.storage import appeals, books, merit
from bot.storage.books import DecisionRow
from handlers.frame.context import Talk
from handlers.frame.obey import refuse
from handlers.frame.orders import Order
from handlers.joining import waits
from handlers.reading.choosing import choose_group
from handlers.reading.homes import once_homes
from handlers.reading.shortened import ends
from handlers.reading.targets import find, group_row, known
from handlers.saying.answers import Rows, catalogue, has_started, in_private, phrase, plain, word
from handlers.saying.panels import theirs
from handlers.saying.personal import About, show, view
from handlers.saying.times import moment
from rules.conduct import care, impersonation
from rules.conduct.case import Case
from rules.conduct.effects import DAY, Button, Mention, Phrase
from rules.merit.checkin import streak
from rules.programme.localtime import business_day, parse_clock

in_file = catalogue("decision")

OPEN = "decision.open"
IN_A_ROW = 4
LAST = 10
# Enough to find the last ten among what is left out.
LOOKED_AT = 100
# What leaders were only told of is nothing on anybody's record.
HEARD = care.RULES | {impersonation.RULE}
# Nothing that was done to anybody: what they did themselves, and what the line it took back says already.
BESIDE = frozenset({"record", "undo"})
SHORTENED = "shortened"


async def record(talk: Talk, order: Order) -> None:
    """One's own by default; somebody else's is for leaders."""
    if not (order.words or order.mention or order.answered):
        await own(talk, "record")
        return
    if talk.private:
        chosen = await choose_group(talk, order, STAFF)
        if chosen is None:
            return
        order = chosen
    decision: Decision = await authorize(talk.unit, talk.actor, "command.record.of", talk.place)
    if not decision.allowed:
        await refuse(talk, "command.record.of", decision)
        return
    target = await find(talk, order)
    if target is not None:
        await show_record(talk, About(group_row(talk), target.user_id))


async def show_record(talk: Talk, about: About) -> None:
    """With a button for each line where there is room for them: in private."""
    nameless = talk.actor.anonymous or talk.actor.channel
    if nameless or not (talk.private or await has_started(talk, talk.actor.user_id)):
        await show(talk, "record", about)
        return
    buttons = openers(talk, await shown(talk, about))
    await in_private(talk, lambda: record_of(talk, about), buttons)


def openers(talk: Talk, rows: Sequence[DecisionRow]) -> Rows:
    """What opens the file of each decision."""
    made = [theirs(talk, Button(label=in_file("number", number=str(row.id)), action=OPEN, ref=row.id)) for row in rows]
    return tuple(tuple(made[first : first + IN_A_ROW]) for first in range(0, len(made), IN_A_ROW))


async def points(talk: Talk, _: Order) -> None:
    await own(talk, "points")


async def own(talk: Talk, name: str) -> None:
    """In a group of this group, in private of every group one is or was in."""
    opened = show_record if name == "record" else show_points
    if talk.group is not None:
        await opened(talk, About(talk.group, talk.actor.user_id))
        return
    found = await once_homes(talk)
    for group in found:
        talk.group = group
        await opened(talk, About(group, talk.actor.user_id))
    if not found:
        await waits.or_else(talk, phrase("no_groups"))


async def show_points(talk: Talk, about: About) -> None:
    await show(talk, "points", about)


async def shown(talk: Talk, about: About) -> list[DecisionRow]:
    found = await books.decisions_of(talk.unit, about.group.id, about.user_id, LOOKED_AT)
    left_out = is_unsaid if about.user_id == talk.actor.user_id else is_heard
    return [row for row in found if not left_out(row) and row.step not in BESIDE][:LAST]


def is_heard(row: DecisionRow) -> bool:
    return row.rule in HEARD


def is_unsaid(row: DecisionRow) -> bool:
    """What was only watched is told to leaders alone, and so is nothing to its person."""
    return is_heard(row) or row.mode == "observe"


@view("record")
async def record_of(talk: Talk, about: About) -> list[Phrase]:
    case = await talk.services.moderator.case_of(talk.unit, about.group, about.user_id, talk.at)
    rows = await shown(talk, about)
    name = (await known(talk, about.user_id, case.member.name, Order("record"))).name
    head = phrase(
        "record_head", name=Mention(about.user_id, name), title=about.group.title, n=case.member.standing.warnings,
        fines=len(case.member.standing.open_fines), messages=case.member.messages,
    )  # fmt: skip
    if not rows:
        return [head, await beside(talk, about, case), phrase("record_clean")]
    asked = {
        each.decision_id: each.state for each in await appeals.of_person(talk.unit, about.group.id, about.user_id, 0)
    }
    until = {row.id: min((await ends(talk, row)).values(), default=0) for row in rows if asked.get(row.id) == SHORTENED}
    lines = [decision_line(talk, row, asked.get(row.id, ""), until.get(row.id, 0)) for row in rows]
    return [head, *lines, await beside(talk, about, case)]


async def beside(talk: Talk, about: About, case: Case) -> Phrase:
    """What else there is to know of a member: since when, how faithfully, what they have, what they look after."""
    policy = (await talk.services.moderator.ruled(talk.unit, about.group)).loaded.policy
    dates = [date.fromisoformat(each) for each in await merit.checkins(talk.unit, about.group.id, about.user_id)]
    today = business_day(talk.at, talk.zone, parse_clock(policy.checkin.day_starts_at))
    held = await roles_of(talk.unit, Actor(about.user_id, at=talk.actor.at), about.group.id) - {"person", "member"}
    roles = ", ".join(plain(talk, Phrase(f"team.role_{role}")) for role in sorted(held))
    since = case.member.joined_at or case.member.first_seen
    return in_file(
        "card", days=max(talk.at - since, 0) // DAY if since else 0, checkins=len(dates), streak=streak(dates, today),
        points=(await merit.balances(talk.unit, about.group.id, about.user_id)).get("points", 0),
        roles=f" · {roles}" if roles else "",
    )  # fmt: skip


def decision_line(talk: Talk, row: DecisionRow, appeal: str = "", until: int = 0) -> Phrase:
    """One decision as one line: number, time, rule with its code, step, and whether it still stands."""
    rule = word(talk, f"rule_{row.rule}") if row.rule else word(talk, "rule_by_person")
    asked = f" · {plain(talk, in_file('asked', state=plain(talk, in_file(f'appeal_{appeal}'))))}" if appeal else ""
    ends_now = f" · {plain(talk, in_file('until', at=moment(talk, until)))}" if until else ""
    return phrase(
        "record_line",
        number=row.id,
        at=moment(talk, row.at),
        rule=f"{rule} {row.code}".rstrip(),
        step=word(talk, f"step_{row.step}"),
        state=state_of(talk, row) + asked + ends_now,
    )


def state_of(talk: Talk, row: DecisionRow) -> str:
    watched = f" · {plain(talk, in_file('entry_observed'))}" if row.mode == "observe" else ""
    return watched if row.state == "standing" else f"{watched} · {word(talk, f'state_{row.state}')}"


@view("points")
async def points_of(talk: Talk, about: About) -> list[Phrase]:
    total = (await merit.balances(talk.unit, about.group.id, about.user_id)).get("points", 0)
    days = len(await merit.checkins(talk.unit, about.group.id, about.user_id))
    return [phrase("points", title=about.group.title, points=total, n=days)]
