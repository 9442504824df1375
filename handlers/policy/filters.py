"""/filter: what the group does not want to read, entry by entry; what is fine all the same; a text to try it on."""

from collections.abc import Awaitable, Callable, Mapping, Sequence

from bot.storage.buttons import ButtonRow
from handlers.frame.context import Talk
from handlers.frame.orders import Order
from handlers.frame.presses import press
from handlers.policy.changing import change
from handlers.policy.filter_entries import ALLOWED, LISTS, Entry, entry_of, in_filter
from handlers.policy.filter_tries import tried
from handlers.policy.proposals import hindrances
from handlers.reading.targets import group_row
from handlers.saying.answers import Rows, alert, answer, in_private, phrase, plain
from handlers.saying.panels import Made, back, panel, show
from rules.conduct.effects import Button, Phrase
from rules.conduct.policy_layers import value_of

PANEL, MODE = "filters", "filter.mode"
MODES = ("off", "observe", "enforce")
MOST_SHOWN = 40


async def filter_(talk: Talk, order: Order) -> None:
    way = WAYS.get(order.first().lower())
    if way is not None:
        await way(talk, order.without_first())
    elif order.words:
        await answer(talk, in_filter("usage"))
    else:
        await alone(talk, lambda: told(talk))


async def add(talk: Talk, order: Order) -> None:
    entry = await meant(talk, order)
    if entry is not None:
        await put(talk, entry.key, entry, "filter.add")


async def remove(talk: Talk, order: Order) -> None:
    entry = await meant(talk, order)
    if entry is not None:
        await take_out(talk, entry.key, entry, "filter.remove")


async def allow(talk: Talk, order: Order) -> None:
    entry = await allowed(talk, order)
    if entry is not None:
        await put(talk, entry.key, entry, "filter.allow")


async def disallow(talk: Talk, order: Order) -> None:
    entry = await allowed(talk, order)
    if entry is not None:
        await take_out(talk, entry.key, entry, "filter.disallow")


async def try_out(talk: Talk, order: Order) -> None:
    """Nothing of it is kept."""
    pointed = order.answered
    if not order.words and pointed is None:
        await answer(talk, in_filter("usage_test"))
    else:
        await alone(talk, lambda: tried(talk, order.words, pointed.facts if pointed and not order.words else None))


async def meant(talk: Talk, order: Order) -> Entry | None:
    if not order.words.strip():
        await answer(talk, in_filter("usage"))
        return None
    entry = entry_of(order.words)
    if isinstance(entry, Entry):
        return entry
    await answer(talk, entry)
    return None


async def allowed(talk: Talk, order: Order) -> Entry | None:
    entry = await meant(talk, order)
    if entry is None or entry.name in ALLOWED:
        return entry._replace(name=ALLOWED[entry.name]) if entry is not None else None
    await answer(talk, in_filter("no_allow"))
    return None


async def put(talk: Talk, key: str, entry: Entry, action: str) -> None:
    known = await entries(talk, key)
    if entry.value in known:
        await answer(talk, in_filter("is_there"))
        return
    changes = {key: [*known, entry.value]}
    wrong = await hindrances(talk, changes)
    if wrong:
        await answer(talk, wrong)
        return
    await change(talk, action, changes)
    off = (await talk.policy()).blocked_text.mode == "off"
    said = [in_filter("added", entry=shown(talk, entry), n=len(known) + 1)]
    await answer(talk, [*said, in_filter("is_off")] if off else said)


async def take_out(talk: Talk, key: str, entry: Entry, action: str) -> None:
    """Letters of either case are one entry."""
    known = await entries(talk, key)
    left = [each for each in known if each.casefold() != entry.value.casefold()]
    if len(left) == len(known):
        await answer(talk, in_filter("is_not_there", entry=shown(talk, entry)))
        return
    await change(talk, action, {key: left})
    await answer(talk, in_filter("removed", entry=shown(talk, entry), n=len(left)))


def shown(talk: Talk, entry: Entry) -> str:
    """In the group a list of what is watched for would be a manual."""
    name = plain(talk, in_filter(f"list_{entry.name}"))
    return f"{name} {entry.value}" if talk.private else name


async def entries(talk: Talk, key: str) -> list[str]:
    return [str(each) for each in value_of(await talk.policy(), key)]  # type: ignore[attr-defined]


async def alone(talk: Talk, words: Callable[[], Awaitable[Sequence[Phrase]]]) -> None:
    if not await in_private(talk, words, buttons()):
        await answer(talk, phrase("policy_in_private", bot=talk.services.me.username, group=group_row(talk).id))


async def told(talk: Talk) -> list[Phrase]:
    terms = (await talk.policy()).blocked_text
    lines = [in_filter("head", title=group_row(talk).title), in_filter(f"mode_{terms.mode}")]
    for name in (*LISTS, *ALLOWED.values()):
        found = [str(each) for each in getattr(terms, name)]
        if found:
            more = f" … +{len(found) - MOST_SHOWN}" if len(found) > MOST_SHOWN else ""
            label = plain(talk, in_filter(f"list_{name}"))
            lines.append(in_filter("line", name=label, n=len(found), entries="、".join(found[:MOST_SHOWN]) + more))
    return [*lines, in_filter("usage")]


def buttons() -> Rows:
    row = tuple(Button(in_filter(f"button_{mode}"), MODE, "leaders", note=mode) for mode in MODES)
    return (row,)


@panel(PANEL, "filter.title")
async def listed(talk: Talk) -> Made:
    return await told(talk), (*buttons(), (back(),))


@press(MODE)
async def set_mode(talk: Talk, button: ButtonRow) -> None:
    if button.note not in MODES:
        await alert(talk, phrase("press_unknown"))
        return
    if (await talk.policy()).blocked_text.mode != button.note:
        await change(talk, "filter.mode", {"blocked_text.mode": button.note})
    await show(talk, await told(talk), (*buttons(), (back(),)))


WAYS: Mapping[str, Callable[[Talk, Order], Awaitable[None]]] = {
    **dict.fromkeys(("add", "加", "添加"), add), **dict.fromkeys(("remove", "删", "删除", "去掉"), remove),
    **dict.fromkeys(("allow", "放行"), allow), **dict.fromkeys(("disallow", "不放行"), disallow),
    **dict.fromkeys(("test", "试", "试试"), try_out),
    **dict.fromkeys(("list", "列表"), lambda talk, _: alone(talk, lambda: told(talk))),
}  # fmt: skip
