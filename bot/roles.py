"""The one question of power: may this person do this here? It answers and never acts.

Power in a group comes from Telegram's administrators of that group and from the bot's own roles there; an operator owns
the installation. Who leads one group has no power in another.
"""

from collections.abc import Collection, Mapping
from typing import Literal, NamedTuple

from bot.storage import Unit, members
from bot.storage import roles as stored
from bot.storage.members import LEADING

Role = Literal["operator", "leader", "officer", "reviewer", "volunteer", "member", "person"]
Why = Literal[
    "", "unknown_action", "operators_only", "leaders_only", "members_only", "choose_group", "confirm", "channel",
    "unknown", "elsewhere", "not_yours", "right_missing",
]  # fmt: skip

OPERATORS: frozenset[Role] = frozenset({"operator"})
LEADERS: frozenset[Role] = frozenset({"operator", "leader"})
MEMBERS: frozenset[Role] = frozenset({"operator", "leader", "officer", "reviewer", "volunteer", "member"})
ANYONE: frozenset[Role] = MEMBERS | {"person"}

PRESENT = LEADING | {"member", "restricted"}
ROLES: Mapping[str, Role] = {
    "officer": "officer", "reviewer": "reviewer", "volunteer": "volunteer", "leader": "leader",
}  # fmt: skip

ACTIONS: Mapping[str, frozenset[Role]] = {
    "command.status": OPERATORS,
    **dict.fromkeys(
        ("press.adding.yes", "press.adding.always", "press.adding.no", "press.adding.ask_again"), OPERATORS
    ),
    **dict.fromkeys(
        ("command.policy", "command.warn", "command.mute", "command.unmute", "command.remove", "command.readmit",
         "command.pardon", "command.fine", "command.why", "command.undo", "command.welcome", "command.inbox",
         "command.nickcheck",
         "command.import",
         "command.record.of", "command.nick.exempt", "command.lockdown"),
        LEADERS,
    ),
    **dict.fromkeys(
        ("command.rules", "command.nick", "command.record", "command.points", "command.privacy", "command.help",
         "command.start", "command.language", "command.appeal", "command.menu"),
        ANYONE,
    ),
    **dict.fromkeys(
        ("lead", "press.confirm.anonymous", "press.undo", "press.fine.paid", "press.fine.waive",
         "press.case.release", "press.case.ok", "press.case.not_now", "press.case.keep", "press.case.fine",
         "press.case.ad", "press.case.delete", "press.case.undo", "press.scam.remove", "press.sender.ban",
         "press.ladder.warn",
         "press.ladder.ask_to_leave", "press.ladder.remove", "press.ladder.stay", "press.brake.go_on",
         "press.brake.stop", "press.ticket.seen",
         "press.import.ask", "press.import.words", "press.import.rules", "press.import.welcome",
         "press.raid.ask", "press.raid.remove", "press.raid.let_be",
         "press.raid.back", "press.raid.undo", "press.lockdown.begin", "press.lockdown.off", "press.staff.mute",
         "press.staff.remove", "press.staff.fine", "press.care.seen", "press.gate.free", "press.gate.keep"),
        LEADERS,
    ),
    **dict.fromkeys(
        ("press.view", "press.notice.show", "press.gathered.press", "press.quiet.no_more",
         "press.appeal.open", "press.fine.withdraw", "press.name.check",
         "press.name.register", "press.rules.show", "press.rules.accept", "press.leave.stay", "press.leave.go",
         "press.aside.repost", "press.checkin", "press.language.choose"),
        ANYONE,
    ),
    **dict.fromkeys(
        ("command.notice", "press.menu.open", "press.menu.cancel", "press.menu.group", "press.menu.page",
         "press.menu.name"),
        ANYONE,
    ),
    **dict.fromkeys(
        ("command.faq", "press.faq.page", "press.faq.one", "press.faq.switch", "press.faq.remove", "press.faq.sure",
         "press.faq.add", "press.faq.edit"),
        LEADERS,
    ),
    **dict.fromkeys(
        ("command.askname", "command.mark", "command.here", "command.notice.set", "press.menu.waiting",
         "press.menu.unbind", "press.posted.ask", "press.posted.put", "press.posted.off",
         "press.posted.again", "press.posted.let_be"),
        LEADERS,
    ),
    **dict.fromkeys(
        ("command.letter", "press.letter.page", "press.letter.wrong", "press.letter.right", "press.letter.enable",
         "press.letter.undo", "press.letter.later", "press.defaults.take", "press.defaults.keep"),
        LEADERS,
    ),
    **dict.fromkeys(
        ("press.setup.preset_ask", "press.setup.names_build", "press.setup.names_look",
         "press.setup.names_ask", "press.setup.try", "press.setup.again", "press.doctor.again"),
        LEADERS,
    ),
    **dict.fromkeys(
        ("press.setup.accept", "press.setup.preset_put", "press.setup.names_put", "press.setup.names_on",
         "press.setup.names_off", "press.setup.zone", "press.setup.zone_ask", "press.setup.language",
         "press.setup.second", "press.setup.greet", "press.setup.desk", "press.setup.about_ask"),
        LEADERS,
    ),
    **dict.fromkeys(
        ("command.setup", "command.doctor", "command.chats", "command.about", "press.chats.page", "press.chats.open",
         "press.setup.many", "press.setup.many_ask", "press.setup.many_put", "press.setup.tried"),
        ANYONE,
    ),
}  # fmt: skip
"""Everything that can be asked of the bot, and who may; what is not listed is refused."""

