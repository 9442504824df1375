"""What only Telegram can do, as values; and the sentences and buttons that are said."""

from dataclasses import dataclass
from typing import Literal, NamedTuple

from rules.conduct.facts import Entity, Media


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
    """A button under a post. `audience` says who may press: member (`user_id`), a set of roles, anyone; checked on the
    server.

    `action` is a permanent name (`fine.paid`); `ref` and `note` travel with it on the server, never in the client.
    A button with `url` opens it and has no action.
    """

    label: Phrase
    action: str = ""
    audience: Literal["member", "leaders", "reviewers", "officers", "staff", "anyone"] = "anyone"
    user_id: int = 0
    ref: int = 0
    note: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Delete:
    """`own` posts are the bot's: taking them down needs no right and is no measure."""

    message_ids: tuple[int, ...]
    own: bool = False


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
    or in `to_chat` (the moderators' chat). `delete_after` seconds it disappears (0: stays). `alert` is what the person
    alone is shown after pressing [查看] (`notice.show`): a line in the group tells nobody else what it is about.
    `gather` is what is said in its place where it shares a post with others; its names are those of all of them.
    `instead` is the line in the group for somebody who turns out not to be reachable in private; `delete_after` and
    `alert` are that line's then.
    """

    words: tuple[Phrase, ...]
    language: str
    buttons: tuple[tuple[Button, ...], ...] = ()
    to_user: int = 0
    to_chat: int = 0
    thread: int = 0
    reply_to: int = 0
    delete_after: int = 0
    purpose: Literal[
        "notice", "answer", "welcome", "prompt", "card", "counter", "repost", "pinned", "reminder", "asked"
    ] = "notice"  # fmt: skip
    alert: tuple[Phrase, ...] = ()
    gather: tuple[Phrase, ...] = ()
    instead: tuple[Phrase, ...] = ()


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


@dataclass(frozen=True, slots=True, kw_only=True)
class SetPermissions:
    """What everybody may do in the group: just `allowed`, in Telegram's words. `before` is what they may until then:
    where permissions are given back and it is something else by now, a person changed it, and their change stays.
    """

    allowed: tuple[str, ...] = ()
    before: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CreateLink:
    """An invite link of its own into the act's chat, good for `uses` people until `expires_at` (0: no end). Its address
    is the act's result; a button with the url AFTER_LINK of an act that comes after this one opens it.
    """

    name: str = ""
    uses: int = 1
    expires_at: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class RevokeLink:
    """The link opens nothing any more. `url` "": the one the act before this one made."""

    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ApproveJoin:
    user_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DeclineJoin:
    user_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SendFile:
    """A text as a file, in private to `to_user`; `words` stand under it."""

    file_name: str
    text: str
    language: str
    words: tuple[Phrase, ...] = ()
    to_user: int = 0


AFTER_LINK = "after:link"

Act = (
    Delete | Restrict | Free | Remove | Readmit | BanSender | UnbanSender | SetTag | Say | Repost | Edit
    | AnswerPress | Pin | Unpin | React | Leave | SetPermissions
    | CreateLink | RevokeLink | ApproveJoin | DeclineJoin | SendFile
)  # fmt: skip
