"""What a group's policy was before: its versions by who, when and why, compared, and taken up again as a new one."""

from collections.abc import Mapping, Sequence
from typing import Any

from bot.storage import members, policies, users
from bot.storage.buttons import ButtonRow
from bot.storage.policies import PolicyRow
from handlers.frame.context import Talk
from handlers.frame.orders import Order
from handlers.frame.presses import press
from handlers.policy import changing, proposals
from handlers.policy.naming import full_name, in_policy, in_words, read_alone, signed
from handlers.policy.settingpage import PANEL, button
from handlers.reading.numbers import decision_number
from handlers.reading.targets import group_row
from handlers.saying.answers import alert, answer, plain
from handlers.saying.pages import page_of
from handlers.saying.panels import Made, back, show
from handlers.saying.times import moment
from rules.conduct.effects import Phrase
from rules.conduct.policy_layers import keys, merge

HISTORY, VERSION, DIFF, ASK, PUT = (
    "policy.history",
    "policy.version",
    "policy.diff",
    "policy.rollback",
    "policy.back_put",
)
A_PAGE, MOST_LINES, IN_A_ROW = 6, 25, 6

Own = Mapping[str, object]


async def history(talk: Talk, _: Order) -> None:
    await read_alone(talk)
    await show(talk, *await page(talk, 0))


async def page(talk: Talk, number: int) -> Made:
    group = group_row(talk)
    rows = await policies.history(talk.unit, "group", group.id, None)
    if not rows:
        return [in_policy("history_none")], ((back(PANEL),),)
    here, turn = page_of(rows, number, A_PAGE, HISTORY)
    named = await names_of(talk, here)
    words = [in_policy("history_head", title=group.title)]
    for row in here:
        words.append(in_policy("history_line", **about(talk, row, named), what=what_changed(talk, row)))
        words += [in_policy("history_because", reason=row.reason)] if row.reason else []
    opened = tuple(button(in_policy("button_version", version=row.id), VERSION, ref=row.id) for row in here)
    return words, (opened, *turn, (back(PANEL),))


async def names_of(talk: Talk, rows: Sequence[PolicyRow]) -> dict[int, str]:
    group_id, asked = group_row(talk).id, {row.author for row in rows}
    known = {user_id: row.name for user_id, row in (await users.get(talk.unit, asked)).items()}
    here = await members.load(talk.unit, [(group_id, each) for each in asked])
    return known | {user_id: row.name for (_, user_id), row in here.items() if row.name}


def about(talk: Talk, row: PolicyRow, named: Mapping[int, str]) -> dict[str, str | int]:
    return {
        "version": row.id,
        "at": moment(talk, row.at),
        "by": signed(talk, row.author, named.get(row.author, "")),
    }


def what_changed(talk: Talk, row: PolicyRow) -> str:
    changes = [(key, value) for key, value in merge(row.changes).items() if key in keys()]
    if not changes:
        return plain(talk, in_policy("history_replies"))
    key, value = changes[0]
    what = plain(talk, in_policy("history_change", name=full_name(talk, key), value=in_words(talk, key, value, 40)))
    return plain(talk, in_policy("history_more", what=what, n=len(changes))) if len(changes) > 1 else what


@press(HISTORY)
async def on_history(talk: Talk, pressed: ButtonRow) -> None:
    await show(talk, *await page(talk, pressed.ref))


async def version_of(talk: Talk, number: int) -> PolicyRow | None:
    """One of this group, never of another."""
    rows = await policies.history(talk.unit, "group", group_row(talk).id, 1, until=number)
    return rows[0] if rows and rows[0].id == number else None


async def own(talk: Talk, version: int) -> dict[str, object]:
    return merge(await policies.own_at(talk.unit, group_row(talk).id, version))


def differences(before: Own, after: Own) -> dict[str, tuple[Any, Any]]:
    """By key (before, after), in the order of the settings; None stands for what the layer below says."""
    return {key: (before.get(key), after.get(key)) for key in keys() if before.get(key) != after.get(key)}


def change_lines(talk: Talk, changed: Mapping[str, tuple[Any, Any]]) -> list[Phrase]:
    lines = [
        in_policy(
            "change_line", name=full_name(talk, key), before=in_words(talk, key, old), after=in_words(talk, key, new)
        )
        for key, (old, new) in list(changed.items())[:MOST_LINES]
    ]
    left = len(changed) - MOST_LINES
    return [*lines, in_policy("change_more", n=left)] if left > 0 else lines


