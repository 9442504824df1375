"""What a message carries beside its text: kinds, file ids and the words that advertisements hide in."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from bot.intake.shapes import (
    Attached,
    Chat,
    Checklist,
    Contact,
    ExternalReply,
    File,
    Keyboard,
    Origin,
    Poll,
    Story,
    Titled,
)
from rules.conduct.facts import Media

FILES = ("animation", "audio", "document", "sticker", "video", "video_note", "voice")
WORDLESS = ("paid_media", "live_photo", "location", "dice")


def join(*parts: str | None) -> str:
    return " ".join(part for part in parts if part)


def chat_words(chat: Chat | None) -> str:
    if chat is None:
        return ""
    return join(chat.title, f"@{chat.username}" if chat.username else "")


def origin_words(origin: Origin | None) -> str:
    """`channel:Title @name`, `user:Name`, `hidden_user:Name`, `chat:Title`; empty where nothing was forwarded."""
    if origin is None:
        return ""
    user = origin.sender_user
    person = join(user.first_name, user.last_name) if user else origin.sender_user_name
    return f"{origin.type}:{join(person, chat_words(origin.sender_chat), chat_words(origin.chat))}"


def media_of(attached: Attached) -> tuple[Media, ...]:
    return tuple(found(attached))


def found(attached: Attached) -> Iterator[Media]:
    # The last size is the largest.
    if attached.photo is not None:
        yield Media("photo", attached.photo[-1].file_id if attached.photo else "")
    for kind in FILES:
        if (file := getattr(attached, kind)) is not None:
            yield file_media(kind, file)
    for kind, words in WORDED.items():
        if (worded := getattr(attached, kind)) is not None:
            yield Media(kind, words=words(worded))
    for kind in WORDLESS:
        if getattr(attached, kind) is not None:
            yield Media(kind)


def file_media(kind: str, file: File) -> Media:
    named, words = file.file_name or file.set_name or "", join(file.title, file.performer)
    return Media(kind, file.file_id, named, words, file.mime_type or "")


def contact_words(contact: Contact) -> str:
    return join(contact.first_name, contact.last_name, contact.phone_number, contact.vcard)


def poll_words(poll: Poll) -> str:
    return join(poll.question, poll.description, poll.explanation, *(option.text for option in poll.options or ()))


def checklist_words(checklist: Checklist) -> str:
    return join(checklist.title, *(task.text for task in checklist.tasks or ()))


def titled_words(titled: Titled) -> str:
    return join(titled.title, titled.description, titled.address, titled.prize_description)


def story_words(story: Story) -> str:
    return chat_words(story.chat)


WORDED: Mapping[str, Callable[[Any], str]] = {
    "contact": contact_words,
    "poll": poll_words,
    "checklist": checklist_words,
    "story": story_words,
    **dict.fromkeys(("venue", "game", "invoice", "giveaway", "giveaway_winners"), titled_words),
}


def reply_elsewhere(reply: ExternalReply) -> tuple[Media, ...]:
    """A reply to a message of another chat shows that message: its origin and attachments are part of the picture."""
    shown = join(origin_words(reply.origin), chat_words(reply.chat), *(media.words for media in found(reply)))
    return (Media("external_reply", words=shown),)


def button_words(keyboard: Keyboard | None) -> tuple[str, ...]:
    """Texts and addresses of inline buttons, in order."""
    if keyboard is None:
        return ()
    return tuple(
        words
        for row in keyboard.inline_keyboard or ()
        for button in row
        for words in (
            button.text,
            button.url,
            button.web_app and button.web_app.url,
            button.login_url and button.login_url.url,
            button.copy_text and button.copy_text.text,
        )
        if words
    )
