"""A member's way through the special-care group: asked, gone over, asked back; removed only once inside."""

from typing import TYPE_CHECKING, Literal

from bot.conduct import links
from bot.desks import cards
from bot.storage import acts, books, cares, deadlines, groups, members, users
from bot.storage.books import IssuerKind
from bot.storage.cares import CareRow
from bot.storage.deadlines import DeadlineRow
from bot.storage.groups import GroupRow
from bot.storage.unit import Unit
from rules.conduct import caring, words
from rules.conduct.case import Case
from rules.conduct.deadlines import awake, deadline
from rules.conduct.effects import AFTER_LINK, DAY, Button, Card, Deadline, Phrase, Planned, Say
from rules.conduct.plan import alone
from rules.conduct.policy import Policy
from rules.conduct.verdict import Verdict

if TYPE_CHECKING:
    from bot.conduct.moderator import Moderator

OFFERED: Literal["care_offered"] = "care_offered"
CLEAN: Literal["care_clean"] = "care_clean"
WAY = "care.way"
MOST_OFFERS = 2


async def place_of(unit: Unit, policy: Policy) -> GroupRow | None:
    """The special-care group, if the bot is there and may let people in."""
    number = policy.special_care.group
    found = (await groups.by_ids(unit, [number])).get(number) if number else None
    return found if found is not None and found.state == "active" and links.possible(found) else None


async def offer(
    unit: Unit, moderator: "Moderator", group: GroupRow, user_id: int, *, by: int, at: int, key: str, reason: str = ""
) -> int | None:
    """The number of the decision; None where there is no such group, or nothing to do."""
    policy = await moderator.policy_of(unit, group)
    place, case = await place_of(unit, policy), await moderator.case_of(unit, group, user_id, at)
    verdict = caring.offered(case, policy, reason)
    if place is None or place.id == group.id or not verdict.stands:
        return None
    number = await recorded(unit, moderator, case, verdict, "person", by, f"{key}:care", reason)
    if number is None or await cares.of_decision(unit, number) is not None:
        return number
    made = await cares.add(
        unit, group_id=group.id, care_group_id=place.id, user_id=user_id, decision_id=number,
        carer_id=policy.special_care.carer, at=at,
    )  # fmt: skip
    row = await cares.get(unit, made)
    if row is not None and await is_in(unit, place, user_id):
        await entered(unit, moderator, place, user_id, at)
    elif row is not None:
        await invite(unit, moderator, group, row, at)
    return number


async def is_in(unit: Unit, place: GroupRow, user_id: int) -> bool:
    known = (await members.load(unit, [(place.id, user_id)])).get((place.id, user_id))
    return known is not None and known.status not in members.GONE


async def recorded(
    unit: Unit, moderator: "Moderator", case: Case, verdict: Verdict, kind: IssuerKind, by: int, key: str,
    reason: str = "",
) -> int | None:  # fmt: skip
    return await moderator.record(unit, case, verdict, issuer_kind=kind, issuer_id=by, key=key, reason=reason)


async def invite(unit: Unit, moderator: "Moderator", group: GroupRow, row: CareRow, at: int) -> None:
    """In private with the link, else by a line whose button leads there; each time counts as an offer."""
    policy, case = await moderator.policy_of(unit, group), await moderator.case_of(unit, group, row.user_id, at)
    until = deadline(at, caring.HOURS, case.group.zone)
    await cares.change(unit, row.id, "offered", offers=row.offers + 1, due_at=until)
    key = f"care:{row.id}:{row.offers}"
    if case.member.started_bot:
        await whisper(unit, moderator, group, row, at)
        return
    named = (await title_of(unit, row.care_group_id), await carer_of(unit, row), until)
    said, short = caring.invitation(case, policy, *named), caring.in_short(case, policy, *named)
    way = words.for_member(case, "care_way", WAY)._replace(ref=row.id)
    plan = alone(case, policy, said, short, ((way, words.appeal(case)),))
    await acts.write(
        unit, key=key, decision_id=row.decision_id, group_id=group.id, chat_id=group.chat_id, user_id=row.user_id,
        planned=[plan], at=at,
    )  # fmt: skip


