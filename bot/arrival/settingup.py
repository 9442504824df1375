"""The set-up card: one post for each group, or one for many, that says what is still missing; edited in place.

It goes to the moderators' chat if one is set, else privately to who set the group up, else it waits until they start
the bot; never into the members' group.
"""

from collections.abc import Sequence
from dataclasses import replace
from secrets import token_hex

from bot.arrival import presets, setupcard
from bot.desks import cards
from bot.services import Services
from bot.storage import Unit, acts, groups, setups, users
from bot.storage.actrows import FAILED, ActRow
from bot.storage.groups import GroupRow
from bot.storage.setups import SetupRow
from rules.conduct.effects import DAY, HOUR, Edit, Phrase, Planned, Say

MANY = 3
"""So many groups of one person within an hour share one post."""
Post = tuple[int, int]
"""A chat and a message in it."""
NOWHERE: Post = (0, 0)
CARD_SECONDS = 2 * DAY


async def begin(unit: Unit, services: Services, group: GroupRow, adder_id: int, template: str, at: int) -> None:
    """The group was accepted: its card is shown, or waits for whoever set it up."""
    await setups.begin(unit, group.id, adder_id, at)
    if template:
        await presets.apply(unit, group, template, adder_id, at)
    group = (await groups.by_ids(unit, [group.id]))[group.id]._replace(set_up_by=adder_id)
    if group.moderators_chat:
        await show_one(unit, services, group, at)
    else:
        await show(unit, services, adder_id, at)


async def show(unit: Unit, services: Services, user_id: int, at: int) -> int:
    """The cards of this person that stand nowhere yet: one by one, or together where there are many."""
    if not await users.reachable(unit, [user_id]):
        return 0
    rows = await setups.of_person(unit, user_id)
    known = await groups.by_ids(unit, [row.group_id for row in rows])
    mine = [row for row in rows if is_private(known.get(row.group_id))]
    new = [row for row in mine if not row.act_id]
    together = await summary_of(unit, mine)
    since = min((row.at for row in new), default=at)
    if new and (together is not None or len(counted(mine, since)) >= MANY):
        return await show_many(unit, services, user_id, new, together, at)
    for row in new:
        await show_one(unit, services, known[row.group_id], at)
    return len(new)


def is_private(group: GroupRow | None) -> bool:
    return group is not None and group.state == "active" and not group.moderators_chat


async def show_one(unit: Unit, services: Services, group: GroupRow, at: int) -> int:
    """The card of one group; the number of its post, 0 where nobody can be written to."""
    place = await cards.reach(unit, group, at=at)
    if place is None:
        return 0
    words, rows = await setupcard.card(unit, services, group, place.language)
    post = replace(place, words=tuple(words), buttons=rows)
    planned = Planned(post, expires_at=at + CARD_SECONDS)
    act = await cards.send(unit, group, place, planned, key=f"setup:{group.id}:{at}", at=at)
    await setups.shown(unit, [group.id], act)
    return act


async def show_many(
    unit: Unit, services: Services, user_id: int, new: Sequence[SetupRow], together: ActRow | None, at: int
) -> int:
    """In the post that stands already, else in a new one; how many posts."""
    if together is not None:
        await setups.shown(unit, [row.group_id for row in new], together.id)
        await redraw_many(unit, services, user_id, together, new[-1].group_id, at)
        return 0
    post = Say(words=(), language="", to_user=user_id, purpose="card")
    language = await language_for(unit, user_id, new[-1].group_id)
    rows = counted(await setups.of_person(unit, user_id), min(row.at for row in new))
    words, buttons = await setupcard.summary(unit, services, user_id, rows, new[-1].group_id)
    ids = await acts.write(
        unit, key=f"setups:{user_id}:{new[0].group_id}:{at}", group_id=None, chat_id=user_id,
        user_id=user_id, at=at,
        planned=[Planned(replace(post, words=tuple(words), buttons=buttons, language=language),
                         expires_at=at + CARD_SECONDS)],
    )  # fmt: skip
    await setups.shown(unit, [row.group_id for row in new], ids[0])
    return 1


