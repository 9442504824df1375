"""/policy import: what a file would change, here and elsewhere, before anything of it is kept."""

import json
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from telegram import Message

from bot.conduct import policyfile
from bot.conduct.policyfile import Mistake
from bot.roles import Place, authorize
from bot.storage import drafts
from bot.storage.buttons import ButtonRow
from bot.storage.groups import GroupRow
from handlers.frame.awaiting import ask_for, awaits, expect_file
from handlers.frame.context import Talk
from handlers.frame.orders import Order
from handlers.frame.presses import press
from handlers.policy import changing, proposals
from handlers.policy.allowances import allowed_words
from handlers.policy.naming import in_policy
from handlers.policy.settingpage import PANEL, button
from handlers.policy.versions import change_lines
from handlers.reading.choosing import mine
from handlers.reading.targets import group_row
from handlers.saying.answers import Rows, alert, plain
from handlers.saying.panels import back, show
from rules.conduct.effects import Phrase
from rules.conduct.policy_layers import value_of

IMPORT, HERE, ALL, MANY = "policy.import", "policy.import_here", "policy.import_all", "policy.import_many"
DRAFT = "policy.import"
MOST_SHOWN, AT_ONCE = 15, 20


class Elsewhere(NamedTuple):
    """So many settings would change in another group; `fits` False: some of them contradict what stands there."""

    group: GroupRow
    n: int
    fits: bool = True


async def import_(talk: Talk, order: Order) -> None:
    """`/policy import`, or with the text at once."""
    if order.words.strip() and talk.private:
        await look_at(talk, order.words.encode())
    else:
        await ask(talk)


@press(IMPORT)
async def on_import(talk: Talk, _: ButtonRow) -> None:
    await ask(talk)


async def ask(talk: Talk, *also: Phrase) -> None:
    words = [*also, in_policy("import_ask")] if not also else list(also)
    await ask_for(talk, DRAFT, "", words, back_to=PANEL)


@awaits(DRAFT, "command.policy", takes_files=True)
async def came(talk: Talk, _: str, text: str, __: Message) -> None:
    sent = talk.fetched.document
    if sent is not None and sent.problem:
        await ask(talk, in_policy(f"import_{sent.problem}"))
        return
    await look_at(talk, sent.data if sent is not None else text.encode())


async def look_at(talk: Talk, data: bytes) -> None:
    """What it would change here and elsewhere; with one mistake nothing of it is used."""
    if len(data) > policyfile.MOST_BYTES:
        await ask(talk, in_policy("import_too_large"))
        return
    read = policyfile.parse(data)
    wrong = [problem_line(talk, each) for each in read.mistakes] or await fits_not(talk, read.values)
    if wrong:
        more = [in_policy("import_more", n=len(wrong) - MOST_SHOWN)] if len(wrong) > MOST_SHOWN else []
        await ask(talk, in_policy("import_problems"), *wrong[:MOST_SHOWN], *more)
        return
    content = json.dumps(read.values, ensure_ascii=False)
    draft = await drafts.put(talk.unit, talk.actor.user_id, group_row(talk).id, DRAFT, content, talk.at)
    await show(talk, *await preview(talk, draft, read.values))
    await expect_file(talk, DRAFT)


def problem_line(talk: Talk, found: Mistake) -> Phrase:
    problem, line = found.problem, found.line
    if problem is None:
        return in_policy(f"import_{found.kind}", line=line)
    if found.kind == "unknown":
        meant = f"import_{'meant' if problem.hint else 'unknown'}"
        return in_policy(meant, line=line, key=problem.key, meant=problem.hint)
    if proposals.wanting(problem) is not None:
        return proposals.refusal(talk, problem)
    key = f"import_value{'_meant' if problem.hint else ''}"
    return in_policy(key, line=line, key=problem.key, allowed=allowed_words(talk, problem), meant=problem.hint)


async def fits_not(talk: Talk, values: Mapping[str, object]) -> list[Phrase]:
    return await proposals.hindrances(talk, values)


async def changed_here(talk: Talk, values: Mapping[str, object]) -> dict[str, tuple[object, object]]:
    """What would be otherwise in the group of the conversation, by key (now, then)."""
    policy = await talk.policy()
    now = {key: proposals.as_stored(value_of(policy, key)) for key in values}
    return {
        key: (now[key], proposals.as_stored(value))
        for key, value in values.items()
        if now[key] != proposals.as_stored(value)
    }


async def preview(talk: Talk, draft: int, values: Mapping[str, object]) -> tuple[list[Phrase], Rows]:
    group, changed = group_row(talk), await changed_here(talk, values)
    head = in_policy("import_changes" if changed else "import_same", title=group.title, n=len(changed))
    others = await in_the_others(talk, values)
    words = [head, *change_lines(talk, changed)]
    words += [in_policy("import_elsewhere"), *group_lines(others)] if others else []
    here = ((button(in_policy("import_here"), HERE, str(group.policy_version), draft),),) if changed else ()
    rest = () if changed or not usable(others) else ((button(in_policy("import_all"), ALL, ref=draft),),)
    return words, (*here, *rest, (back(PANEL),))


