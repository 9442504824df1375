"""Questions nobody answers: noted without their words, repeated once to volunteers, counted for the digest.

A question is answered when somebody else replies to it, or when a leader or volunteer writes in its topic after it.
"""

from collections.abc import Collection, Sequence
from statistics import median
from typing import TYPE_CHECKING, Literal, NamedTuple

from bot.conduct.policies import zone_of
from bot.desks import cards
from bot.storage import deadlines, members, questions, roles, users
from bot.storage.deadlines import DeadlineRow
from bot.storage.groups import GroupRow
from bot.storage.members import LEADING
from bot.storage.questions import QuestionRow
from bot.storage.unit import Unit
from rules.conduct.case import Case
from rules.conduct.deadlines import awake, stamp
from rules.conduct.effects import HOUR, Button, Card, Deadline, Mention, Phrase, Planned, Say
from rules.conduct.policy import Policy
from rules.programme.questions import is_question

if TYPE_CHECKING:
    from bot.conduct.moderator import Moderator

DUE: Literal["question_due"] = "question_due"
ADDRESSED = frozenset({"mention", "text_mention"})
# Older ones are not news any more: they stand in the digest.
WORTH_SECONDS = 6 * HOUR
MOST_SHOWN = 5
SHOWN_WORTH = 2 * HOUR
CATCHING_UP = 120


class Counted(NamedTuple):
    """How questions of a time went: `minutes` is the median until an answer, 0 where there was none."""

    asked: int
    answered: int
    minutes: int


async def note(unit: Unit, group: GroupRow, policy: Policy, cases: Sequence[Case], met: Collection[int] = ()) -> None:
    """What a batch of messages asked, and what it answered; `met` are those that a keyword answered at once."""
    staff = await staff_of(unit, group, cases)
    waiting = {row.message_id: row for row in await questions.waiting(unit, group.id, cases[0].now - WORTH_SECONDS)}
    for case in cases:
        by_staff = case.facts.sender == "anonymous_admin" or case.member.user_id in staff
        answers = [row.message_id for row in waiting.values() if is_answered_by(row, case, by_staff=by_staff)]
        if answers:
            await questions.answered(unit, group.id, answers, case.now)
            waiting = {number: row for number, row in waiting.items() if number not in answers}
        if not by_staff and asks(case):
            facts = case.facts
            at_once = facts.message_id in met
            state, answered_at = ("answered", case.now) if at_once else ("open", 0)
            row = QuestionRow(
                group.id, facts.message_id, facts.user_id, facts.thread_id, case.now, state, 0, answered_at
            )
            await questions.add(unit, row)
            if not at_once:
                waiting[row.message_id] = row
                await look_again(unit, group, policy, case.now)


async def staff_of(unit: Unit, group: GroupRow, cases: Sequence[Case]) -> set[int]:
    """Administrators and holders of the bot's own roles among those who wrote."""
    at = max((case.now for case in cases), default=0)
    held = await roles.of_many(unit, {(group.id, case.member.user_id) for case in cases}, at)
    leading = {case.member.user_id for case in cases if case.member.status in LEADING}
    return leading | {user_id for _, user_id in held}


def is_answered_by(row: QuestionRow, case: Case, *, by_staff: bool) -> bool:
    facts = case.facts
    # What was written before the question answers it by no edit.
    earlier = facts.message_id < row.message_id
    if facts.sender not in {"member", "anonymous_admin"} or facts.is_bot or facts.user_id == row.user_id or earlier:
        return False
    return facts.reply_to == row.message_id or (by_staff and facts.thread_id == row.thread_id and not facts.reply_to)


def asks(case: Case) -> bool:
    """A question to the group: no reply to somebody, nobody addressed by name."""
    facts = case.facts
    if facts.sender != "member" or facts.is_bot or facts.via_bot or facts.forward or facts.reply_to:
        return False
    addressed = any(entity.type in ADDRESSED for entity in facts.entities)
    return bool(facts.message_id) and not addressed and is_question(facts.text)


async def look_again(unit: Unit, group: GroupRow, policy: Policy, at: int) -> None:
    """Never at night: nobody is woken for a question."""
    due_at = awake(at + policy.questions.minutes * 60, zone_of(group))
    await deadlines.add(unit, group.id, 0, None, [Deadline(DUE, due_at)])


