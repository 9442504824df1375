"""The fields of a Bot API update that we read; all else is skipped unread, so new fields never disturb us.

Nothing but `update_id`, ids and times is required: Telegram leaves out, and may send null for, whatever is optional.
"""

from typing import Annotated

from msgspec import Meta, Raw, Struct, field

# gc=False throughout: nothing in them points back, and a burst of thousands would keep the collector busy.
Id = Annotated[int, Meta(ge=-(2**63), le=2**63 - 1)]


class Present(Struct, gc=False):
    """Something of which it is enough to know that it is there."""


class User(Struct, gc=False):
    id: Id
    first_name: str | None = None
    last_name: str | None = None
    username: str | None = None
    is_bot: bool | None = None


class Chat(Struct, gc=False):
    id: Id
    type: str = ""
    title: str | None = None
    username: str | None = None


class Entity(Struct, gc=False):
    type: str
    offset: Id
    length: Id
    url: str | None = None
    user: User | None = None


class Quote(Struct, gc=False):
    text: str | None = None


class Origin(Struct, gc=False):
    """Where something was forwarded from: the four kinds Telegram tells apart, flat."""

    type: str = ""
    sender_user: User | None = None
    sender_user_name: str | None = None
    sender_chat: Chat | None = None
    chat: Chat | None = None


class File(Struct, gc=False):
    """Any attachment with a file; `set_name` is a sticker's, `title` and `performer` a song's."""

    file_id: str = ""
    file_name: str | None = None
    mime_type: str | None = None
    set_name: str | None = None
    title: str | None = None
    performer: str | None = None


class Contact(Struct, gc=False):
    phone_number: str | None = None
    first_name: str | None = None
    last_name: str | None = None
    vcard: str | None = None


class Words(Struct, gc=False):
    text: str | None = None


class Poll(Struct, gc=False):
    question: str | None = None
    description: str | None = None
    explanation: str | None = None
    options: list[Words] | None = None


class Checklist(Struct, gc=False):
    title: str | None = None
    tasks: list[Words] | None = None


class Titled(Struct, gc=False):
    """A venue, game, invoice or giveaway: whatever in it is words."""

    title: str | None = None
    description: str | None = None
    address: str | None = None
    prize_description: str | None = None


class Story(Struct, gc=False):
    chat: Chat | None = None


class Attached(Struct, gc=False):
    """What a message, or the message it answers from elsewhere, may carry beside its text."""

    photo: list[File] | None = None
    animation: File | None = None
    audio: File | None = None
    document: File | None = None
    sticker: File | None = None
    video: File | None = None
    video_note: File | None = None
    voice: File | None = None
    contact: Contact | None = None
    poll: Poll | None = None
    checklist: Checklist | None = None
    venue: Titled | None = None
    game: Titled | None = None
    invoice: Titled | None = None
    giveaway: Titled | None = None
    giveaway_winners: Titled | None = None
    story: Story | None = None
    paid_media: Present | None = None
    live_photo: Present | None = None
    location: Present | None = None
    dice: Present | None = None


class ExternalReply(Attached, gc=False):
    origin: Origin | None = None
    chat: Chat | None = None


class Target(Struct, gc=False):
    url: str | None = None


class InlineButton(Struct, gc=False):
    text: str | None = None
    url: str | None = None
    web_app: Target | None = None
    login_url: Target | None = None
    copy_text: Words | None = None


class Keyboard(Struct, gc=False):
    inline_keyboard: list[list[InlineButton]] | None = None


class Answered(Struct, gc=False):
    message_id: Id = 0
    sender: User | None = field(default=None, name="from")


class Message(Attached, gc=False, kw_only=True):
    message_id: Id
    date: Id
    chat: Chat
    sender: User | None = field(default=None, name="from")
    sender_chat: Chat | None = None
    sender_tag: str | None = None
    edit_date: Id | None = None
    message_thread_id: Id | None = None
    is_topic_message: bool | None = None
    is_automatic_forward: bool | None = None
    forward_origin: Origin | None = None
    external_reply: ExternalReply | None = None
    reply_to_message: Answered | None = None
    quote: Quote | None = None
    via_bot: User | None = None
    media_group_id: str | None = None
    text: str | None = None
    entities: list[Entity] | None = None
    caption: str | None = None
    caption_entities: list[Entity] | None = None
    reply_markup: Keyboard | None = None
    new_chat_members: list[User] | None = None
    left_chat_member: User | None = None
    migrate_to_chat_id: Id | None = None
    migrate_from_chat_id: Id | None = None


class Membership(Struct, gc=False):
    status: str
    user: User
    tag: str | None = None
    is_member: bool | None = None


class InviteLink(Struct, gc=False):
    invite_link: str = ""
    name: str | None = None


class MemberChange(Struct, gc=False):
    chat: Chat
    date: Id
    sender: User = field(name="from")
    old_chat_member: Membership
    new_chat_member: Membership
    invite_link: InviteLink | None = None


class InChat(Struct, gc=False):
    """Whatever happened in a chat; of the rest a conversation makes sense."""

    chat: Chat | None = None


class Press(Struct, gc=False):
    message: InChat | None = None


class Update(Struct, gc=False):
    """One update. The types that only conversations read are hardly looked at."""

    update_id: Id
    message: Message | None = None
    edited_message: Message | None = None
    chat_member: MemberChange | None = None
    my_chat_member: InChat | None = None
    chat_join_request: InChat | None = None
    callback_query: Press | None = None


class Head(Struct, gc=False):
    update_id: Id


class Body(Struct, gc=False):
    """The answer to getUpdates."""

    ok: bool = False
    result: list[Raw] | None = None
    error_code: int = 0
    description: str = ""
