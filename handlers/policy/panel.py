"""/policy as a panel: rules and other settings by name, a page each; the same pages for every key there is."""

from dataclasses import fields

from telegram import Message

from bot.storage.buttons import ButtonRow
from handlers.frame.awaiting import ask_for, awaits
from handlers.frame.context import Talk
from handlers.frame.presses import press
from handlers.policy import changing, proposals, settingpage
from handlers.policy.naming import about, full_name, in_policy, in_words, name, read_alone
from handlers.policy.previews import PREVIEW
from handlers.policy.proposals import Proposal, unpacked
from handlers.policy.seen import seen_lines
from handlers.policy.settingpage import BY_LINES, ITEMS, KEY, OPEN, PANEL, RULES, SAVE, TRY, TYPE, WHY, button
from handlers.reading.targets import group_row
from handlers.saying.answers import alert
from handlers.saying.panels import FRONT, Made, back, open_panel, opens, panel, show
from rules.conduct.effects import Button, Phrase
from rules.conduct.policy import Policy
from rules.conduct.policy_layers import PolicyError, checked, keys, parse_value, parts, types, value_of
from rules.conduct.policy_rules import Rules

OTHERS, FIRST = "policy.others", ("rules_text", "notices", "welcome")
MODES = {"off": "○", "observe": "◐", "enforce": "●"}


async def opened(talk: Talk) -> None:
    await read_alone(talk)
    await open_panel(talk, PANEL)


@panel(PANEL, "policy.panel_title")
async def front(talk: Talk) -> Made:
    group, policy = group_row(talk), await talk.policy()
    rules = [button(rule_label(talk, policy, each.name), OPEN, each.name) for each in fields(Rules)]
    history = button(in_policy("button_history"), "policy.history")
    files = (button(in_policy("button_export"), "policy.export"), button(in_policy("button_import"), "policy.import"))
    words = [in_policy("head", title=group.title, version=group.policy_version), in_policy("head_marks")]
    return words, (*in_twos(rules), (button(in_policy("others_title"), OTHERS), history), files, (back(FRONT),))


@press(OTHERS)
async def on_others(talk: Talk, _: ButtonRow) -> None:
    await show(talk, *await others(talk))


async def others(talk: Talk) -> Made:
    """Everything that is no rule; what people read comes first."""
    named = {each.name for each in fields(Rules)}
    sections = [
        each for each in dict.fromkeys((*FIRST, *(key.partition(".")[0] for key in keys()))) if each not in named
    ]
    buttons = [button(label(name(talk, each)), OPEN if each in parts() else KEY, each) for each in sections]
    return [in_policy("others_head", title=group_row(talk).title)], (*in_twos(buttons), (back(PANEL),))


def rule_label(talk: Talk, policy: Policy, rule: str) -> Phrase:
    return label(f"{MODES[getattr(policy, rule).mode]} {name(talk, rule)}")


def label(text: str) -> Phrase:
    return in_policy("label", text=text)


def in_twos(found: list[Button]) -> tuple[tuple[Button, ...], ...]:
    return tuple(tuple(found[at : at + 2]) for at in range(0, len(found), 2))


async def section(talk: Talk, chosen: str, *also: Phrase) -> Made:
    """A rule or another part: what it is about, and a button a setting with its value."""
    policy = await talk.policy()
    words = [*also, in_policy("section", name=name(talk, chosen), about=about(talk, chosen))]
    rows: list[tuple[Button, ...]] = []
    mode = f"{chosen}.mode"
    if chosen in RULES:
        now = str(value_of(policy, mode))
        words += [in_policy(f"mode_{each}", mark="●" if each == now else "○") for each in MODES]
        words += await seen_lines(talk, chosen) if now == "observe" else []
        rows += [tuple(settingpage.choice(talk, mode, each, now) for each in MODES)]
        preview = button(in_policy("button_preview"), PREVIEW, chosen)
        rows += [(preview, opens("letter")) if now == "observe" else (preview,)]
    listed = [key for key in keys() if key.startswith(f"{chosen}.") and (key != mode or chosen not in RULES)]
    rows += [(key_button(talk, policy, key),) for key in listed]
    return words, (*rows, (back(PANEL) if chosen in RULES else button(in_policy("button_up"), OTHERS),))


def key_button(talk: Talk, policy: Policy, key: str) -> Button:
    value = in_words(talk, key, value_of(policy, key), 24)
    return button(in_policy("key_label", name=name(talk, key), value=value), KEY, key)


