"""Where a group is and how it speaks: languages, time zone, who gets what needs a decision."""

from collections.abc import Sequence

from telegram import Message

from bot.storage import users
from bot.storage.buttons import ButtonRow
from handlers.arrival.setup import FRONT, change_group, in_setup, press_here
from handlers.arrival.setup_presets import in_twos
from handlers.frame.awaiting import ask_for, awaits
from handlers.frame.context import Talk
from handlers.reading.choosing import mine
from handlers.reading.targets import group_row
from handlers.reading.zones import COMMON, nearest, zone_named
from handlers.saying.answers import alert
from handlers.saying.panels import Made, back, panel
from rules.conduct.effects import Button, Phrase

NONE, MOST_DESKS = "off", 20
ZONE = "setup.zone"


@panel("setup.language", "setup.page_language")
async def languages(talk: Talk) -> Made:
    group = group_row(talk)
    codes = sorted(talk.services.texts.languages, reverse=True)
    first = [tongue(code, "setup.language", code == group.language) for code in codes]
    second = [tongue(code, "setup.second", code == group.second_language) for code in codes if code != group.language]
    none = Button(label=in_setup("second_none"), action="setup.second", note=NONE)
    words = [in_setup("language_head"), in_setup("language_second")]
    return words, (*in_twos(first), *in_twos((*second, none)), (back(FRONT),))


def tongue(code: str, action: str, chosen: bool) -> Button:
    sign = "also_" if action == "setup.second" else ""
    key = f"{sign}tongue_{code}_chosen" if chosen else f"{sign}tongue_{code}"
    return Button(label=in_setup(key), action=action, note=code)


@press_here("setup.language")
async def speak(talk: Talk, button: ButtonRow) -> None:
    second = group_row(talk).second_language
    also = {"second_language": ""} if second == button.note else {}
    await change_group(talk, button.action, language=button.note, **also)


@press_here("setup.second")
async def speak_also(talk: Talk, button: ButtonRow) -> None:
    chosen = "" if button.note in {NONE, group_row(talk).language} else button.note
    await change_group(talk, button.action, second_language=chosen)


@panel(ZONE, "setup.page_zone")
async def zones(talk: Talk) -> Made:
    buttons = in_twos(Button(label=city(name), action=ZONE, note=name) for name in COMMON)
    other = Button(label=in_setup("zone_other"), action="setup.zone_ask")
    return [in_setup("zone_head", zone=group_row(talk).zone)], (*buttons, (other,), (back(FRONT),))


def city(name: str) -> Phrase:
    return in_setup(f"zone_{name.rpartition('/')[2].lower()}")


@press_here(ZONE)
async def set_zone(talk: Talk, button: ButtonRow) -> None:
    await change_group(talk, ZONE, zone=button.note)


@press_here("setup.zone_ask")
async def ask_zone(talk: Talk, _: ButtonRow) -> None:
    await ask_for(talk, ZONE, "", [in_setup("zone_ask")], back_to=ZONE)


@awaits(ZONE, action="press.setup.zone")
async def zone_typed(talk: Talk, _: str, text: str, __: Message) -> None:
    """Refused with the nearest name, which is one press away."""
    name = zone_named(text)
    if name:
        await change_group(talk, ZONE, zone=name)
        return
    near = nearest(text)
    rows = ((Button(label=in_setup("zone_meant", zone=near), action=ZONE, note=near),),) if near else ()
    wrong = in_setup("zone_wrong_near", text=text[:64], zone=near) if near else in_setup("zone_wrong", text=text[:64])
    await ask_for(talk, ZONE, "", [wrong], rows, back_to=ZONE)


@panel("setup.desk", "setup.page_desk")
async def desks(talk: Talk) -> Made:
    group = group_row(talk)
    person = (await users.get(talk.unit, [group.set_up_by])).get(group.set_up_by)
    words = [in_setup("desk_head"), in_setup("desk_how")]
    now, name = group.moderators_chat, person.name if person and person.name else "…"
    private = Button(label=in_setup("desk_to" if now else "desk_to_chosen", name=name), action="setup.desk")
    others: Sequence[Button] = [
        Button(
            label=in_setup("desk_group_chosen" if row.chat_id == now else "desk_group", title=row.title),
            action="setup.desk",
            ref=row.id,
        )
        for row in await mine(talk)
        if row.id != group.id
    ]
    return words, ((private,), *((each,) for each in others[:MOST_DESKS]), (back(FRONT),))


@press_here("setup.desk")
async def set_desk(talk: Talk, button: ButtonRow) -> None:
    """Only another group that this person leads, now."""
    led = {row.id: row for row in await mine(talk) if row.id != group_row(talk).id}
    if button.ref and button.ref not in led:
        await alert(talk, in_setup("desk_unknown"))
        return
    await change_group(talk, button.action, moderators_chat=led[button.ref].chat_id if button.ref else 0)