RESTRICT, DELETE, PIN = "can_restrict_members", "can_delete_messages", "can_pin_messages"
READING = frozenset({
    "command.letter", "press.letter.page", "press.letter.wrong", "press.letter.right", "press.letter.later",
    "press.setup.preset_ask", "press.setup.names_build", "press.setup.names_look",
    "press.setup.names_ask", "press.setup.try", "press.setup.again", "press.doctor.again",
    "lead", "command.why", "command.inbox", "command.nickcheck", "command.record.of",
    "press.confirm.anonymous", "press.case.not_now",
    "press.case.keep", "press.ticket.seen", "press.raid.let_be", "press.raid.back", "press.menu.waiting",
    "press.faq.page", "press.faq.one",
    "command.mark", "command.here", "press.menu.unbind", "press.posted.let_be",
    "press.staff.fine", "press.care.seen", "press.gate.keep",
})  # fmt: skip
RIGHTS: Mapping[str, frozenset[str]] = {
    **{action: frozenset({RESTRICT}) for action, who in ACTIONS.items() if who == LEADERS and action not in READING},
    "press.case.delete": frozenset({DELETE}),
    **dict.fromkeys(
        ("command.notice.set", "press.posted.ask", "press.posted.put", "press.posted.off", "press.posted.again"),
        frozenset({PIN}),
    ),
    **dict.fromkeys(
        (
            "command.fine",
            "press.case.fine",
            "press.case.ad",
            "press.case.release",
            "press.brake.go_on",
            "press.letter.enable",
        ),
        frozenset({RESTRICT, DELETE}),
    ),
}
"""What an administrator must be able to do in Telegram to ask it of the bot; reading needs nothing."""


class Actor(NamedTuple):
    """Who asks. `anonymous`: an administrator who speaks as the group, nobody knows which; `channel`: a channel."""

    user_id: int
    name: str = ""
    username: str = ""
    operator: bool = False
    anonymous: bool = False
    channel: bool = False


class Place(NamedTuple):
    """Where it would work: `group_id` 0 means no group is named; `private` is a chat with the bot alone."""

    group_id: int = 0
    private: bool = False


class Decision(NamedTuple):
    allowed: bool
    why: Why = ""


ALLOWED = Decision(True)
REFUSALS: Mapping[frozenset[Role], Why] = {OPERATORS: "operators_only", LEADERS: "leaders_only"}


async def authorize(unit: Unit, actor: Actor, action: str, place: Place) -> Decision:
    """Whether `actor` may do `action` (a key of ACTIONS) in `place`; the reason if not."""
    who = ACTIONS.get(action)
    if who is None:
        return Decision(False, "unknown_action")
    if who == LEADERS and not place.group_id:
        return Decision(False, "choose_group")
    if actor.anonymous and who == LEADERS:
        return Decision(False, "confirm")
    if actor.channel:
        return Decision(False, "channel")
    if not await roles_of(unit, actor, place.group_id) & who:
        return Decision(False, REFUSALS.get(who, "members_only"))
    return ALLOWED if await has_rights(unit, actor, action, place.group_id) else Decision(False, "right_missing")


async def has_rights(unit: Unit, actor: Actor, action: str, group_id: int) -> bool:
    """Nobody does through the bot what Telegram does not let them do by hand; the bot's own roles need no rights."""
    needed = RIGHTS.get(action)
    if needed is None or actor.operator or actor.user_id in await stored.operators(unit):
        return True
    key = (group_id, actor.user_id)
    if "leader" in (await stored.of_many(unit, [key])).get(key, ()):
        return True
    row = (await members.load(unit, [key])).get(key)
    return row is not None and (row.status == "creator" or needed <= row.admin_rights)


async def roles_of(unit: Unit, actor: Actor, group_id: int) -> frozenset[Role]:
    """The roles of `actor` in that group, never those of another."""
    return (await roles_in(unit, actor, [group_id]))[group_id]


async def led_groups(unit: Unit, actor: Actor, group_ids: Collection[int]) -> frozenset[int]:
    """Those of the groups in which `actor` may act as a leader."""
    found = await roles_in(unit, actor, group_ids)
    return frozenset(group_id for group_id, held in found.items() if held & LEADERS)


async def roles_in(unit: Unit, actor: Actor, group_ids: Collection[int]) -> dict[int, frozenset[Role]]:
    """The roles of `actor` by group; group 0 is none."""
    owns = actor.operator or actor.user_id in await stored.operators(unit)
    base: frozenset[Role] = frozenset({"person", "operator"}) if owns else frozenset({"person"})
    nobody = actor.anonymous or actor.channel
    keys = [] if nobody else [(group_id, actor.user_id) for group_id in group_ids if group_id]
    rows, held = await members.load(unit, keys), await stored.of_many(unit, keys)
    found = dict.fromkeys(group_ids, base)
    for key in keys:
        given = {ROLES[name] for name in held.get(key, ()) if name in ROLES}
        found[key[0]] = base | from_telegram(rows.get(key)) | given
    return found


def from_telegram(row: members.MemberRow | None) -> frozenset[Role]:
    if row is None or row.status not in PRESENT:
        return frozenset()
    return frozenset({"member", "leader"}) if row.status in LEADING else frozenset({"member"})