@press(OPEN)
async def on_open(talk: Talk, pressed: ButtonRow) -> None:
    await (show(talk, *await section(talk, pressed.note)) if pressed.note in parts() else gone(talk))


@press(KEY)
async def on_key(talk: Talk, pressed: ButtonRow) -> None:
    await (show(talk, *await settingpage.page(talk, pressed.note)) if pressed.note in types() else gone(talk))


async def gone(talk: Talk) -> None:
    await alert(talk, in_policy("gone"))


@press(ITEMS)
async def on_items(talk: Talk, pressed: ButtonRow) -> None:
    found = pressed.note in types()
    await (show(talk, *await settingpage.items(talk, pressed.note, pressed.ref)) if found else gone(talk))


@press(TRY)
async def on_try(talk: Talk, pressed: ButtonRow) -> None:
    wanted = unpacked(pressed.note)
    await (gone(talk) if wanted is None else show(talk, *await settingpage.page(talk, wanted.key, wanted)))


@press(TYPE)
async def on_type(talk: Talk, pressed: ButtonRow) -> None:
    wanted = unpacked(pressed.note)
    await (gone(talk) if wanted is None else ask_value(talk, wanted))


async def ask_value(talk: Talk, wanted: Proposal, *also: Phrase) -> None:
    key = wanted.key
    kind = "ask_add" if wanted.op == "add" else "ask_value"
    words = [*also, in_policy(kind, name=full_name(talk, key)), *settingpage.hint(talk, key)]
    await ask_for(talk, TYPE, wanted.packed(), words, back_to=PANEL)


@awaits(TYPE, "command.policy")
async def typed(talk: Talk, note: str, text: str, _message: Message) -> None:
    """Shown before it is kept; what cannot be is said, and asked for again."""
    wanted = unpacked(note)
    if wanted is None or not text.strip():
        await (gone(talk) if wanted is None else ask_value(talk, wanted))
        return
    try:
        value = proposals.as_stored(read(wanted.key, text))
    except PolicyError as error:
        await ask_value(talk, wanted, proposals.refusal(talk, error.problem))
        return
    await show(talk, *await settingpage.page(talk, wanted.key, wanted._replace(value=value)))


def read(key: str, text: str) -> object:
    """Raises PolicyError."""
    if key in BY_LINES and not text.startswith("["):
        return checked(key, [line for each in text.splitlines() if (line := each.strip())])
    return parse_value(key, text)


@press(SAVE)
async def on_save(talk: Talk, pressed: ButtonRow) -> None:
    await save(talk, pressed.note, pressed.ref, "")


@press(WHY)
async def on_why(talk: Talk, pressed: ButtonRow) -> None:
    await ask_for(talk, WHY, f"{pressed.ref} {pressed.note}", [in_policy("ask_why")], back_to=PANEL)


@awaits(WHY, "command.policy")
async def with_reason(talk: Talk, note: str, text: str, _message: Message) -> None:
    if not text.strip():
        await ask_for(talk, WHY, note, [in_policy("ask_why")], back_to=PANEL)
        return
    version, _, packed = note.partition(" ")
    await save(talk, packed, int(version), " ".join(text.split())[:300])


async def save(talk: Talk, packed: str, version: int, reason: str) -> None:
    """Only what was shown is saved: where somebody changed the policy meanwhile, it is shown anew."""
    wanted = unpacked(packed)
    if wanted is None:
        await gone(talk)
        return
    group = await changing.locked(talk)
    if group.policy_version != version:
        await show(talk, *await settingpage.page(talk, wanted.key, wanted, in_policy("changed_meanwhile")))
        return
    before = value_of(await talk.policy(), wanted.key)
    saved, wrong = await proposals.save(talk, wanted, reason)
    if wrong:
        await show(talk, *await settingpage.page(talk, wanted.key, wanted))
        return
    now = value_of(await talk.policy(), wanted.key)
    then = {"before": in_words(talk, wanted.key, before), "after": in_words(talk, wanted.key, now)}
    told = in_policy("saved", name=full_name(talk, wanted.key), version=saved, **then)
    chosen = wanted.key.partition(".")[0]
    await show(
        talk,
        *(await section(talk, chosen, told) if chosen in parts() else await settingpage.page(talk, chosen, None, told)),
    )
