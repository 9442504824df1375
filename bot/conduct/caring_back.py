"""The way back from the special-care group: after so many clean days, with the member's wish and a leader's yes."""

from typing import TYPE_CHECKING

from bot.conduct import links
from bot.conduct.caring import CLEAN, WAY, recorded, stands, title_of
from bot.desks import cards
from bot.storage import acts, books, cares, deadlines, groups
from bot.storage.cares import CareRow
from bot.storage.deadlines import DeadlineRow
from bot.storage.groups import GroupRow
from bot.storage.unit import Unit
from rules.conduct import caring, words
from rules.conduct.case import Case
from rules.conduct.deadlines import awake
from rules.conduct.effects import AFTER_LINK, DAY, Button, Deadline, Phrase, Planned, Say
from rules.conduct.plan import alone
from rules.conduct.policy import Policy

if TYPE_CHECKING:
    from bot.conduct.moderator import Moderator


async def clean(unit: Unit, moderator: "Moderator", place: GroupRow, due: DeadlineRow, now: int) -> None:
    """So many days without a decision that counts: the member is asked; else the days begin anew."""
    row = await cares.of_decision(unit, due.decision_id)
    home = (await groups.by_ids(unit, [row.group_id])).get(row.group_id) if row is not None else None
    if row is None or home is None or row.state != "inside" or not await stands(unit, row):
        return
    policy, case = await moderator.policy_of(unit, home), await moderator.case_of(unit, place, row.user_id, now)
    last = await last_counted(unit, place.id, row)
    later = awake(last + policy.special_care.clean_days * DAY, case.group.zone)
    if last > row.entered_at and later > now:
        await wait(unit, row, later)
        return
    if await cares.change(unit, row.id, "inside", state="ready", due_at=0):
        await ask(unit, place, home, row, case, policy, now)


async def last_counted(unit: Unit, group_id: int, row: CareRow) -> int:
    rows = (await books.rows(unit, {(group_id, row.user_id)}, row.entered_at)).get((group_id, row.user_id), [])
    return max((each.at for each in rows if each.counted and not each.voided), default=row.entered_at)


async def wait(unit: Unit, row: CareRow, until: int) -> None:
    await cares.change(unit, row.id, "inside", "ready", state="inside", due_at=until)
    await deadlines.add(unit, row.care_group_id, row.user_id, row.decision_id, [Deadline(CLEAN, until)])


async def ask(unit: Unit, place: GroupRow, home: GroupRow, row: CareRow, case: Case, policy: Policy, at: int) -> None:
    """Whether they would like to come back, in the group they are in now or in private."""
    yes = words.for_member(case, "care_home", "care.home")._replace(ref=row.id)
    no = words.for_member(case, "care_stay", "care.stay")._replace(ref=row.id)
    days = max((at - row.entered_at) // DAY, 1)
    said = Phrase("notices.care_ready", (("name", words.who(case)), ("days", days), ("place", home.title)))
    plan = alone(case, policy, (said,), (said,), ((yes, no),), line="conduct.line_news")
    await acts.write(
        unit, key=f"care:{row.id}:ready:{at}", group_id=place.id, chat_id=place.chat_id, user_id=row.user_id,
        planned=[plan], at=at,
    )  # fmt: skip


async def wishes_back(unit: Unit, moderator: "Moderator", row: CareRow, at: int) -> bool:
    """The member would like to: leaders of the group they came from are asked; False where it was asked before."""
    home = (await groups.by_ids(unit, [row.group_id])).get(row.group_id)
    # `due_at` of who is asked: when they said yes.
    if home is None or row.due_at or not await cares.change(unit, row.id, "ready", due_at=at):
        return False
    case = await moderator.case_of(unit, home, row.user_id, at)
    days = max((at - row.entered_at) // DAY, 1)
    card = caring.ready_card(case, await title_of(unit, row.care_group_id), days)
    await cards.ask(
        unit, home, card, key=f"care:{row.id}:home:{at}", at=at, decision_id=row.decision_id, user_id=row.user_id
    )
    return True


async def let_back(unit: Unit, moderator: "Moderator", row: CareRow, by: int, at: int) -> None:
    """A leader said yes: nothing keeps them out, and a fresh link leads there, in private or by a line's button."""
    home = (await groups.by_ids(unit, [row.group_id]))[row.group_id]
    policy, case = await moderator.policy_of(unit, home), await moderator.case_of(unit, home, row.user_id, at)
    await recorded(unit, moderator, case, caring.returning(case, policy), "person", by, f"care:{row.id}:back:{at}")
    await cares.change(unit, row.id, "ready", ended_at=at)
    if case.member.started_bot:
        await whisper_back(unit, home, row, case, at)
        return
    place = (await groups.by_ids(unit, [row.care_group_id]))[row.care_group_id]
    way = words.for_member(case, "care_home_enter", WAY)._replace(ref=row.id)
    line = alone(case, policy, (), (welcome(case, home),), ((way,),), line="conduct.line_news")
    await acts.write(
        unit, key=f"care:{row.id}:back:{at}:line", group_id=place.id, chat_id=place.chat_id, user_id=row.user_id,
        planned=[line], at=at,
    )  # fmt: skip


def welcome(case: Case, home: GroupRow) -> Phrase:
    return Phrase("notices.care_back", (("name", words.who(case)), ("place", home.title)))


async def whisper_back(unit: Unit, home: GroupRow, row: CareRow, case: Case, at: int) -> None:
    """A link that lets only them in, once."""
    key = f"care:{row.id}:back:{at}"
    made = await links.make(unit, home, user_id=row.user_id, purpose="back", key=key, at=at, lasts=3 * DAY)
    await links.close(unit, home, row.user_id, at, but=made.link_id)
    enter = Button(Phrase("conduct.button_care_home_enter"), url=AFTER_LINK)
    say = Say(words=(welcome(case, home),), language=home.language, to_user=row.user_id, buttons=((enter,),))
    (number,) = await acts.write(
        unit, key=f"{key}:say", group_id=home.id, chat_id=home.chat_id, user_id=row.user_id, planned=[Planned(say)],
        at=at,
    )  # fmt: skip
    await acts.comes_after(unit, number, made.act_id)
