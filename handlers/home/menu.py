"""/menu: the front page for one group and one role, in private; what it opens is registered by whoever owns it."""

from collections.abc import Iterable, Iterator, Sequence

from bot.powers import AUDIENCES, LEADERS, STAFF
from bot.roles import roles_of
from bot.storage import quiet
from bot.storage.buttons import ButtonRow
from bot.storage.groups import GroupRow
from handlers.frame.context import Talk
from handlers.frame.orders import Order
from handlers.frame.payloads import payload
from handlers.frame.presses import press
from handlers.joining.waits import how_it_stands
from handlers.reading.choosing import GROUP, mine
from handlers.reading.homes import homes
from handlers.saying.answers import Rows, alert, answer, phrase
from handlers.saying.pages import page_of
from handlers.saying.panels import FRONT, PANELS, Made, Panel, in_menu, open_panel, opens, panel, show
from rules.conduct.effects import Button, Phrase

# In this order, two in a row; only what is registered as a panel stands there.
FOR_MEMBERS = ("rules", "record", "points", "appeal", "nick", "language", "privacy", "about")
FOR_LEADERS = (
    "inbox", "setup", "policy", "presets", "notice", "lockdown", "replies", "filters", "topics",
    "blacklist", "doctor", "letter", "importing", "joining", "team", "chats",
)  # fmt: skip
IN_A_ROW, ON_A_PAGE = 2, 12
PAGE = "menu.page"


async def menu(talk: Talk, _: Order) -> None:
    """In a group that group's, in private that of the only group one is in, or the choice."""
    if talk.actor.anonymous or talk.actor.channel:
        await answer(talk, phrase("personal_needs_a_name"))
        return
    if talk.private:
        await quiet.opt_out(talk.unit, talk.actor.user_id, 0)
    found = [] if talk.group else await reachable(talk)
    if len(found) == 1:
        talk.group = found[0]
    await open_panel(talk, FRONT)


@payload("menu")
async def of_link(talk: Talk, number: str) -> bool:
    """`?start=menu_<group>`: a link says which group is meant and gives nobody anything."""
    known = {str(group.id): group for group in await reachable(talk)}
    talk.group = known.get(number)
    await (open_panel(talk, FRONT) if talk.group else menu(talk, Order("menu")))
    return True


async def reachable(talk: Talk) -> list[GroupRow]:
    """The groups this person is in or leads."""
    found = {group.id: group for group in (*await homes(talk), *await mine(talk, STAFF))}
    return [found[number] for number in sorted(found)]


def choice(found: Sequence[GroupRow], page: int) -> Rows:
    """A button a group, and the way to the next page where one page cannot hold them."""
    shown, turn = page_of(found, page, ON_A_PAGE, PAGE)
    rows = ((Button(label=in_menu("group", title=group.title), action=GROUP, ref=group.id),) for group in shown)
    return (*rows, *turn)


def chosen_from(found: Sequence[GroupRow], page: int) -> Made:
    return [in_menu("choose" if found else "no_groups")], choice(found, page)


@panel(FRONT, "menu.front", "member")
async def front(talk: Talk) -> Made:
    """Without a group the choice of one."""
    if talk.group is None:
        found = await reachable(talk)
        waiting, on = ([], ()) if found else await how_it_stands(talk)
        return (waiting, on) if waiting else chosen_from(found, 0)
    held = await roles_of(talk.unit, talk.actor, talk.group.id)
    rows = list(in_rows(offered(FOR_MEMBERS)))
    words: list[Phrase] = [in_menu("head", title=talk.group.title)]
    if held & STAFF:
        theirs = [each for each in offered(FOR_LEADERS) if held & AUDIENCES.get(each.audience, STAFF)]
        rows += in_rows(theirs)
    if held & LEADERS:
        words.append(in_menu("head_leader"))
    if len(await reachable(talk)) > 1:
        rows.append((Button(label=in_menu("other_group"), action=PAGE),))
    return words, tuple(rows)


def offered(names: Iterable[str]) -> list[Panel]:
    return [PANELS[name] for name in names if name in PANELS]


def in_rows(found: Sequence[Panel]) -> Iterator[tuple[Button, ...]]:
    for first in range(0, len(found), IN_A_ROW):
        yield tuple(opens(each.name) for each in found[first : first + IN_A_ROW])


@press(GROUP)
async def chosen(talk: Talk, button: ButtonRow) -> None:
    known = {group.id: group for group in await reachable(talk)}
    talk.group = known.get(button.ref)
    if talk.group is None:
        await alert(talk, in_menu("group_away"))
    else:
        await open_panel(talk, button.note or FRONT)


@press(PAGE)
async def other_page(talk: Talk, button: ButtonRow) -> None:
    talk.group = None
    await show(talk, *chosen_from(await reachable(talk), button.ref))
