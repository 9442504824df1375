"""[缩短]: what is left of a decision becomes half as long, by a decision of its own; the member reads why."""

from bot.conduct import appeals, reversing
from bot.conduct.inviting import invite
from bot.storage import books
from bot.storage.appeals import AppealRow
from bot.storage.books import DecisionRow
from handlers.frame.context import Talk
from handlers.reading.targets import group_row
from handlers.saying.times import moment
from rules.conduct.case import Case
from rules.conduct.reverse import invites
from rules.conduct.shorten import Shortened
from rules.conduct.shorten import shorten as made
from rules.conduct.verdict import Verdict
from rules.conduct.words import aim, known_of


async def can_shorten(talk: Talk, row: DecisionRow) -> bool:
    return (await looked_at(talk, row))[1].stands


async def looked_at(talk: Talk, row: DecisionRow) -> tuple[Case, Verdict, Shortened]:
    case = await talk.services.moderator.case_of(talk.unit, group_row(talk), row.user_id, talk.at)
    return case, *made(row.id, row.rule, await books.rows_of(talk.unit, row.id), case)


async def shorten(talk: Talk, appeal: AppealRow, row: DecisionRow, reason: str) -> None:
    case, verdict, what = await looked_at(talk, row)
    group, moderator, key = group_row(talk), talk.services.moderator, reversing.shortening(row.id)
    number = await moderator.record(
        talk.unit, case, verdict, issuer_kind="person", issuer_id=talk.actor.user_id, key=key, reason=reason
    )
    until = moment(talk, what.until) if what.until else ""
    told = f"shortened_{what.told}"
    if number is not None and invites(verdict, case):
        policy = await talk.policy()
        said = appeals.sentence(case, appeal, told, reason=reason), aim(policy, known_of(case, policy))
        await invite(talk.unit, group, case, said, key=key, decision_id=number, at=talk.at)
    else:
        await appeals.tell(talk.unit, moderator, group, appeal, told, talk.at, reason=reason, until=until)
