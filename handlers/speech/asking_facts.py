"""A message sent to the bot alone, as Facts: forwarded or written, its caption, its contact, its buttons."""

from collections.abc import Iterator
from typing import Any

from telegram import Message

from handlers.reading.pointing import facts_of
from rules.conduct.facts import Facts, Media

NAMED = ("title", "username", "sender_user_name")


def asked_about(message: Message) -> Facts:
    """What the scan looks at; who sent it and when it was forwarded is nobody's business here."""
    base = facts_of(message)
    return base._replace(forward=origin(message), media=(*base.media, *worded(message)), buttons=buttons(message))


def says_something(facts: Facts) -> bool:
    return bool(facts.text or facts.buttons or any(each.words or each.file_name for each in facts.media))


def origin(message: Message) -> str:
    where = message.forward_origin
    return f"{where.type}:{' '.join(names(where))}" if where is not None else ""


def names(where: Any) -> Iterator[str]:
    for each in (where, getattr(where, "chat", None), getattr(where, "sender_chat", None)):
        yield from (str(value) for name in NAMED if (value := getattr(each, name, None)))


def worded(message: Message) -> Iterator[Media]:
    if (contact := message.contact) is not None:
        words = filter(None, (contact.first_name, contact.last_name, contact.phone_number, contact.vcard))
        yield Media("contact", words=" ".join(words))
    if (poll := message.poll) is not None:
        yield Media("poll", words=" ".join((poll.question, *(option.text for option in poll.options))))
    if (venue := message.venue) is not None:
        yield Media("venue", words=f"{venue.title} {venue.address}")
    if message.story is not None:
        yield Media("story")


def buttons(message: Message) -> tuple[str, ...]:
    rows = message.reply_markup.inline_keyboard if message.reply_markup is not None else ()
    return tuple(words for row in rows for button in row for words in (button.text, button.url) if words)