async def in_the_others(talk: Talk, values: Mapping[str, object]) -> list[Elsewhere]:
    """The other groups in which this person may use it."""
    here, found = group_row(talk), list[Elsewhere]()
    for group in await mine(talk):
        # Whoever leads there may lack the right to change something.
        may = await authorize(talk.unit, talk.actor, f"press.{MANY}", Place(group.id, private=True))
        if group.id != here.id and may.allowed:
            talk.group = group
            found.append(await of_one(talk, group, values))
    talk.group = here
    return found


async def of_one(talk: Talk, group: GroupRow, values: Mapping[str, object]) -> Elsewhere:
    changed = await changed_here(talk, values)
    if not changed:
        return Elsewhere(group, 0)
    return Elsewhere(group, len(changed), fits=not await fits_not(talk, values))


def group_lines(found: Sequence[Elsewhere]) -> list[Phrase]:
    """Those in which something would change come first; the others are only counted."""
    changing_, same = [each for each in found if each.n], sum(not each.n for each in found)
    lines = [
        in_policy("import_group" if each.fits else "import_group_wrong", title=each.group.title, n=each.n)
        for each in sorted(changing_, key=lambda each: not each.fits)[:MOST_SHOWN]
    ]
    left = len(changing_) - MOST_SHOWN
    lines += [in_policy("import_groups_more", n=left)] if left > 0 else []
    return lines + ([in_policy("import_groups_same", n=same)] if same else [])


def usable(found: Sequence[Elsewhere]) -> list[GroupRow]:
    return [each.group for each in found if each.n and each.fits]


async def kept(talk: Talk, pressed: ButtonRow) -> dict[str, object] | None:
    """What was sent, as long as it may be used; None after having said that it is over."""
    row = await drafts.peek(talk.unit, pressed.ref, talk.actor.user_id, DRAFT, talk.at)
    if row is None:
        await alert(talk, in_policy("import_over"))
        return None
    values: dict[str, object] = json.loads(row.content)
    return values


@press(HERE)
async def on_here(talk: Talk, pressed: ButtonRow) -> None:
    """All of it as one version, or nothing; where somebody was first, it is shown anew."""
    values = await kept(talk, pressed)
    if values is None:
        return
    group = await changing.locked(talk)
    if str(group.policy_version) != pressed.note or await fits_not(talk, values):
        words, rows = await preview(talk, pressed.ref, values)
        await show(talk, [in_policy("changed_meanwhile"), *words], rows)
        return
    n, version = await put(talk, values)
    others = usable(await in_the_others(talk, values))
    then = [in_policy("import_then")] if others else []
    rows = ((button(in_policy("import_all"), ALL, ref=pressed.ref),), (back(PANEL),)) if others else ((back(PANEL),),)
    await show(talk, [in_policy("import_done", title=group.title, n=n, version=version), *then], rows)


async def put(talk: Talk, values: Mapping[str, object]) -> tuple[int, int]:
    changes = {key: then for key, (_, then) in (await changed_here(talk, values)).items()}
    return len(changes), await changing.change(talk, "policy.import", changes, plain(talk, in_policy("import_reason")))


@press(ALL)
async def on_all(talk: Talk, pressed: ButtonRow) -> None:
    values = await kept(talk, pressed)
    if values is not None:
        await show(talk, *await offer_all(talk, pressed.ref, values), of_group=False)


async def offer_all(talk: Talk, draft: int, values: Mapping[str, object], *also: Phrase) -> tuple[list[Phrase], Rows]:
    others = await in_the_others(talk, values)
    left = usable(others)
    if not left:
        return [*also, in_policy("import_none_left")], ((back(PANEL),),)
    key = "import_all_go_on" if also else "import_all_sure"
    sure = button(in_policy(key, n=len(left)), MANY, ref=draft)
    return [*also, in_policy("import_all_ask"), *group_lines(others)], ((sure,), (back(PANEL),))


@press(MANY)
async def on_many(talk: Talk, pressed: ButtonRow) -> None:
    """So many groups at a press as one Unit can well hold; each is asked about, and gets a version of its own."""
    values = await kept(talk, pressed)
    if values is None:
        return
    here, done = group_row(talk), 0
    for group in usable(await in_the_others(talk, values))[:AT_ONCE]:
        talk.group = group
        await changing.locked(talk)
        if usable([await of_one(talk, group, values)]):
            await put(talk, values)
            done += 1
    talk.group = here
    await show(talk, *await offer_all(talk, pressed.ref, values, in_policy("import_all_done", n=done)), of_group=False)
