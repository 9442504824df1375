"""What one person can still answer in their groups, as /start shows it: each matter with the buttons that settle it."""

from collections.abc import Iterator
from typing import NamedTuple

from bot.conduct import links
from bot.storage import books, members, tickets
from bot.storage.blacklist import BlacklistRow, active
from bot.storage.books import DecisionRow
from bot.storage.tickets import TicketRow
from handlers.conduct.appealing import line
from handlers.conduct.appeals import APPEAL
from handlers.frame.context import Talk
from handlers.frame.openers import on_start
from handlers.protection.blacklist_words import until
from handlers.reading.decisions import in_force
from handlers.reading.homes import is_in, once_homes
from handlers.reading.targets import group_row
from handlers.saying.answers import Rows, phrase, whisper
from handlers.saying.times import moment
from rules.conduct import blacklist
from rules.conduct.case import Case
from rules.conduct.effects import DAY, Button, Phrase
from rules.conduct.policy import Policy

LAST = 20
RECENT, ASKED_SINCE = 7 * DAY, 30 * DAY
HEARD = frozenset({"remind", "warn", "delete"})
# What became of an appeal, by the answer to its question; all else took the decision back.
OUTCOMES = {"case.keep": "kept", "appeal.refused": "kept", "appeal.shortened": "shortened"}
PASSED_ON = "appeal.late"


class Matter(NamedTuple):
    words: tuple[Phrase, ...]
    buttons: Rows = ()
    decision_id: int | None = None


class Known(NamedTuple):
    """What the books hold about this person in the group of the conversation; `asked` are their appeals by decision,
    `door` the link by which they may come back, `listed` what keeps them out of all groups of the same owner."""

    case: Case
    policy: Policy
    rows: list[DecisionRow]
    asked: dict[int, TicketRow]
    present: bool
    door: str = ""
    listed: BlacklistRow | None = None


@on_start("matters")
async def matters(talk: Talk) -> bool:
    shown = False
    for group in await once_homes(talk):
        talk.group = group
        for matter in every(talk, await look_up(talk)):
            await whisper(talk, matter.words, matter.buttons, matter.decision_id)
            shown = True
    return shown


async def look_up(talk: Talk) -> Known:
    group, user_id = group_row(talk), talk.actor.user_id
    case = await talk.services.moderator.case_of(talk.unit, group, user_id, talk.at)
    rows = await books.decisions_of(talk.unit, group.id, user_id, LAST)
    asked = await tickets.opened_since(talk.unit, group.id, APPEAL, talk.at - ASKED_SINCE)
    row = (await members.load(talk.unit, [(group.id, user_id)])).get((group.id, user_id))
    mine = {each.decision_id: each for each in asked if each.user_id == user_id and each.decision_id}
    door = "" if is_in(row) else await links.address(talk.unit, group, user_id, talk.at)
    kept_out = await active(talk.unit, group.owner_id, user_id, talk.at) if group.owner_id else None
    return Known(case, await talk.policy(), rows, mine, is_in(row), door, kept_out)


def every(talk: Talk, known: Known) -> Iterator[Matter]:
    found = list(present(talk, known) if known.present else away(talk, known))
    yield from found
    yield from appeals(talk, known)
    told = {each.decision_id for each in found}
    last = newest(known, HEARD)
    if last is not None and last.id not in told and last.id not in known.asked and last.at > talk.at - RECENT:
        yield with_appeal(talk, known, last, (phrase("open_last", title=group_row(talk).title), line(talk, last)))


def present(talk: Talk, known: Known) -> Iterator[Matter]:
    title, standing = group_row(talk).title, known.case.member.standing
    for fine in standing.open_fines:
        deadline, fine_number = moment(talk, fine.due_at), str(fine.decision_id)
        key = "open_fine_over" if fine.overdue else "open_fine" if fine.due_at > talk.at else "open_fine_soon"
        said = phrase(key, title=title, deadline=deadline, number=fine_number)
        withdraw = mine(talk, "withdraw", "fine.withdraw")
        yield Matter((said,), ((withdraw,), *appeal_row(talk, known, fine.decision_id)), fine.decision_id)
    if standing.nickname_asked_at is not None:
        said = phrase("open_name", title=title, example=known.policy.nickname_format.example)
        name = mine(talk, "name_check", "name.check"), mine(talk, "name_register", "name.register")
        yield Matter((said,), tuple((each,) for each in name))
    if standing.asked_to_leave_at is not None:
        asked = newest(known, {"ask_to_leave"})
        number = asked.id if asked else 0
        go = ((mine(talk, "leave", "leave.go"),),)
        rows = ((mine(talk, "stay", "leave.stay"),), *appeal_row(talk, known, number), *go)
        yield Matter((phrase("open_leave", title=title),), rows, number or None)
    muted = newest(known, {"mute"})
    if standing.muted_until is not None and muted is not None:
        said = phrase("open_mute", title=title, until=moment(talk, standing.muted_until))
        yield with_appeal(talk, known, muted, (said,))


def away(talk: Talk, known: Known) -> Iterator[Matter]:
    """Whoever was sent away reads it here, and can have it looked at."""
    gone = newest(known, {"remove"})
    if gone is not None and known.case.member.standing.removed and gone.id not in known.asked:
        said = phrase("open_removed", title=group_row(talk).title, number=str(gone.id))
        if gone.rule == blacklist.RULE and known.listed is not None:
            said = listed(talk, gone, known.listed)
        yield with_appeal(talk, known, gone, (said,))


def listed(talk: Talk, gone: DecisionRow, row: BlacklistRow) -> Phrase:
    """Whoever is kept out of all groups reads why, and until when."""
    return phrase(
        "open_listed", title=group_row(talk).title, number=str(gone.id), reason=row.reason or "–",
        until=until(talk, row.expires_at),
    )  # fmt: skip


def appeals(talk: Talk, known: Known) -> Iterator[Matter]:
    """Those that are looked at; for whoever left also those that were, for nothing could be said to them."""
    title = group_row(talk).title
    for number, ticket in known.asked.items():
        if ticket.state == "open":
            yield Matter((phrase("open_appeal", title=title, number=str(number)),), (), number)
        elif ticket.state == "answered" and not known.present and ticket.answered_at > talk.at - RECENT:
            key = OUTCOMES.get(ticket.answer, "undone")
            if ticket.answer != PASSED_ON:
                yield Matter((phrase(f"open_appeal_{key}", title=title, number=str(number)),), (), number)
    if known.door:
        back = Button(Phrase("appeals.button_back"), url=known.door)
        yield Matter((Phrase("appeals.way_back", (("title", title),)),), ((back,),))


def newest(known: Known, steps: set[str] | frozenset[str]) -> DecisionRow | None:
    return next((row for row in known.rows if in_force(row) and row.step in steps), None)


def with_appeal(talk: Talk, known: Known, row: DecisionRow, words: tuple[Phrase, ...]) -> Matter:
    return Matter(words, appeal_row(talk, known, row.id), row.id)


def appeal_row(talk: Talk, known: Known, number: int) -> Rows:
    """Once about a decision."""
    return () if not number or number in known.asked else ((mine(talk, "appeal", "appeal.open"),),)


def mine(talk: Talk, name: str, action: str) -> Button:
    return Button(Phrase(f"conduct.button_{name}"), action, "member", talk.actor.user_id)
