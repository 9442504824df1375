"""/language: in which language the bot speaks with a person alone; and the one or two languages of a group."""

from collections.abc import Awaitable, Callable, Mapping

from bot import audit
from bot.storage import groups, users
from bot.storage.buttons import ButtonRow
from bot.storage.groups import GroupRow
from bot.textscan.folding import simplified
from handlers.frame.context import Talk
from handlers.frame.orders import Order
from handlers.frame.presses import press
from handlers.reading.targets import group_row
from handlers.saying.answers import answer, catalogue, phrase, plain, receipt
from handlers.saying.panels import Made, back, open_panel, panel
from rules.conduct.effects import Button, Phrase

in_lang = catalogue("lang")

CODES = ("zh_Hans", "zh_Hant", "en")
NAMES: Mapping[str, str] = {
    **dict.fromkeys(
        ("zh", "zh_hans", "zh-hans", "zh-cn", "zh-sg", "中文", "简", "简体", "简体中文", "chinese", "simplified"),
        "zh_Hans",
    ),
    **dict.fromkeys(
        ("zh_hant", "zh-hant", "zh-tw", "zh-hk", "zh-mo", "繁", "繁体", "繁体中文", "正体", "正体中文", "traditional"),
        "zh_Hant",
    ),
    **dict.fromkeys(("en", "en-us", "en-gb", "english", "英", "英文", "英语"), "en"),
}
OFF = frozenset({"off", "none", "无", "关", "没有"})
PANEL = "language"


def named(text: str) -> str:
    """One of CODES for what somebody typed, in either script; "" for a language we do not speak."""
    return NAMES.get(simplified(text.strip().lower()), "")


async def language(talk: Talk, order: Order) -> None:
    """With a name at once, without one by buttons in private."""
    if talk.actor.anonymous or talk.actor.channel:
        await answer(talk, phrase("personal_needs_a_name"))
    elif not order.words:
        await open_panel(talk, PANEL)
    elif chosen := named(order.words):
        await choose(talk, chosen)
        await (answer(talk, in_lang("set")) if talk.private else receipt(talk))
    else:
        await answer(talk, in_lang("unknown"))


async def choose(talk: Talk, code: str) -> None:
    await users.set_language(talk.unit, talk.actor.user_id, code)
    talk.language = code


@panel(PANEL, "lang.menu", "anyone")
async def choice(talk: Talk) -> Made:
    known = (await users.get(talk.unit, [talk.actor.user_id])).get(talk.actor.user_id)
    now = (known.language if known else "") or talk.language
    rows = tuple((Button(label=label(talk, code, now), action="language.choose", note=code),) for code in CODES)
    return [in_lang("which")], (*rows, (back(),))


def label(talk: Talk, code: str, now: str) -> Phrase:
    """Each language in its own name, so that whoever cannot read this one finds theirs."""
    name = in_lang(code)
    return in_lang("chosen", name=talk.services.texts.plain(name, now)) if code == now else name


@press("language.choose")
async def chosen(talk: Talk, button: ButtonRow) -> None:
    if button.note in CODES:
        await choose(talk, button.note)
        await open_panel(talk, PANEL)


def shown(group: GroupRow) -> tuple[Phrase, Phrase]:
    """The two lines of /policy."""
    second = group.second_language or "off"
    return phrase("policy_language", language=group.language), in_lang("group_second", language=second)


async def set_first(talk: Talk, text: str) -> None:
    """What is said in the group, and to those whose own language is not known."""
    code, group = named(text), group_row(talk)
    if not code:
        await answer(talk, phrase("policy_value", key="language", allowed=plain(talk, in_lang("group_values"))))
        return
    second = "" if group.second_language == code else group.second_language
    await keep(talk, group, language=code, second_language=second)
    talk.language = talk.language if talk.private else code
    await answer(talk, phrase("language_set"))


async def set_second(talk: Talk, text: str) -> None:
    off = simplified(text.strip().lower()) in OFF
    code, group = "" if off else named(text), group_row(talk)
    if not code and not off:
        allowed = plain(talk, in_lang("group_second_values"))
        await answer(talk, phrase("policy_value", key="second_language", allowed=allowed))
    elif code == group.language:
        await answer(talk, in_lang("second_same"))
    else:
        await keep(talk, group, language=group.language, second_language=code)
        await answer(talk, in_lang("second_off" if off else "second_set"))


async def keep(talk: Talk, group: GroupRow, **languages: str) -> None:
    await groups.update(talk.unit, group.id, **languages)
    before = {"language": group.language, "second_language": group.second_language}
    await audit.done(talk.unit, talk.actor, "policy.set", talk.at, group_id=group.id, before=before, after=languages)
    talk.group = group._replace(language=languages["language"], second_language=languages["second_language"])


KEYS: Mapping[str, Callable[[Talk, str], Awaitable[None]]] = {"language": set_first, "second_language": set_second}
