"""One update as a webhook brings it: read as polling reads it, and kept where it cannot be read."""

import json

import pytest

from bot.intake.wire import decode_batch, decode_posted
from tests.bot.intake.updates import message


def polled(body: bytes) -> bytes:
    return b'{"ok":true,"result":[%s]}' % body


@pytest.mark.parametrize(
    "update",
    [
        message("早上好"),
        message("一\0二"),
        {"update_id": 9, "poll": {}},
        {"update_id": 10, "message": {"date": "?"}},
        {"update_id": 11, "message": {"date": "?", "text": "\0"}},
    ],
)
def test_it_is_read_as_polling_reads_it(update: dict[str, object]) -> None:  # T7
    body = json.dumps(update).encode()
    (expected,) = decode_batch(polled(body))
    found = decode_posted(body)
    assert (found.update_id, found.kind, found.facts, found.chat) == (
        expected.update_id,
        expected.kind,
        expected.facts,
        expected.chat,
    )
    assert b"\\u0000" not in found.raw


def test_half_characters_are_mended() -> None:  # T7
    body = json.dumps(message("早 HALF 安", update_id=12)).encode().replace(b"HALF", b"\\ud83d")
    found = decode_posted(body)
    assert (found.update_id, found.kind) == (12, "ordinary")
    assert found.facts is not None
    found.facts.text.encode()


@pytest.mark.parametrize("body", [b"", b"no JSON", b"\xff\x00", b"[]", b"null", b"{}", b"[" * 100_000])
def test_what_is_no_update_is_kept_once(body: bytes) -> None:  # S4
    found, again = decode_posted(body), decode_posted(body)
    assert found.kind == "undecided"
    assert found.update_id == again.update_id < 0
    assert b"\0" not in found.raw
