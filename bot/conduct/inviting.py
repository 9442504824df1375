"""Somebody who was sent away may come back: a link for them alone, in private; else leaders are told whom to invite."""

from dataclasses import replace

from bot import tongues
from bot.conduct import links
from bot.desks import cards
from bot.storage import acts, groups, members, tickets
from bot.storage import links as stored
from bot.storage.acts import ActRow
from bot.storage.groups import GroupRow
from bot.storage.unit import Unit
from rules.conduct import words
from rules.conduct.case import Case
from rules.conduct.effects import AFTER_LINK, DAY, Button, Mention, Phrase, Planned, Say
from rules.conduct.plan import Buttons

KIND = "invite_back"
TOLD = ":way_back"
LASTS = 3 * DAY
SHOW_LINK = Button(Phrase("appeals.button_link"), action="link.show", audience="leaders")


async def invite(
    unit: Unit, group: GroupRow, case: Case, said: tuple[Phrase, ...], *, key: str, decision_id: int, at: int,
    more: Buttons = (),
) -> None:  # fmt: skip
    """`said` is what the person reads before the way in; `decision_id` the decision that lets them back."""
    user_id, act_id = case.member.user_id, 0
    if links.possible(group):
        made = await links.make(
            unit, group, user_id=user_id, purpose="readmit", key=key, at=at, decision_id=decision_id, lasts=LASTS
        )
        act_id = made.act_id
    if case.member.started_bot:
        number = await tell(unit, group, case, said, more, key=key, decision_id=decision_id, at=at, linked=bool(act_id))
    else:
        who = words.who(case)
        number = await ask(unit, group, who, key=key, decision_id=decision_id, at=at, linked=bool(act_id))
    if number and act_id:
        await acts.comes_after(unit, number, act_id)


async def tell(
    unit: Unit, group: GroupRow, case: Case, said: tuple[Phrase, ...], more: Buttons, *, key: str, decision_id: int,
    at: int, linked: bool,
) -> int:  # fmt: skip
    """With the button that opens the group; where the bot may make no links, the sentence alone."""
    user_id = case.member.user_id
    way = (Phrase("appeals.way_back", (("title", group.title),)),) if linked else ()
    door = ((Button(Phrase("appeals.button_back"), url=AFTER_LINK),),) if linked else ()
    post = Say(words=(*said, *way), language=group.language, to_user=user_id, buttons=(*door, *more))
    (number,) = await acts.write(
        unit, key=f"{key}{TOLD}", decision_id=decision_id, group_id=group.id, chat_id=user_id, user_id=user_id,
        planned=await tongues.addressed(unit, [Planned(post, expires_at=at + 2 * DAY)]), at=at,
    )  # fmt: skip
    return number


async def refused(unit: Unit, row: ActRow, at: int) -> None:
    """The post with the way back did not reach them after all: a leader passes the same link on."""
    key, told, _ = row.key.rpartition(TOLD)
    group = (await groups.by_ids(unit, [row.group_id])).get(row.group_id) if told and row.group_id else None
    if group is None or row.decision_id is None:
        return
    made = [each for each in await stored.of_decision(unit, row.decision_id) if links.is_good(each, at)]
    act_id = next((each.act_id for each in made if each.act_id), 0)
    known = (await members.load(unit, [(group.id, row.user_id)])).get((group.id, row.user_id))
    who = Mention(row.user_id, known.name if known is not None and known.name else str(row.user_id))
    number = await ask(unit, group, who, key=key, decision_id=row.decision_id, at=at, linked=bool(act_id))
    if number and act_id:
        await acts.comes_after(unit, number, act_id)


async def ask(
    unit: Unit, group: GroupRow, who: Mention, *, key: str, decision_id: int, at: int, linked: bool
) -> int:  # fmt: skip
    """Nobody may write to whoever never pressed Start, so a leader passes it on."""
    said = (Phrase("appeals.card_invite" if linked else "appeals.card_invite_by_hand", (("name", who),)),)
    await tickets.open_ticket(
        unit, group_id=group.id, kind=KIND, decision_id=decision_id, user_id=who.user_id, words=said, at=at
    )
    place = await cards.reach(unit, group, at=at)
    if place is None:
        return 0
    link = (Phrase("appeals.card_link", (("link", AFTER_LINK),)),) if linked else ()
    head = Phrase("conduct.card_head", (("title", group.title),))
    shown = replace(place, words=(head, *said, *link))
    planned = Planned(shown, expires_at=at + cards.CARD_SECONDS)
    return await cards.send(unit, group, place, planned, key=f"{key}:card", at=at, decision_id=decision_id)
