"""Pasted lists, rules and welcomes of another bot: read, shown as they were understood, kept only after a press."""

import json
from collections.abc import Awaitable, Callable, Mapping, Sequence

from telegram import Message

from bot.arrival import pasting
from bot.storage.buttons import ButtonRow
from handlers.arrival.language import in_lang
from handlers.frame.awaiting import ask_for, awaits
from handlers.frame.context import Talk
from handlers.frame.orders import Order
from handlers.frame.presses import press
from handlers.policy.changing import change, locked
from handlers.policy.proposals import refusal
from handlers.reading.targets import group_row
from handlers.saying.answers import Rows, answer, plain
from handlers.saying.panels import Made, back, open_panel, panel, show
from handlers.saying.personal import me
from rules.conduct.effects import Button, Phrase
from rules.conduct.policy_layers import dump, load
from rules.programme import welcome

PANEL, ASK = "importing", "import.ask"
KINDS = ("words", "rules", "welcome")
NAMES: Mapping[str, str] = {
    **dict.fromkeys(("words", "词", "词表", "list"), "words"),
    **dict.fromkeys(("rules", "群规", "规则"), "rules"),
    **dict.fromkeys(("welcome", "欢迎语", "欢迎"), "welcome"),
}
ANOTHERS_COMMAND = pasting.COMMAND
SHOWN_WORDS, SHOWN_LEFT_OUT = 60, 15
COMMA = {"en": ", "}


async def import_(talk: Talk, order: Order) -> None:
    """`/import`, `/import words`, or with the text at once."""
    kind = NAMES.get(order.first().lower(), "")
    text = order.without_first().words
    if not kind:
        await open_panel(talk, PANEL)
    elif text and talk.private:
        await PREVIEWS[kind](talk, text)
    elif talk.private:
        await ask(talk, kind)
    else:
        await open_panel(talk, PANEL)


@panel(PANEL, "lang.import_menu")
async def choice(_: Talk) -> Made:
    buttons = tuple(
        Button(label=in_lang(f"import_{kind}"), action=ASK, audience="leaders", note=kind) for kind in KINDS
    )
    return [in_lang("import_what")], (buttons, (back(),))


@press(ASK)
async def on_ask(talk: Talk, button: ButtonRow) -> None:
    if button.note in KINDS:
        await ask(talk, button.note)


async def ask(talk: Talk, kind: str) -> None:
    await ask_for(talk, f"import.{kind}", "", [in_lang(f"import_ask_{kind}")], back_to=PANEL)


@awaits("import.words")
async def pasted_words(talk: Talk, _: str, text: str, __: Message) -> None:
    await preview_words(talk, text)


@awaits("import.rules")
async def pasted_rules(talk: Talk, _: str, text: str, __: Message) -> None:
    await preview_rules(talk, text)


@awaits("import.welcome")
async def pasted_welcome(talk: Talk, _: str, text: str, __: Message) -> None:
    await preview_welcome(talk, text)


async def preview_words(talk: Talk, text: str) -> None:
    read, listed = pasting.words_of(text), (await talk.policy()).blocked_text.words
    if not read.found:
        await ask_again(talk, "words")
        return
    known = {word.casefold() for word in listed}
    again = sum(word.casefold() in known for word in read.found)
    lines = [in_lang("import_read_words", n=len(read.found), words=joined(talk, read.found, SHOWN_WORDS))]
    lines += [in_lang("import_known", n=again)] if again else []
    lines += [in_lang("import_left_out", words=joined(talk, read.left_out, SHOWN_LEFT_OUT))] if read.left_out else []
    await offer(talk, "words", lines, list(read.found))


async def preview_rules(talk: Talk, text: str) -> None:
    read, listed = pasting.rules_of(text), (await talk.policy()).rules_text
    if not read:
        await ask_again(talk, "rules")
        return
    lines = [in_lang("import_read_rules", n=len(read))]
    lines += [in_lang("import_rule", number=n, text=rule) for n, rule in enumerate(read, 1)]
    lines += [in_lang("import_replaces_rules", n=len(listed))] if listed else []
    await offer(talk, "rules", lines, list(read))


async def preview_welcome(talk: Talk, text: str) -> None:
    read = pasting.welcome_of(text)
    if not read.text:
        await ask_again(talk, "welcome")
        return
    group, goal = group_row(talk), (await talk.policy()).notices.group_goal
    lines = [in_lang("import_read_welcome"), *welcome.words([me(talk)], group.title, goal, read.text)]
    lines += [in_lang("import_unknown", words=joined(talk, read.unknown, SHOWN_LEFT_OUT))] if read.unknown else []
    await offer(talk, "welcome", lines, read.text)


async def offer(talk: Talk, kind: str, lines: Sequence[Phrase], value: object) -> None:
    """Nothing is kept yet: what was read travels with the button."""
    go = Button(
        label=in_lang("import_go"),
        action=f"import.{kind}",
        audience="leaders",
        note=json.dumps(value, ensure_ascii=False),
    )
    rows: Rows = ((go, Button(label=Phrase("menu.cancel"), action="menu.cancel", note=PANEL)),)
    await show(talk, lines, rows)


async def ask_again(talk: Talk, kind: str) -> None:
    await ask_for(talk, f"import.{kind}", "", [in_lang(f"import_no_{kind}")], back_to=PANEL)


def joined(talk: Talk, words: Sequence[str], most: int) -> str:
    """As many as can be read at a glance, and how many more there are."""
    shown = COMMA.get(talk.language, "、").join(words[:most])
    more = plain(talk, in_lang("import_more", n=len(words) - most))
    return f"{shown}…（{more}）" if len(words) > most else shown


@press("import.words")
async def keep_words(talk: Talk, button: ButtonRow) -> None:
    """Added to the list, never in place of it."""
    # What somebody else added meanwhile is in the list that is written.
    await locked(talk)
    policy, new = await talk.policy(), json.loads(button.note)
    merged = {word.casefold(): word for word in (*policy.blocked_text.words, *new)}
    if len(merged) > pasting.MOST_WORDS:
        await show(talk, [in_lang("import_too_many", most=pasting.MOST_WORDS, n=len(merged))], ((back(PANEL),),))
    elif await keep(talk, "blocked_text.words", list(merged.values())):
        mode = in_lang(f"import_words_{policy.blocked_text.mode}", group=group_row(talk).id)
        await show(talk, [in_lang("import_done_words", n=len(merged)), mode], ((back(PANEL),),))


@press("import.rules")
async def keep_rules(talk: Talk, button: ButtonRow) -> None:
    rules = json.loads(button.note)
    if await keep(talk, "rules_text", rules):
        await show(talk, [in_lang("import_done_rules", n=len(rules))], ((back(PANEL),),))


@press("import.welcome")
async def keep_welcome(talk: Talk, button: ButtonRow) -> None:
    if await keep(talk, "welcome.text", json.loads(button.note)):
        await show(talk, [in_lang("import_done_welcome")], ((back(PANEL),),))


async def keep(talk: Talk, key: str, value: object) -> int:
    """As a version of the group's policy, like `/policy set`; 0 after having said why it cannot be."""
    tried = load([("group", {**dump(await talk.policy()), key: value})])
    if tried.problems:
        await answer(talk, refusal(talk, tried.problems[0]))
        return 0
    return await change(talk, "import", {key: value})


PREVIEWS: Mapping[str, Callable[[Talk, str], Awaitable[None]]] = {
    "words": preview_words, "rules": preview_rules, "welcome": preview_welcome,
}  # fmt: skip
