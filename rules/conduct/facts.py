"""What happened, as Telegram reported it: small immutable values; nothing here looks anything up."""

from typing import Literal, NamedTuple

FactKind = Literal["message", "edit", "join", "leave", "checkin"]
SenderKind = Literal["member", "anonymous_admin", "channel", "linked_channel", "bot", "self", "telegram"]


class Entity(NamedTuple):
    """A formatted span of a text. `offset` and `length` count UTF-16 units, as Telegram does."""

    type: str
    offset: int
    length: int
    url: str = ""
    user_id: int = 0


class Media(NamedTuple):
    """An attachment: enough to show it again (`file_id`) and to judge it (`file_name`, `mime`, contact, poll words)."""

    kind: str
    file_id: str = ""
    file_name: str = ""
    words: str = ""
    mime: str = ""


class Facts(NamedTuple):
    """One message, edit, join or leave in a group. Times are Unix seconds of the event, ids are Telegram's.

    `text` is what the sender wrote (caption included); quotes, forwarded origins and replies stand apart,
    because they are not the sender's own words. `album_id` joins the parts of an album.
    """

    update_id: int
    kind: FactKind
    chat_id: int
    user_id: int
    at: int
    message_id: int = 0
    thread_id: int = 0
    sender: SenderKind = "member"
    sender_chat_id: int = 0
    name: str = ""
    username: str = ""
    tag: str | None = None
    is_bot: bool = False
    text: str = ""
    entities: tuple[Entity, ...] = ()
    quote: str = ""
    forward: str = ""
    reply_to: int = 0
    reply_user_id: int = 0
    album_id: str = ""
    media: tuple[Media, ...] = ()
    buttons: tuple[str, ...] = ()
    via_bot: bool = False
    invite_link: str = ""
    by_user_id: int = 0
