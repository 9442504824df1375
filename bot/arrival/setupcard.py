"""What stands on the set-up card of one group, and on the one about many: sentences and buttons, nothing is sent."""

from collections.abc import Iterator, Sequence

from bot.arrival import checkup
from bot.arrival.checkup import Seen
from bot.arrival.links import startgroup
from bot.services import Services
from bot.storage import Unit, groups, setups
from bot.storage.groups import GroupRow
from bot.storage.setups import SetupRow
from rules.conduct.effects import Button, Phrase, Value
from rules.conduct.policy_layers import Loaded

Rows = tuple[tuple[Button, ...], ...]

SUMMARY = "setup.many_head"
OPEN = "menu.open"
PAGES = (("presets", "setup.names"), ("setup.language", "setup.zone"), ("setup.bots", "setup.topics"),
         ("setup.desk", "setup.about"))  # fmt: skip
LISTED = 20


def said(key: str, /, **params: Value) -> Phrase:
    return Phrase(f"setup.{key}", tuple(params.items()))


def leads(key: str, action: str, *, note: str = "") -> Button:
    return Button(label=said(key), action=action, audience="leaders", note=note)


def page(name: str) -> Button:
    return leads(f"page_{name.removeprefix('setup.')}", OPEN, note=name)


async def card(unit: Unit, services: Services, group: GroupRow, language: str) -> tuple[list[Phrase], Rows]:
    """The present state of the group; the pages behind its buttons are panels."""
    loaded = (await services.moderator.ruled(unit, group)).loaded
    seen = await checkup.look(unit, services, group)
    row = await setups.get(unit, group.id)
    found = await checkup.problems(unit, services, seen)
    words = [said("head", title=group.title), *(each.words for each in found)]
    if not checkup.lacks(group):
        words.append(said("rights_all"))
    words += [*about_bots(services, seen, language), topics(group), speaks(services, group, language)]
    words += [chosen(row), name_format(loaded), await desk(unit, group)]
    words.append(said(left_to_do(group, row)))
    return words, buttons(services, group, row)


def buttons(services: Services, group: GroupRow, row: SetupRow | None) -> Rows:
    grant = ((Button(label=said("grant"), url=startgroup(services.me.username)),),) if checkup.lacks(group) else ()
    pages = tuple(tuple(page(name) for name in pair) for pair in PAGES)
    last = (leads("try", "setup.try"), leads("again", "setup.again"))
    accept = () if row is not None and row.done_at else ((leads("as_it_is", "setup.accept"),),)
    return (*grant, *pages, last, *accept)


def is_done(group: GroupRow, row: SetupRow | None) -> bool:
    """Nothing that is needed is missing, and somebody has chosen."""
    return row is not None and bool(row.done_at) and not checkup.lacks(group)


def left_to_do(group: GroupRow, row: SetupRow | None) -> str:
    """The key of the last line: only what is really left is asked for."""
    chosen = row is not None and bool(row.done_at)
    if checkup.lacks(group):
        return "open_rights" if chosen else "open"
    return "done" if chosen else "open_choice"


def about_bots(services: Services, seen: Seen, language: str) -> Iterator[Phrase]:
    for bot in seen.bots:
        jobs = [services.texts.plain(said(f"job_{job}"), language) for job in bot.jobs]
        if jobs:
            yield said("other_bot", bot=bot.shown, jobs=" · ".join(jobs))
        else:
            yield said("other_bot_unknown", bot=bot.shown)
    if seen.bots:
        yield said("we_greet" if seen.policy.welcome.enabled else "they_greet")


def topics(group: GroupRow) -> Phrase:
    return said("topics" if group.is_forum else "no_topics")


def speaks(services: Services, group: GroupRow, language: str) -> Phrase:
    named = [services.texts.plain(said(f"tongue_{code}"), language)
             for code in (group.language, group.second_language) if code]  # fmt: skip
    return said("speaks", languages=" + ".join(named), zone=group.zone)


def chosen(row: SetupRow | None) -> Phrase:
    if row is None or not row.done_at:
        return said("preset_none")
    return said(f"preset_is_{row.preset}" if row.preset else "preset_is_default")


def name_format(loaded: Loaded) -> Phrase:
    names = loaded.policy.nickname_format
    if names.mode != "off":
        return said("names_on", example=names.example)
    if loaded.origin.get("nickname_format.pattern", "defaults") != "defaults":
        return said("names_saved", example=names.example)
    return said("names_none")


async def desk(unit: Unit, group: GroupRow) -> Phrase:
    if not group.moderators_chat:
        return said("desk_private")
    found = (await groups.by_chats(unit, [group.moderators_chat])).get(group.moderators_chat)
    return said("desk_is", title=found.title if found else "–")


async def summary(
    unit: Unit, services: Services, user_id: int, rows: Sequence[SetupRow], last: int
) -> tuple[list[Phrase], Rows]:
    """`last` is the group that came or changed last; those that still lack something are listed."""
    known = await groups.by_ids(unit, [row.group_id for row in rows])
    here = [(known[row.group_id], row) for row in rows if row.group_id in known]
    open_ones = [(group, row) for group, row in here if not is_done(group, row)]
    title = known[last].title if last in known else here[-1][0].title
    done = len(here) - len(open_ones)
    words = [said("many_head", title=title, done=done, all=len(here))]
    words += [still(group, row) for group, row in open_ones[:LISTED]]
    if len(open_ones) > LISTED:
        words.append(said("many_more", n=len(open_ones) - LISTED))
    words.append(said("many_open" if open_ones else "many_done"))
    return words, many_buttons(user_id, any(not row.done_at for _, row in open_ones))


def many_buttons(user_id: int, unchosen: bool) -> Rows:
    all_of_them = Button(said("many_same"), "setup.many", "member", user_id)
    see = Button(said("many_list"), "chats.page", "member", user_id)
    return ((all_of_them,), (see,)) if unchosen else ((see,),)


def still(group: GroupRow, row: SetupRow) -> Phrase:
    """What one of many still lacks, in a line."""
    if checkup.is_away(group):
        return said("still_gone", title=group.title)
    lacks = checkup.lacks(group)
    if lacks and not row.done_at:
        return said("still_both", title=group.title)
    return said("still_rights" if lacks else "still_preset", title=group.title)
