"""How a request to join ends: let in, declined, answered by hand, withdrawn; each once, and the person hears of it."""

from typing import Literal

from bot.joining import desk
from bot.joining.card import phrase
from bot.storage import acts, audit, deadlines, groups, joinrequests, roster, users
from bot.storage.groups import GroupRow
from bot.storage.joinrequests import RequestRow
from bot.storage.unit import Unit
from rules.conduct.effects import DAY, Act, ApproveJoin, Deadline, DeclineJoin, Phrase, Planned, Say
from rules.conduct.joining import Joining, mark

# How long Telegram lets a bot write to somebody who asked and has not started it.
WINDOW = 5 * 60
WORDS_FIRST = 5
QUIZ, LISTED = "quiz", "blacklist"
RULE, PERSON = "rule", "person"
UNANSWERED: Literal["join_unanswered"] = "join_unanswered"


async def approve(
    unit: Unit, group: GroupRow, row: RequestRow, *, by: int, method: str, at: int, who: str = "",
) -> bool:  # fmt: skip
    """False where it was decided meanwhile, or, without a person, where the line of the roster was used meanwhile."""
    if row.roster_id and not await roster.use(unit, row.roster_id, row.user_id, at) and not by:
        return False
    if not await joinrequests.decide(unit, row.id, "approved", by, at, method):
        latest = await joinrequests.get(unit, row.id)
        if row.roster_id and latest is not None and latest.state != "approved":
            await roster.give_back(unit, row.roster_id, row.user_id)
        return False
    await act(unit, group, row, ApproveJoin(user_id=row.user_id), "approve", at)
    outcome = phrase("outcome_approved", by=who) if by else phrase("outcome_alone")
    await ended(unit, group, row, "join.approve", outcome, by, at, method)
    await tell(unit, group, row, (phrase("approved", title=group.title),), "approved", at)
    return True


async def decline(
    unit: Unit, group: GroupRow, row: RequestRow, policy: Joining, *, by: int, reason: str, at: int, who: str = "",
) -> bool:  # fmt: skip
    """The words go first: once it is declined, whoever has not started the bot cannot be written to any more."""
    if not await joinrequests.decide(unit, row.id, "declined", by, at, reason):
        return False
    told = await tell(unit, group, row, kind_words(group, policy, row, reason), "declined", at)
    wait = WORDS_FIRST if told and not await reachable(unit, row.user_id) else 0
    await act(unit, group, row, DeclineJoin(user_id=row.user_id), "decline", at, wait)
    outcome = phrase("outcome_declined", by=who) if by else phrase(f"outcome_{reason}")
    await ended(unit, group, row, "join.decline", outcome, by, at, reason)
    return True


def kind_words(group: GroupRow, policy: Joining, row: RequestRow, reason: str) -> tuple[Phrase, ...]:
    """Why only where they can mend it: a test may be taken again."""
    n = len(policy.quiz)
    why = (phrase("quiz_failed", score=row.score, n=n, mark=mark(policy)),) if reason == QUIZ else ()
    own = (Phrase("own", (("template", policy.decline_text),)),) if policy.decline_text else ()
    return (*why, *(own or (phrase("declined", title=group.title),)), phrase("declined_again"))


async def by_hand(unit: Unit, group: GroupRow, row: RequestRow, by: int, who: str, at: int) -> None:
    """An administrator of Telegram let them in without the bot."""
    if await joinrequests.decide(unit, row.id, "approved", by, at, "hand"):
        if row.roster_id:
            await roster.use(unit, row.roster_id, row.user_id, at)
        await ended(unit, group, row, "join.approve", phrase("outcome_hand", by=who), by, at, "hand")


async def set_back(unit: Unit, group: GroupRow, row: RequestRow, outcome: Phrase, by: int, at: int) -> None:
    """It is the person's turn again; once they have answered, leaders see a new card."""
    await joinrequests.update_open(unit, row.id, state="asking", answers=row.answers)
    await deadlines.add(unit, group.id, row.user_id, None, [Deadline(UNANSWERED, at + DAY)])
    await desk.close(unit, group, row, outcome, by, at)


async def refused(unit: Unit, act_row: acts.ActRow, reason: str, at: int) -> None:
    """Telegram could not let them in: mostly they have withdrawn the request."""
    if not isinstance(act_row.act, ApproveJoin) or act_row.group_id is None:
        return
    row = await joinrequests.last_of(unit, act_row.group_id, act_row.act.user_id)
    group = (await groups.by_ids(unit, [act_row.group_id])).get(act_row.group_id)
    if row is None or group is None or not await joinrequests.gone(unit, row.id):
        return
    if row.roster_id:
        await roster.give_back(unit, row.roster_id, row.user_id)
    key = "outcome_gone" if reason == "request_gone" else "outcome_failed"
    await desk.close(unit, group, row, phrase(key), row.decided_by, at)


async def ended(
    unit: Unit, group: GroupRow, row: RequestRow, action: str, outcome: Phrase, by: int, at: int, reason: str
) -> None:
    """By which way, with which score and by whom, for whoever asks later (J05)."""
    await deadlines.cancel(unit, group_id=group.id, user_id=row.user_id, kind=UNANSWERED)
    await audit.add(
        unit, at=at, actor_kind=PERSON if by else RULE, actor_id=by, action=action, group_id=group.id,
        target_id=row.user_id, before={"request": row.id},
        after={"way": reason, "score": row.score, "paid_by": row.answers.paid_by},
    )  # fmt: skip
    await desk.close(unit, group, row, outcome, by, at)


async def act(unit: Unit, group: GroupRow, row: RequestRow, one: Act, name: str, at: int, wait: int = 0) -> None:
    await acts.write(
        unit, key=f"join:{row.id}:{name}", group_id=group.id, chat_id=group.chat_id, user_id=row.user_id,
        planned=[Planned(one, not_before=at + wait if wait else 0)], at=at,
    )  # fmt: skip


async def reachable(unit: Unit, user_id: int) -> bool:
    return bool(await users.reachable(unit, [user_id]))


async def tell(unit: Unit, group: GroupRow, row: RequestRow, words: tuple[Phrase, ...], name: str, at: int) -> bool:
    """Only where Telegram lets us."""
    known = (await users.reachable(unit, [row.user_id])).get(row.user_id)
    if known is None and at - row.asked_at >= WINDOW:
        return False
    language = (known.language if known else "") or group.language
    said = Say(words=words, language=language, to_user=row.user_chat_id, purpose="answer")
    until = 0 if known else row.asked_at + WINDOW
    await acts.write(
        unit, key=f"join:{row.id}:{name}", group_id=group.id, chat_id=row.user_chat_id, user_id=row.user_id,
        planned=[Planned(said, expires_at=until)], at=at,
    )  # fmt: skip
    return True