async def whisper(unit: Unit, moderator: "Moderator", group: GroupRow, row: CareRow, at: int) -> bool:
    """The link that lets only them in, once; False where the group is not to be reached any more."""
    policy, case = await moderator.policy_of(unit, group), await moderator.case_of(unit, group, row.user_id, at)
    place = (await groups.by_ids(unit, [row.care_group_id])).get(row.care_group_id)
    if place is None or not links.possible(place):
        return False
    until = deadline(at, caring.HOURS, case.group.zone)
    key = f"care:{row.id}:{at}"
    made = await links.make(
        unit, place, user_id=row.user_id, purpose="care", key=key, at=at, decision_id=row.decision_id, lasts=until - at
    )
    # Whoever asks again and again has one way in, not one for each of their friends.
    await links.close(unit, place, row.user_id, at, but=made.link_id)
    await cares.change(unit, row.id, "offered", link_id=made.link_id)
    said = caring.invitation(case, policy, place.title, await carer_of(unit, row), until)
    enter = Button(Phrase("conduct.button_care_enter"), url=AFTER_LINK)
    person = (await users.get(unit, [row.user_id])).get(row.user_id)
    say = Say(
        words=said, language=(person.language if person else "") or group.language, to_user=row.user_id,
        buttons=((enter,), (words.appeal(case),)),
    )  # fmt: skip
    (number,) = await acts.write(
        unit, key=f"{key}:say", decision_id=row.decision_id, group_id=group.id, chat_id=group.chat_id,
        user_id=row.user_id, planned=[Planned(say)], at=at,
    )  # fmt: skip
    await acts.comes_after(unit, number, made.act_id)
    return True


async def title_of(unit: Unit, group_id: int) -> str:
    found = (await groups.by_ids(unit, [group_id])).get(group_id)
    return found.title if found is not None else "–"


async def carer_of(unit: Unit, row: CareRow) -> str:
    """By name, "" where nobody was named."""
    known = await members.load(unit, [(row.care_group_id, row.carer_id), (row.group_id, row.carer_id)])
    return next((each.name for each in known.values() if each.name), "")


async def unanswered(unit: Unit, moderator: "Moderator", group: GroupRow, due: DeadlineRow, now: int) -> None:
    """Not gone over in time: offered once more, then a leader decides."""
    row = await cares.of_decision(unit, due.decision_id)
    if row is None or row.state != "offered" or not await stands(unit, row):
        return
    if row.offers < MOST_OFFERS:
        await invite(unit, moderator, group, row, now)
        case = await moderator.case_of(unit, group, row.user_id, now)
        again = Deadline(OFFERED, deadline(now, caring.HOURS, case.group.zone))
        await deadlines.add(unit, group.id, row.user_id, row.decision_id, [again])
        return
    case = await moderator.case_of(unit, group, row.user_id, now)
    await cards.ask(
        unit, group, caring.unused_card(case), key=f"care:{row.id}:unused", at=now, decision_id=row.decision_id,
        user_id=row.user_id,
    )  # fmt: skip


async def stands(unit: Unit, row: CareRow) -> bool:
    """Whatever took the decision back ended the way as well."""
    decision = await books.decision(unit, row.decision_id)
    if decision is not None and decision.state == "standing":
        return True
    await cares.change(unit, row.id, "offered", "inside", "ready", state="ended")
    return False


async def entered(unit: Unit, moderator: "Moderator", group: GroupRow, user_id: int, at: int) -> None:
    """Somebody came into a group: inside the care group they leave the other, back in the other all is done."""
    row = await cares.open_for(unit, group.id, user_id)
    if row is None or not await stands(unit, row):
        return
    if row.group_id == group.id:
        await cares.change(unit, row.id, "inside", "ready", state="back", ended_at=at)
        return
    home = (await groups.by_ids(unit, [row.group_id])).get(row.group_id)
    policy = await moderator.policy_of(unit, home) if home is not None else None
    if home is None or policy is None:
        return
    case = await moderator.case_of(unit, home, user_id, at)
    due_at = awake(at + policy.special_care.clean_days * DAY, case.group.zone)
    if not await cares.change(unit, row.id, "offered", state="inside", entered_at=at, due_at=due_at):
        return
    await recorded(unit, moderator, case, caring.entered(case, policy), "rule", 0, f"care:{row.id}:entered")
    await deadlines.add(unit, group.id, user_id, row.decision_id, [Deadline(CLEAN, due_at)])
    await tell_carer(unit, group, row, case, policy, at)


async def tell_carer(unit: Unit, place: GroupRow, row: CareRow, case: Case, policy: Policy, at: int) -> None:
    """In private where that is possible, else on the desk of the care group; with the plain reason."""
    decision = await books.decision(unit, row.decision_id)
    own = decision is not None and decision.issuer_id == row.user_id
    said = Phrase(
        "conduct.card_care_entered_own" if own else "conduct.card_care_entered",
        (("name", words.who(case)), ("place", case.group.title), ("days", policy.special_care.clean_days),
         ("reason", (decision.reason if decision else "") or "–")),
    )  # fmt: skip
    carer = (await users.reachable(unit, [row.carer_id])).get(row.carer_id)
    card = Card("care_entered", (said,))
    if carer is None:
        await cards.ask(unit, place, card, key=f"care:{row.id}:carer", at=at, user_id=row.user_id)
        return
    plan = Planned(cards.post(place, card, cards.private(place, carer)), expires_at=at + cards.CARD_SECONDS)
    await acts.write(
        unit, key=f"care:{row.id}:carer", group_id=place.id, chat_id=carer.user_id, user_id=carer.user_id,
        planned=[plan], at=at,
    )  # fmt: skip
