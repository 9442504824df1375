"""How the bot comes into a group: who may bring it, what begins when it may stay, and what its link asked for.

Whether somebody must be asked first is decided here; admission.py asks.
"""

from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from typing import NamedTuple

from bot import audit, membership
from bot.arrival import admission, claims, letter, presets, settingup
from bot.roles import Actor
from bot.services import Services
from bot.storage import Unit, acts, arrivals, groups, roles, users
from bot.storage.arrivals import ArrivalRow
from bot.storage.groups import GroupRow
from rules.conduct.effects import HOUR, Phrase, Planned, Say
from rules.conduct.presets import named

ADDER = "adder"
ACCEPTED = "group.accepted"
TEMPLATE = "t_"
TEMPLATE_SECONDS = HOUR

Door = Callable[[Unit, GroupRow, Sequence[int], int, int], Awaitable[GroupRow]]


class Adder(NamedTuple):
    """Who brought the bot; `user_id` 0 where nobody can tell. `language` is one of the bot's, or ""."""

    user_id: int = 0
    name: str = ""
    username: str = ""
    language: str = ""


async def owners(unit: Unit, services: Services) -> frozenset[int]:
    return await claims.owners(unit, services.settings.operators.user_ids)


async def may_add(unit: Unit, services: Services, user_id: int) -> bool:
    if services.settings.operators.who_may_add == "anyone":
        return True
    if not user_id:
        return False
    return user_id in await owners(unit, services) or ADDER in await roles.of(
        unit, user_id, roles.EVERYWHERE, int(services.clock.now())
    )


async def arrived(
    unit: Unit, services: Services, group: GroupRow, adder: Adder, at: int, *, members: int = 0, fresh: bool = True
) -> GroupRow:
    """The bot is in a group where it was not: it stays, or an operator is asked. `at` is when it came."""
    row = await remembered(unit, group, adder, at, members=members, fresh=fresh)
    if await may_add(unit, services, adder.user_id) or (adder.user_id and adder.user_id == group.set_up_by):
        return await let_in(unit, services, group, adder.user_id, template_of(row), at)
    if not row.asked_at:
        await admission.ask(unit, services, group, row, await owners(unit, services))
    return await fresh_row(unit, group)


def door_of(services: Services) -> Door | None:
    """What becomes of a group that nobody told of; None where everybody may bring the bot."""
    return None if services.settings.operators.who_may_add == "anyone" else partial(found, services)


async def found(
    services: Services, unit: Unit, group: GroupRow, leaders: Sequence[int], members: int, at: int
) -> GroupRow:
    """The bot is in a group that nobody told of: where an operator leads, it may be."""
    own = sorted(set(leaders) & await owners(unit, services))
    return await arrived(unit, services, group, Adder(own[0] if own else 0), at, members=members)


async def remembered(unit: Unit, group: GroupRow, adder: Adder, at: int, *, members: int, fresh: bool) -> ArrivalRow:
    """What is known of this arrival; a template that was named before anybody knew who came stays."""
    before = await arrivals.get(unit, group.id)
    same = before is not None and not before.adder_id and group.state in groups.OUTSIDE
    row = ArrivalRow(group.id, adder.user_id, adder.name, adder.username, members, fresh, 0, "", 0, at)
    if before is not None and same:
        row = row._replace(
            members=members or before.members, fresh=before.fresh, asked_at=before.asked_at,
            template=before.template, template_by=before.template_by,
        )  # fmt: skip
    await arrivals.note(unit, row)
    if adder.language and not group.set_up_by:
        await groups.update(unit, group.id, language=adder.language)
    return row


async def let_in(unit: Unit, services: Services, group: GroupRow, adder_id: int, template: str, at: int) -> GroupRow:
    """Somebody said yes about a group that waited; what the bot may do there was heard meanwhile."""
    row = await arrivals.get(unit, group.id)
    await arrivals.stay(unit, group.id, at)
    # Known before, the bot comes back; else it is new here. What it heard while it waited counts as gained only now.
    before = group._replace(
        state="active", bot_status="" if row is None or row.fresh else "left", bot_rights=frozenset()
    )
    await groups.update(unit, group.id, bot_joined_at=at)
    await membership.bot_changed(unit, before, group.bot_status or "member", group.bot_rights, at)
    return await accepted(unit, services, group, adder_id, template, at)


async def adopted(unit: Unit, services: Services, group: GroupRow, adder_id: int, at: int) -> GroupRow:
    """The group was served before anybody knew who brought the bot; what their link named may have been said before."""
    row = await arrivals.get(unit, group.id)
    template = "" if row is None else template_of(row._replace(adder_id=adder_id))
    await arrivals.change(unit, group.id, adder_id=adder_id)
    return await accepted(unit, services, group, adder_id, template, at)


async def accepted(unit: Unit, services: Services, group: GroupRow, adder_id: int, template: str, at: int) -> GroupRow:
    """The bot may stay: the group is served from now on, and whoever brought it is shown how to set it up."""
    own = services.settings.operators.user_ids
    mine = await owners(unit, services)
    owner = adder_id if adder_id in mine or not mine else next(iter(own), min(mine))
    await groups.update(unit, group.id, state="active", set_up_by=adder_id, owner_id=owner)
    await arrivals.drop_cards(unit, group.id)
    group = await fresh_row(unit, group)
    policy = await services.moderator.policy_of(unit, group)
    await membership.begin_rules(unit, group, policy, at)
    await audit.done(unit, Actor(adder_id), ACCEPTED, at, group_id=group.id)
    if template and not named(template):
        await tell_of_template(unit, group, adder_id, at)
    await settingup.begin(unit, services, group, adder_id, named(template), at)
    await letter.begin(unit, group, at)
    return await fresh_row(unit, group)


async def fresh_row(unit: Unit, group: GroupRow) -> GroupRow:
    return (await groups.by_ids(unit, [group.id]))[group.id]


def template_of(row: ArrivalRow) -> str:
    """What the link of whoever brought the bot named; what others say counts for nothing."""
    return row.template if row.template_by and row.template_by == row.adder_id else ""


async def template_named(unit: Unit, services: Services, group: GroupRow, by: int, word: str, at: int) -> None:
    """`/start@bot t_camp` was said in the group, perhaps before it is known who brought the bot, perhaps twice."""
    await arrivals.ensure(unit, ArrivalRow(group.id, 0, "", "", 0, False, 0, "", 0, at))
    row = await arrivals.get(unit, group.id)
    if row is None or row.template or row.adder_id not in (0, by) or at > row.at + TEMPLATE_SECONDS:
        return
    await arrivals.change(unit, group.id, template=word, template_by=by)
    if group.state == "active" and row.adder_id == by:
        await apply_template(unit, services, group, word, by, at)
        await settingup.refresh(unit, services, group, at)


async def apply_template(unit: Unit, services: Services, group: GroupRow, template: str, by: int, at: int) -> None:
    """Unknown ones change nothing; whoever brought the bot hears so once."""
    if not (await presets.apply(unit, group, template, by, at)).preset:
        await tell_of_template(unit, group, by, at)


async def tell_of_template(unit: Unit, group: GroupRow, by: int, at: int) -> None:
    person = (await users.reachable(unit, [by])).get(by)
    if person is None:
        return
    words = (Phrase("own.template_unknown", (("title", group.title),)),)
    said = Say(words=words, language=person.language or group.language, to_user=by, purpose="notice")
    await acts.write(
        unit, key=f"template:{group.id}:{at}", group_id=group.id, chat_id=by, user_id=by,
        planned=[Planned(said)], at=at,
    )  # fmt: skip