@press(VERSION)
async def on_version(talk: Talk, pressed: ButtonRow) -> None:
    row = await version_of(talk, pressed.ref)
    if row is None:
        await alert(talk, in_policy("no_version", number=pressed.ref))
        return
    changed = differences(await own(talk, row.id - 1), await own(talk, row.id))
    words = [in_policy("version_head", **about(talk, row, await names_of(talk, [row])))]
    words += [in_policy("version_why", reason=row.reason)] if row.reason else []
    words += [in_policy("version_changed"), *change_lines(talk, changed)] if changed else [in_policy("version_nothing")]
    rows = (
        (button(in_policy("button_diff_now"), DIFF, ref=row.id), button(in_policy("button_rollback"), ASK, ref=row.id)),
        (button(in_policy("button_up"), HISTORY),),
    )
    await show(talk, words, rows if row.id != group_row(talk).policy_version else rows[1:])


async def diff(talk: Talk, order: Order) -> None:
    """`/policy diff 12` with now, `/policy diff 12 15`."""
    asked = await versions_meant(talk, order)
    if asked:
        await read_alone(talk)
        await show(
            talk, *await compared(talk, asked[0], asked[1] if len(asked) > 1 else group_row(talk).policy_version)
        )


async def versions_meant(talk: Talk, order: Order) -> list[int]:
    """The versions that are named; nothing after having said what is wrong."""
    words = order.words.split()
    numbers = [decision_number(word) or 0 for word in words]
    if not words or len(words) > 2:
        await answer(talk, in_policy("usage_versions"))
        return []
    for word, number in zip(words, numbers, strict=True):
        if await version_of(talk, number) is None:
            await answer(talk, in_policy("no_version", number=word))
            return []
    return numbers


async def compared(talk: Talk, first: int, second: int) -> Made:
    changed = differences(await own(talk, first), await own(talk, second))
    head = in_policy("diff_head" if changed else "diff_none", first=first, second=second)
    return [head, *change_lines(talk, changed)], ((button(in_policy("button_up"), HISTORY),),)


@press(DIFF)
async def on_diff(talk: Talk, pressed: ButtonRow) -> None:
    await show(talk, *await compared(talk, pressed.ref, group_row(talk).policy_version))


async def rollback(talk: Talk, order: Order) -> None:
    """`/policy rollback 12`: first what it would change."""
    asked = await versions_meant(talk, order)
    if asked:
        await read_alone(talk)
        await show(talk, *await rollback_page(talk, asked[0]))


async def rollback_page(talk: Talk, number: int, *also: Phrase) -> Made:
    group = group_row(talk)
    changed = differences(await own(talk, group.policy_version), await own(talk, number))
    up = (button(in_policy("button_up"), HISTORY),)
    if not changed:
        return [*also, in_policy("rollback_same", version=number)], (up,)
    sure = button(in_policy("rollback_sure"), PUT, str(group.policy_version), number)
    return [*also, in_policy("rollback_ask", version=number), *change_lines(talk, changed)], ((sure,), up)


@press(ASK)
async def on_ask(talk: Talk, pressed: ButtonRow) -> None:
    await show(talk, *await rollback_page(talk, pressed.ref))


@press(PUT)
async def on_put(talk: Talk, pressed: ButtonRow) -> None:
    """As a new version; where somebody was first, what it would change is shown anew."""
    group = await changing.locked(talk)
    if str(group.policy_version) != pressed.note or await version_of(talk, pressed.ref) is None:
        await show(talk, *await rollback_page(talk, pressed.ref, in_policy("changed_meanwhile")))
        return
    changed = differences(await own(talk, group.policy_version), await own(talk, pressed.ref))
    changes = {key: then for key, (_, then) in changed.items()}
    wrong = await proposals.hindrances(talk, changes)
    up = ((button(in_policy("button_up"), HISTORY),),)
    if wrong:
        await show(talk, [in_policy("rollback_wrong", version=pressed.ref), *wrong[:5]], up)
    elif changes:
        reason = plain(talk, in_policy("rollback_reason", version=pressed.ref))
        now = await changing.change(talk, "policy.rollback", changes, reason)
        await show(talk, [in_policy("rollback_done", version=pressed.ref, now=now)], up)
