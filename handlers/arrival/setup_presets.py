"""Presets: what one would change is shown before it is applied, to one group or to all that have none yet."""

from collections.abc import Iterable

from bot.arrival import presets, settingup
from bot.storage import groups, setups
from bot.storage.buttons import ButtonRow
from bot.storage.groups import GroupRow
from handlers.arrival.setup import FRONT, confirmed, in_setup, may, press_here, saved
from handlers.frame.context import Talk
from handlers.frame.presses import press
from handlers.policy.changing import locked
from handlers.reading.targets import group_row
from handlers.saying.answers import alert, plain
from handlers.saying.panels import Made, back, panel, show
from rules.conduct.effects import Button, Phrase
from rules.conduct.presets import PRESETS, difference

PUT = "setup.preset_put"


@panel("presets", "setup.page_presets")
async def choices(talk: Talk) -> Made:
    words = [
        in_setup("presets_head"),
        *(in_setup(f"preset_about_{name}") for name in PRESETS),
        in_setup("presets_observe"),
    ]
    return words, (*in_twos(preset(name, "setup.preset_ask") for name in PRESETS), (back(FRONT),))


def preset(name: str, action: str) -> Button:
    return Button(label=in_setup(f"preset_{name}"), action=action, note=name)


def in_twos(buttons: Iterable[Button]) -> tuple[tuple[Button, ...], ...]:
    listed = list(buttons)
    return tuple(tuple(listed[at : at + 2]) for at in range(0, len(listed), 2))


@press_here("setup.preset_ask")
async def ask(talk: Talk, button: ButtonRow) -> None:
    await show_difference(talk, button.note)


async def show_difference(talk: Talk, name: str, *also: Phrase) -> None:
    changes = difference(await talk.policy(), name)
    if name not in PRESETS:
        await alert(talk, in_setup("preset_unknown"))
        return
    lines = [line(talk, key, *change) for key, change in changes.items()]
    head = in_setup("preset_changes" if lines else "preset_same", preset=plain(talk, in_setup(f"preset_{name}")))
    sure = Button(label=in_setup("preset_put"), action=PUT, note=name, ref=group_row(talk).policy_version)
    await show(talk, [*also, head, *lines, in_setup("presets_observe")], ((sure,), (back("presets"),)))


def line(talk: Talk, key: str, now: object, then: object) -> Phrase:
    what = plain(talk, in_setup(f"key_{key.replace('.', '_')}"))
    return in_setup("change", what=what, now=shown(talk, now), then=shown(talk, then))


def shown(talk: Talk, value: object) -> str:
    return plain(talk, in_setup("on" if value else "off")) if isinstance(value, bool) else str(value)


@press_here(PUT)
async def put(talk: Talk, button: ButtonRow) -> None:
    """Only what was shown is applied: where somebody changed the policy meanwhile, the difference is shown anew."""
    group = await locked(talk)
    if button.ref != group.policy_version:
        await show_difference(talk, button.note, in_setup("changed_meanwhile"))
        return
    applied = await presets.apply(talk.unit, group, button.note, talk.actor.user_id, talk.at)
    if applied.preset:
        await saved(talk)
    else:
        await alert(talk, in_setup("preset_unknown"))


@press("setup.many")
async def many(talk: Talk, _: ButtonRow) -> None:
    """[全部用同一套]: for the groups this person added and has not chosen for."""
    open_ones = await unchosen(talk)
    if not open_ones:
        await alert(talk, in_setup("many_none"))
        return
    words = [in_setup("many_which", n=len(open_ones)), *(in_setup(f"preset_about_{name}") for name in PRESETS)]
    await show(talk, words, in_twos(preset(name, "setup.many_ask") for name in PRESETS), of_group=False)


@press("setup.many_ask")
async def many_ask(talk: Talk, button: ButtonRow) -> None:
    open_ones = await unchosen(talk)
    words = [in_setup("many_sure", n=len(open_ones), preset=plain(talk, in_setup(f"preset_{button.note}")))]
    words += [in_setup("many_line", title=group.title) for group in open_ones[:20]]
    words.append(in_setup("presets_observe"))
    sure = Button(label=in_setup("many_put"), action="setup.many_put", note=button.note)
    again = Button(label=in_setup("many_back"), action="setup.many")
    await show(talk, words, ((sure,), (again,)), of_group=False)


@press("setup.many_put")
async def many_put(talk: Talk, button: ButtonRow) -> None:
    """Each group in its turn is asked about; what somebody else chose meanwhile stays."""
    by, at = talk.actor.user_id, talk.at
    open_ones = await unchosen(talk)
    done = [group for group in open_ones if (await presets.apply(talk.unit, group, button.note, by, at)).preset]
    if not done:
        await alert(talk, in_setup("many_none"))
        return
    await settingup.refresh_all(talk.unit, talk.services, done, talk.at)
    await confirmed(talk, "saved")


async def unchosen(talk: Talk) -> list[GroupRow]:
    """Of the groups this person added those without a preset, where they may decide."""
    rows = [row for row in await setups.of_person(talk.unit, talk.actor.user_id) if not row.done_at]
    known = await groups.by_ids(talk.unit, [row.group_id for row in rows])
    found = [known[row.group_id] for row in rows if row.group_id in known]
    return [g for g in found if g.state == "active" and await may(talk, "press.setup.preset_put", g.id)]
