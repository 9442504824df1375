"""From the bytes of Telegram to updates: each is decoded on its own, and none can keep the others from us."""

import json
from collections.abc import Iterable
from hashlib import blake2b
from typing import Any

import msgspec

from bot.intake.incoming import Incoming, incoming_of
from bot.intake.shapes import Body, Head, Update

# Named one by one: Telegram sends chat_member only to who asks for it by name, requests to join only to who may invite.
ALLOWED_UPDATES = (
    "message",
    "edited_message",
    "chat_member",
    "my_chat_member",
    "callback_query",
    "chat_join_request",
)


class BadBody(Exception):
    """The answer to getUpdates was not what Telegram sends."""


NUL = rb"\u0000"
UNREADABLE = (msgspec.MsgspecError, UnicodeDecodeError, RecursionError)

decode_body = msgspec.json.Decoder(Body).decode
decode_update = msgspec.json.Decoder(Update).decode
decode_head = msgspec.json.Decoder(Head).decode


def decode_batch(body: bytes) -> list[Incoming]:
    """Every update of an answer to getUpdates, in its order; raises BadBody if it is no such answer."""
    return [decode(raw) for raw in elements(body)]


def elements(body: bytes) -> Iterable[bytes]:
    if NUL in body:
        return mended(body)
    # As raw elements first: one that is damaged must not take the other ninety-nine along.
    try:
        answer = decode_body(body)
    except UNREADABLE:
        return mended(body)
    if not answer.ok or answer.result is None:
        raise BadBody(f"{answer.error_code} {answer.description}".strip())
    return map(bytes, answer.result)


def mended(body: bytes) -> list[bytes]:
    """Half characters, over which a strict reader refuses it all, are replaced; NUL, which PostgreSQL refuses, goes."""
    try:
        answer = json.loads(body.decode("utf-8", "replace"))
    except (ValueError, RecursionError) as error:
        raise BadBody("not JSON") from error
    result = answer.get("result") if isinstance(answer, dict) else None
    if not isinstance(result, list):
        raise BadBody("no list of updates")
    return [json.dumps(without_nul(each), ensure_ascii=False).encode("utf-8", "replace") for each in result]


def decode_posted(body: bytes) -> Incoming:
    """The one update of a webhook's request; what is no JSON is kept too, or Telegram would send it for ever."""
    if NUL not in body and (found := decode(body)).kind != "undecided":
        return found
    try:
        told = without_nul(json.loads(body.decode("utf-8", "replace")))
    except (ValueError, RecursionError):
        return decode(body.replace(b"\0", b""))
    return decode(json.dumps(told, ensure_ascii=False).encode("utf-8", "replace"))


def without_nul(value: Any) -> Any:
    match value:
        case str():
            return value.replace("\0", "")
        case dict():
            return {key: without_nul(each) for key, each in value.items()}
        case list():
            return [without_nul(each) for each in value]
    return value


def decode(raw: bytes) -> Incoming:
    """One update; one that cannot be read is undecided, with its text kept for later."""
    try:
        return incoming_of(decode_update(raw), raw)
    except UNREADABLE as error:
        return Incoming(update_id_of(raw), raw, "undecided", None, f"unreadable: {error}")


def update_id_of(raw: bytes) -> int:
    """Where it has none: below 0, the same for the same bytes, so that each is kept, and once."""
    try:
        return decode_head(raw).update_id
    except UNREADABLE:
        return -1 - int.from_bytes(blake2b(raw, digest_size=7).digest())