async def carry_out(unit: Unit, moderator: "Moderator", group: GroupRow, row: DeadlineRow, now: int) -> None:
    """All that waited long enough is repeated in one post, once; after an outage its answers are read first."""
    if now > row.due_at + CATCHING_UP:
        await deadlines.add(unit, group.id, 0, None, [Deadline(DUE, now + CATCHING_UP)])
        return
    policy = await moderator.policy_of(unit, group)
    ripe = now - policy.questions.minutes * 60
    due = [each for each in await questions.waiting(unit, group.id) if each.state == "open" and each.at <= ripe]
    fresh = [each for each in due if awake(each.at + policy.questions.minutes * 60, zone_of(group)) > now - SHOWN_WORTH]
    stale = {each.message_id for each in due} - {each.message_id for each in fresh}
    if stale:
        await questions.become(unit, group.id, stale, "over", now)
    if fresh and policy.questions.enabled:
        await questions.become(unit, group.id, [each.message_id for each in fresh], "repeated", now)
        await repeat(unit, group, fresh, row, now)


async def repeat(unit: Unit, group: GroupRow, rows: Sequence[QuestionRow], due: DeadlineRow, now: int) -> None:
    """To the leaders' chat, else in private to volunteers who may be written to, else to who set the group up."""
    known = await members.load(unit, {(group.id, each.user_id) for each in rows})
    names = {key[1]: member.name for key, member in known.items()}
    words = (Phrase("faq.unanswered", (("n", len(rows)),)), *(line(group, each, names) for each in rows[:MOST_SHOWN]))
    buttons = tuple((button,) for each in rows[:MOST_SHOWN] if (button := link(group, each, names)).url)
    posts = [cards.post(group, Card("question", words, buttons), place) for place in await places(unit, group, now)]
    for number, post in enumerate(posts):
        planned = Planned(post, expires_at=now + SHOWN_WORTH)
        await cards.send(unit, group, post, planned, key=f"question:{due.id}:{number}", at=now)


async def places(unit: Unit, group: GroupRow, at: int) -> list[Say]:
    reach = await cards.reach(unit, group, at=at)
    if group.moderators_chat and reach is not None:
        return [reach]
    held = await roles.holders(unit, group.id, at)
    people = (await users.reachable(unit, held)).values()
    told = [cards.private(group, person) for person in people][:MOST_SHOWN]
    return told or ([reach] if reach is not None else [])


def line(group: GroupRow, row: QuestionRow, names: dict[int, str]) -> Phrase:
    name = Mention(row.user_id, names.get(row.user_id) or str(row.user_id))
    return Phrase("faq.unanswered_line", (("name", name), ("at", stamp(row.at, zone_of(group)))))


def link(group: GroupRow, row: QuestionRow, names: dict[int, str]) -> Button:
    """To the question itself, for its words are kept nowhere; a basic group has no such links."""
    chat, _, inner = str(group.chat_id).partition("-100")
    topic = f"{row.thread_id}/" if row.thread_id else ""
    url = f"https://t.me/c/{inner}/{topic}{row.message_id}" if not chat and inner else ""
    return Button(Phrase("faq.see", (("name", names.get(row.user_id, "")),)), url=url)


async def counted(unit: Unit, group_id: int, since: int) -> Counted:
    """For the digest: how many were asked since then, how many answered, and how soon."""
    rows = await questions.since(unit, group_id, since)
    waits = [row.answered_at - row.at for row in rows if row.answered_at]
    return Counted(len(rows), len(waits), round(median(waits) / 60) if waits else 0)


async def digest(unit: Unit, group: GroupRow, since: int) -> tuple[Phrase, ...]:
    """Lines for the leaders' digest: how it went, and what still waits; nothing where nobody asked."""
    found = await counted(unit, group.id, since)
    if not found.asked:
        return ()
    said = Phrase("faq.digest", (("n", found.asked), ("answered", found.answered), ("minutes", found.minutes)))
    left = found.asked - found.answered
    return (said, Phrase("faq.digest_left", (("n", left),))) if left else (said,)
