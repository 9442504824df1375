"""What a verdict causes: entries for the books, acts for Telegram, cards for people, moments to look again.

An act knows its inverse, the right it needs, whether it may be repeated, how long it is worth doing and its lane.
"""

from dataclasses import dataclass
from typing import Literal, NamedTuple

from rules.conduct.facts import Entity, Media

HOUR = 3600
DAY = 24 * HOUR


class Mention(NamedTuple):
    """A person in a sentence; shown by name, linked by id."""

    user_id: int
    name: str


Value = str | int | Mention


class Phrase(NamedTuple):
    """A sentence by its key in `locales/`; `params` fill its placeholders and are escaped when it is rendered."""

    key: str
    params: tuple[tuple[str, Value], ...] = ()


class Button(NamedTuple):
    """A button under a post. `audience` says who may press: member (`user_id`), leaders, anyone; checked on the server.

    `action` is a permanent name (`fine.paid`); `ref` and `note` travel with it on the server, never in the client.
    A button with `url` opens it and has no action.
    """

    label: Phrase
    action: str = ""
    audience: Literal["member", "leaders", "anyone"] = "anyone"
    user_id: int = 0
    ref: int = 0
    note: str = ""
    url: str = ""


EntryKind = Literal[
    "reminder", "violation", "warning", "ask_to_leave", "removal", "mute", "read_only", "freed", "stayed",
    "fine_opened", "fine_paid", "fine_withdrawn", "fine_waived", "fine_overdue", "fine_void",
    "nickname_asked", "nickname_reminded", "nickname_settled", "nick_registered",
    "pass_granted", "pass_used", "rules_accepted", "pardon", "void",
]  # fmt: skip


class Entry(NamedTuple):
    """A row for the books. `ref` names the entry it settles (a fine) or the decision it voids; times are Unix seconds.

    `counted` entries move a member on the ladder until `valid_until`.
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

    kind: Literal["fine_due", "nickname_remind", "nickname_due", "leave_unanswered", "mute_over", "pass_over"]
    due_at: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Delete:
    message_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Restrict:
    """Read-only until `until` (absolute Unix seconds; 0: until freed)."""

    user_id: int
    until: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Free:
    user_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Remove:
    """`ban` False is a kick: the person may come back."""

    user_id: int
    ban: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Readmit:
    """Lift a ban; never touches somebody who is in the group (unban with only_if_banned)."""

    user_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class BanSender:
    """For channels that speak as senders; a ban of their `from` would hit a fake user."""

    sender_chat_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class UnbanSender:
    sender_chat_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SetTag:
    user_id: int
    tag: str
    before: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Say:
    """A post of the bot, in the group (`thread`, `reply_to`), else in private to `to_user`, who has started the bot,
    or in `to_chat` (the moderators' chat). `delete_after` seconds it disappears (0: stays).
    """

    words: tuple[Phrase, ...]
    language: str
    buttons: tuple[tuple[Button, ...], ...] = ()
    to_user: int = 0
    to_chat: int = 0
    thread: int = 0
    reply_to: int = 0
    delete_after: int = 0
    purpose: Literal["notice", "answer", "welcome", "prompt", "card", "counter", "repost"] = "notice"


@dataclass(frozen=True, slots=True, kw_only=True)
class Repost:
    """A message that was set aside, posted again under `label` (#广告), in its author's name."""

    author: Mention
    label: Phrase
    language: str
    text: str = ""
    entities: tuple[Entity, ...] = ()
    media: tuple[Media, ...] = ()
    thread: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """Change a post of the bot. `message_id` 0: the post made by the act this one comes after."""

    words: tuple[Phrase, ...]
    language: str
    message_id: int = 0
    to_chat: int = 0
    buttons: tuple[tuple[Button, ...], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerPress:
    """Answer to a press, at most 200 characters; an alert is shown to that person alone."""

    query_id: str
    words: tuple[Phrase, ...] = ()
    language: str = "zh_Hans"
    alert: bool = False
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pin:
    message_id: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Unpin:
    message_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class React:
    message_id: int
    emoji: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Leave:
    pass


Act = (
    Delete | Restrict | Free | Remove | Readmit | BanSender | UnbanSender | SetTag | Say | Repost | Edit
    | AnswerPress | Pin | Unpin | React | Leave
)  # fmt: skip

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
        case (
            Delete() | Free() | Readmit() | UnbanSender() | Say() | Repost() | Edit() | AnswerPress() | Unpin()
            | React() | Leave()
        ):  # fmt: skip
            return None


def required_right(act: Act) -> str | None:
    """The administrator right Telegram asks for, in its own words; None where none is needed."""
    match act:
        case Delete():
            return "can_delete_messages"
        case Restrict() | Free() | Remove() | Readmit() | BanSender() | UnbanSender():
            return "can_restrict_members"
        case SetTag():
            return "can_manage_tags"
        case Pin() | Unpin():
            return "can_pin_messages"
        case Say() | Repost() | Edit() | AnswerPress() | React() | Leave():
            return None


def idempotent(act: Act) -> bool:
    """Whether repeating `act` after an unclear answer changes nothing."""
    return not isinstance(act, Say | Repost | AnswerPress)


def lane(act: Act) -> int:
    """Lanes are emptied side by side, so that speech under Telegram's limits never delays a deletion."""
    match act:
        case AnswerPress():
            return LANE_PRESSES
        case Delete():
            return LANE_DELETIONS
        case Say() | Repost() | Edit() | Pin() | Unpin() | React():
            return LANE_SPEECH
        case _:
            return LANE_MEMBERS


def lifetime(act: Act) -> int:
    """Seconds after the event in which `act` is still worth doing; afterwards it expires."""
    match act:
        case AnswerPress():
            return 150
        case Restrict(until=until) if until:
            return HOUR
        case Say(to_user=0) | Edit() | React():
            return 10 * 60
        case _:
            return 2 * DAY


def against_member(act: Act) -> bool:
    """Whether `act` spends the brake (fairness 3): deletions, mutes and removals; notices are counted by `decide`."""
    return isinstance(act, Delete | Restrict | Remove | BanSender)
