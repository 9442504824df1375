"""The format of names, put together by buttons; saved without being switched on, which is a press of its own."""

from dataclasses import replace

from bot.storage.buttons import ButtonRow
from bot.textscan import PatternError
from handlers.arrival.setup import FRONT, in_setup, press_here, saved
from handlers.arrival.setup_presets import in_twos
from handlers.frame.context import Talk
from handlers.policy.changing import change
from handlers.policy.proposals import with_all_patterns
from handlers.saying.answers import alert, plain
from handlers.saying.panels import Made, back, open_panel, panel, show
from rules.conduct import nickname_builder
from rules.conduct.effects import Button, Phrase
from rules.conduct.nickname_builder import DASH, MOST_PARTS, PARTS, SEPARATORS, TAG_LENGTH, BuilderError, Format
from rules.conduct.policy import Policy

PAGE, BUILD, LOOK, PUT, ASK, ON, OFF = (
    "setup.names", "setup.names_build", "setup.names_look", "setup.names_put", "setup.names_ask", "setup.names_on",
    "setup.names_off",
)  # fmt: skip
KEYS = ("pattern", "example", "words", "mode")
SIGNS = {"-": "dash", " ": "blank", "|": "bar", "·": "dot", "/": "slash"}


def packed(parts: list[str], sign: str) -> str:
    """What the next button needs to know: nothing of it is kept before it is saved."""
    return f"{sign}{','.join(parts)}"


def unpacked(note: str) -> tuple[list[str], str]:
    return [part for part in note[1:].split(",") if part], note[:1] or DASH


@panel(PAGE, "setup.page_names")
async def names(talk: Talk) -> Made:
    loaded = await talk.loaded()
    terms, own = loaded.policy.nickname_format, loaded.origin.get("nickname_format.pattern") not in {None, "defaults"}
    rows: list[tuple[Button, ...]] = [(Button(label=in_setup("names_build"), action=BUILD, note=DASH),)]
    if terms.mode != "off":
        state = in_setup("names_state_on", example=terms.example, pattern=terms.words)
        rows.append((Button(label=in_setup("names_off_button"), action=OFF),))
    elif own:
        state = in_setup("names_state_saved", example=terms.example, pattern=terms.words)
        rows.append((Button(label=in_setup("names_on_button"), action=ASK),))
    else:
        state = in_setup("names_state_none")
    return [in_setup("names_head"), state], (*rows, (back(FRONT),))


@press_here(BUILD)
async def build(talk: Talk, button: ButtonRow) -> None:
    """Each press adds a part at the end, or chooses what stands between."""
    parts, sign = unpacked(button.note)
    left = [part for part in PARTS if part not in parts] if len(parts) < MOST_PARTS else []
    rows = list(in_twos(part_button(part, [*parts, part], sign) for part in left))
    if parts:
        rows.append(tuple(sign_button(each, parts, each == sign) for each in SEPARATORS))
        again = Button(label=in_setup("names_again"), action=BUILD, note=packed([], sign))
        rows.append((again, Button(label=in_setup("names_look"), action=LOOK, note=packed(parts, sign))))
    await show(talk, [in_setup("names_choose"), *now_chosen(talk, parts, sign)], (*rows, (back(PAGE),)))


def part_button(part: str, parts: list[str], sign: str) -> Button:
    return Button(label=in_setup(f"part_{part}"), action=BUILD, note=packed(parts, sign))


def sign_button(sign: str, parts: list[str], chosen: bool) -> Button:
    key = f"sign_{SIGNS[sign]}"
    return Button(label=in_setup(f"{key}_chosen" if chosen else key), action=BUILD, note=packed(parts, sign))


def now_chosen(talk: Talk, parts: list[str], sign: str) -> list[Phrase]:
    if not parts:
        return []
    made = nickname_builder.build(parts, sign)
    return [in_setup("names_now", words=in_words(talk, parts, sign), example=made.example)]


def in_words(talk: Talk, parts: list[str], sign: str) -> str:
    return sign.join(plain(talk, in_setup(f"part_{part}")) for part in parts)


@press_here(LOOK)
async def look(talk: Talk, button: ButtonRow) -> None:
    """What will fit and what will not, before it is saved."""
    parts, sign = unpacked(button.note)
    words = await previewed(talk, parts, sign)
    if words is None:
        await open_panel(talk, PAGE)
        return
    sure = Button(label=in_setup("names_put"), action=PUT, note=button.note)
    change = Button(label=in_setup("names_change"), action=BUILD, note=button.note)
    await show(talk, words, ((sure,), (change,), (back(PAGE),)))


async def previewed(talk: Talk, parts: list[str], sign: str) -> list[Phrase] | None:
    """None where there is no such format: the parts of an older version of this program."""
    try:
        made = nickname_builder.build(parts, sign)
        fitting = talk.services.scanner.compile_lists(with_all_patterns(tried(await talk.policy(), made))).names
    except (BuilderError, PatternError):
        return None
    if fitting is None:
        return None
    good = nickname_builder.accepted(parts, sign, fitting.fits)
    bad = nickname_builder.refused(parts, sign, fitting.fits)
    return [
        in_setup("names_format", words=in_words(talk, parts, sign)), in_setup("names_good", names="  ".join(good)),
        in_setup("names_bad", names="  ".join(bad)), in_setup("names_folded"), *length(made),
    ]  # fmt: skip


def tried(policy: Policy, made: Format) -> Policy:
    return replace(policy, nickname_format=replace(policy.nickname_format, pattern=made.pattern))


def length(made: Format) -> list[Phrase]:
    if not nickname_builder.too_long_for_tags(made):
        return []
    return [in_setup("names_long", n=made.longest, tag=TAG_LENGTH)]


@press_here(PUT)
async def put(talk: Talk, button: ButtonRow) -> None:
    """Saved and not yet asked of anybody, whatever stood before."""
    parts, sign = unpacked(button.note)
    if await previewed(talk, parts, sign) is None:
        await alert(talk, in_setup("names_unknown"))
        return
    made = nickname_builder.build(parts, sign)
    values = (made.pattern, made.example, in_words(talk, parts, sign), "off")
    await change(talk, PUT, {f"nickname_format.{key}": value for key, value in zip(KEYS, values, strict=True)})
    await alert(talk, [in_setup("saved"), *length(made)])
    await saved(talk, PAGE)


@press_here(ASK)
async def ask(talk: Talk, _: ButtonRow) -> None:
    """Switching it on asks people of the group for something: said before it happens."""
    terms = (await talk.policy()).nickname_format
    sure = Button(label=in_setup("names_sure"), action=ON)
    words = [in_setup("names_if_on", example=terms.example, hours=terms.deadline_hours)]
    await show(talk, words, ((sure,), (back(PAGE),)))


@press_here(ON)
async def switch_on(talk: Talk, _: ButtonRow) -> None:
    if (await talk.policy()).nickname_format.mode == "off":
        await change(talk, ON, {"nickname_format.mode": "enforce"})
    await saved(talk)


@press_here(OFF)
async def switch_off(talk: Talk, _: ButtonRow) -> None:
    await change(talk, OFF, {"nickname_format.mode": "off"})
    await saved(talk)