async def language_for(unit: Unit, user_id: int, group_id: int) -> str:
    person = (await users.get(unit, [user_id])).get(user_id)
    return (person.language if person else "") or (await groups.by_ids(unit, [group_id]))[group_id].language


def counted(rows: Sequence[SetupRow], first: int) -> list[SetupRow]:
    """Those a post about many counts, of which the first came then: of the hour before it, and all that came since."""
    return [row for row in rows if row.at >= first - HOUR]


async def summary_of(unit: Unit, rows: Sequence[SetupRow]) -> ActRow | None:
    """The post about many groups to which another one is added: of the last hour in which groups came."""
    for row in reversed(rows):
        post = await acts.get(unit, row.act_id) if row.act_id else None
        if post is not None and is_summary(post) and post.state not in FAILED and rows[-1].at <= row.at + HOUR:
            return post
    return None


def is_summary(post: ActRow) -> bool:
    return isinstance(post.act, Say) and post.act.words[0].key == setupcard.SUMMARY


async def refresh(unit: Unit, services: Services, group: GroupRow, at: int, pressed: Post = NOWHERE) -> None:
    """Something of the group has changed: its card, and the post about many that counts it, say so.

    The post that was `pressed` is changed by whoever answers it.
    """
    group = (await groups.by_ids(unit, [group.id]))[group.id]
    row = await setups.get(unit, group.id)
    if row is None:
        return
    post = await acts.get(unit, row.act_id) if row.act_id else None
    if post is not None and not is_summary(post):
        place = await cards.reach(unit, group, at=at)
        language = place.language if place else group.language
        await edit(unit, post, *await setupcard.card(unit, services, group, language), at, pressed)
    together = post if post is not None and is_summary(post) else await of_many(unit, row)
    if together is not None:
        await redraw_many(unit, services, row.user_id, together, group.id, at, pressed)


async def of_many(unit: Unit, row: SetupRow) -> ActRow | None:
    near = [each for each in await setups.of_person(unit, row.user_id, row.at - HOUR) if each.at <= row.at + HOUR]
    return await summary_of(unit, near)


async def redraw_many(
    unit: Unit, services: Services, user_id: int, post: ActRow, group_id: int, at: int, pressed: Post = NOWHERE
) -> None:
    mine = await setups.of_person(unit, user_id)
    first = min((row.at for row in mine if row.act_id == post.id), default=at)
    rows = counted(mine, first)
    await edit(unit, post, *await setupcard.summary(unit, services, user_id, rows, group_id), at, pressed)


async def edit(
    unit: Unit, post: ActRow, words: Sequence[Phrase], buttons: setupcard.Rows, at: int, pressed: Post
) -> None:
    """Also a post that is still on its way; one that never came is left alone."""
    message_id = acts.message_of(post.result)
    if not isinstance(post.act, Say) or post.state in FAILED or (post.chat_id, message_id) == pressed:
        return
    changed = Edit(words=tuple(words), language=post.act.language, message_id=message_id, to_chat=post.chat_id,
                   buttons=buttons)  # fmt: skip
    # The card may come back to what it said before, so no edit's key can be made of its words.
    ids = await acts.write(
        unit, key=f"setup:edit:{post.id}:{token_hex(8)}", group_id=post.group_id,
        chat_id=post.chat_id, user_id=post.user_id, planned=[Planned(changed)], at=at,
    )  # fmt: skip
    if not message_id:
        await acts.comes_after(unit, ids[0], post.id)


async def refresh_all(unit: Unit, services: Services, several: Sequence[GroupRow], at: int) -> None:
    """Many groups of one person changed at once: each post says so once."""
    rows = await setups.of_groups(unit, [group.id for group in several])
    posts = {row.act_id: group for group in several if (row := rows.get(group.id)) is not None}
    for group in posts.values():
        await refresh(unit, services, (await groups.by_ids(unit, [group.id]))[group.id], at)
