"""What a verdict causes: entries for the books, acts for Telegram, cards for people, moments to look again.

An act knows its inverse, the right it needs, whether it may be repeated, how long it is worth doing and its lane.
"""

from typing import Literal, NamedTuple

from rules.conduct.acts import (
    AFTER_LINK,
    Act,
    AnswerPress,
    ApproveJoin,
    BanSender,
    Button,
    CreateLink,
    DeclineJoin,
    Delete,
    Edit,
    Free,
    Leave,
    Mention,
    Phrase,
    Pin,
    React,
    Readmit,
    Remove,
    Repost,
    Restrict,
    RevokeLink,
    Say,
    SendFile,
    SetPermissions,
    SetTag,
    UnbanSender,
    Unpin,
    Value,
)

__all__ = [
    "AFTER_LINK",
    "DAY",
    "HOUR",
    "LANE_DELETIONS",
    "LANE_MEMBERS",
    "LANE_PRESSES",
    "LANE_SPEECH",
    "Act",
    "AnswerPress",
    "ApproveJoin",
    "BanSender",
    "Button",
    "Card",
    "CreateLink",
    "Deadline",
    "DeclineJoin",
    "Delete",
    "Edit",
    "Entry",
    "EntryKind",
    "Free",
    "Leave",
    "Mention",
    "Phrase",
    "Pin",
    "Planned",
    "React",
    "Readmit",
    "Remove",
    "Repost",
    "Restrict",
    "RevokeLink",
    "Say",
    "SendFile",
    "SetPermissions",
    "SetTag",
    "UnbanSender",
    "Unpin",
    "Value",
    "against_member",
    "idempotent",
    "inverse",
    "lane",
    "lifetime",
    "required_right",
]

HOUR = 3600
DAY = 24 * HOUR


EntryKind = Literal[
    "reminder", "violation", "warning", "ask_to_leave", "removal", "mute", "read_only", "freed", "stayed",
    "fine_opened", "fine_paid", "fine_withdrawn", "fine_waived", "fine_overdue", "fine_void",
    "nickname_asked", "nickname_reminded", "nickname_settled", "nick_registered",
    "pass_granted", "pass_used", "rules_accepted", "pardon", "void", "readmitted", "observed", "shortened",
]  # fmt: skip


class Entry(NamedTuple):
    """A row for the books. `ref` names the entry it settles (a fine) or the decision it voids; times are Unix seconds.

    `counted` entries move a member on the ladder; entries count for nothing after `valid_until` (0: always).
    An `observed` entry only tells a burst from a new case. Where a message was judged (`violation`) or covered by a
    pass (`pass_used`), `ref` is its number.
    """

    kind: EntryKind
    rule: str = ""
    counted: bool = False
    valid_until: int = 0
    amount: int = 0
    unit: str = ""
    shares: int = 0
    due_at: int = 0
    until: int = 0
    ref: int = 0
    note: str = ""


class Deadline(NamedTuple):
    """Look again at `due_at`: the calendar then asks `rules.conduct.due`. `kind` is permanent."""

    kind: Literal[
        "fine_due", "nickname_remind", "nickname_due", "leave_unanswered", "mute_over", "pass_over",
        "raid_remove", "raid_back", "letter_due", "lockdown_over", "gate_unanswered", "adding_due",
        "question_due", "join_unanswered", "ticket_due", "role_over", "blacklist_over", "blacklist_out", "appeal_due",
        "approval_due", "approval_ask", "care_offered", "care_clean",
    ]  # fmt: skip
    due_at: int


LANE_PRESSES, LANE_DELETIONS, LANE_MEMBERS, LANE_SPEECH = 0, 1, 2, 3


class Planned(NamedTuple):
    """An act as it will be written to the outbox. `after` is the index of the act it needs (-1: none).

    `held` names the cause for which it waits; `simulated` acts are settled at once and never sent.
    """

    act: Act
    after: int = -1
    not_before: int = 0
    expires_at: int = 0
    held: str = ""
    simulated: bool = False


class Card(NamedTuple):
    """A question for the moderators, never posted into the members' group. `kind` is permanent."""

    kind: str
    words: tuple[Phrase, ...]
    buttons: tuple[tuple[Button, ...], ...] = ()


def inverse(act: Act) -> Act | None:
    """The act that takes `act` back, None where nothing can."""
    match act:
        case Restrict(user_id=user_id):
            return Free(user_id=user_id)
        case Remove(user_id=user_id):
            return Readmit(user_id=user_id)
        case BanSender(sender_chat_id=chat):
            return UnbanSender(sender_chat_id=chat)
        case SetTag(user_id=user_id, tag=tag, before=before):
            return SetTag(user_id=user_id, tag=before, before=tag)
        case Pin(message_id=message_id):
            return Unpin(message_id=message_id)
        case SetPermissions(allowed=allowed, before=before):
            return SetPermissions(allowed=before, before=allowed)
        case (
            Delete() | Free() | Readmit() | UnbanSender() | Say() | Repost() | Edit() | AnswerPress() | Unpin()
            | React() | Leave() | CreateLink() | RevokeLink() | ApproveJoin() | DeclineJoin() | SendFile()
        ):  # fmt: skip
            return None


def required_right(act: Act) -> str | None:
    """The administrator right Telegram asks for, in its own words; None where none is needed."""
    match act:
        case Delete(own=own):
            return None if own else "can_delete_messages"
        case Restrict() | Free() | Remove() | Readmit() | BanSender() | UnbanSender() | SetPermissions():
            return "can_restrict_members"
        case SetTag():
            return "can_manage_tags"
        case Pin() | Unpin():
            return "can_pin_messages"
        case CreateLink() | RevokeLink() | ApproveJoin() | DeclineJoin():
            return "can_invite_users"
        case Say() | Repost() | Edit() | AnswerPress() | React() | Leave() | SendFile():
            return None


def idempotent(act: Act) -> bool:
    """Whether repeating `act` after an unclear answer changes nothing."""
    return not isinstance(act, Say | Repost | AnswerPress | SendFile)


def lane(act: Act) -> int:
    """Lanes are emptied side by side, so that speech under Telegram's limits never delays a deletion."""
    match act:
        case AnswerPress():
            return LANE_PRESSES
        case Delete():
            return LANE_DELETIONS
        case Say() | Repost() | Edit() | Pin() | Unpin() | React() | SendFile():
            return LANE_SPEECH
        case _:
            return LANE_MEMBERS


def lifetime(act: Act) -> int:
    """Seconds after the event in which `act` is still worth doing; afterwards it expires."""
    match act:
        # As long as Telegram keeps a press.
        case AnswerPress():
            return 150
        # A mute that comes late would silence somebody about something long past.
        case Restrict(until=until) if until:
            return HOUR
        # Public speech later than that is about what nobody sees any more (fairness 5).
        case Say(to_user=0) | Edit() | React():
            return 10 * 60
        # Bots may delete messages for 48 hours (deleteMessage).
        case _:
            return 2 * DAY


def against_member(act: Act) -> bool:
    """Whether `act` spends the brake (fairness 3): deletions, mutes and removals; notices are counted by `decide`."""
    return isinstance(act, Restrict | Remove | BanSender) or (isinstance(act, Delete) and not act.own)
