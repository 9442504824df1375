"""What Telegram says of a group now, asked before the Unit of whoever wants to know opens, and noted in its own."""

import re
from collections.abc import Mapping
from functools import partial
from typing import Any

from bot import membership
from bot.gateway import CallRefused, GatewayError, MemberInfo
from bot.membership import Answers
from bot.roles import led_groups
from bot.services import Services
from bot.storage import Unit, groups
from bot.storage.buttons import ButtonRow
from bot.storage.groups import GroupRow
from handlers.frame.context import FRESH, GONE, SILENT, Fetched, actor_before
from handlers.reading.choosing import GROUP

ASKS = re.compile(r"[/／]doctor(?:@(\w+))?(?:\s+#(\d{1,9}))?\s*$", re.IGNORECASE | re.ASCII)
LOOKS = frozenset({"setup.again", "doctor.again"})
OPENS, DOCTOR = "menu.open", "doctor"
SHOWS = frozenset({OPENS, GROUP})
SERVED = frozenset({"active", "inactive"})


def is_asked(message: Mapping[str, Any]) -> bool:
    text = message.get("text")
    return isinstance(text, str) and "from" in message and ASKS.match(text) is not None


async def meant(unit: Unit, services: Services, message: Mapping[str, Any]) -> GroupRow | None:
    """The group that somebody who leads it asks about."""
    asked = ASKS.match(message["text"])
    chat, number = message["chat"], int(asked[2] or 0) if asked else 0
    if chat["type"] != "private":
        known = (await groups.by_chats(unit, [chat["id"]])).get(chat["id"])
    elif number:
        known = (await groups.by_ids(unit, [number])).get(number)
    else:
        known = await only_one(unit, services, message["from"])
    served = known is not None and known.state in SERVED
    return known if known and served and await leads(unit, services, message["from"], known.id) else None


async def only_one(unit: Unit, services: Services, person: Mapping[str, Any]) -> GroupRow | None:
    found = await groups.all_active(unit)
    led = await led_groups(unit, actor_before(services, int(person["id"])), [group.id for group in found])
    return next(group for group in found if group.id in led) if len(led) == 1 else None


async def wanted(unit: Unit, services: Services, button: ButtonRow, group: GroupRow, person: Mapping[str, Any]) -> bool:
    """A button that looks again; or the first press of all, while nobody has told yet who leads the group."""
    if group.state not in SERVED:
        return False
    if not group.admins_at and (button.action.startswith("setup.") or button.action == OPENS):
        return True
    looks = button.action in LOOKS or (button.action in SHOWS and button.note == DOCTOR)
    return looks and await leads(unit, services, person, group.id)


def group_of(button: ButtonRow) -> int:
    """The group it is about, 0 for none; one of several to choose from belongs to no group yet."""
    return button.ref if button.action == GROUP else button.group_id or 0


async def leads(unit: Unit, services: Services, person: Mapping[str, Any], group_id: int) -> bool:
    return bool(await led_groups(unit, actor_before(services, int(person["id"])), [group_id]))


async def look(services: Services, group: GroupRow) -> Fetched:
    gateway, chat_id = services.gateway, group.chat_id
    try:
        me = await gateway.get_me()
        chat, admins = await gateway.chat(chat_id), await gateway.administrators(chat_id)
        own = next((each for each in admins if each.user_id == me.id), None) or await gateway.member(chat_id, me.id)
        answers = Answers(chat, admins, await gateway.member_count(chat_id))
    except CallRefused as refusal:
        if refusal.migrated_to or refusal.code not in {400, 403}:
            return Fetched(looked=SILENT)
        await services.storage.write(partial(note_gone, services=services, group=group))
        return Fetched(looked=GONE)
    except GatewayError:
        return Fetched(looked=SILENT)
    away = own.status in membership.GONE
    if not away:
        await services.storage.write(partial(note, services=services, group=group, answers=answers, own=own))
    return Fetched(looked=GONE if away else FRESH, reads_all=me.reads_everything)


async def note_gone(unit: Unit, services: Services, group: GroupRow) -> None:
    await membership.bot_changed(unit, group, "left", frozenset(), int(services.clock.now()))


async def note(unit: Unit, services: Services, group: GroupRow, answers: Answers, own: MemberInfo) -> None:
    now = int(services.clock.now())
    await membership.described(unit, group, answers, own.status, own.rights, now)
    await membership.begin_rules(unit, group, await services.moderator.policy_of(unit, group), now)
