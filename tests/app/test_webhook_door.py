"""Who knocks at the webhook without being Telegram: sent away, unread, and neither books nor log know of it."""

import asyncio
import logging
from collections.abc import AsyncIterator

import pytest
from sqlalchemy import text

from bot.intake import door
from bot.web import listening
from sandbox.processes import WEBHOOK_SECRET
from tests.app.stage import INSULT, Stage, staged
from tests.bot.intake.knocking import JSON, SECRET, SECRET_HEADER, door_of, head, knock, post
from tests.figures import Figures

CANARY = "canary-of-a-body"
BODY = b'{"update_id": 1, "message": {"text": "%s"}}' % CANARY.encode()
MEGABYTE = 1 << 20
CHUNK = b"%x\r\n%s\r\n" % (MEGABYTE, b"x" * MEGABYTE)

REFUSED = {
    "no secret": (post(BODY, JSON), 403),
    "a wrong secret": (post(BODY, (SECRET_HEADER, "x" * len(WEBHOOK_SECRET)), JSON), 403),
    "half a secret": (post(BODY, (SECRET_HEADER, WEBHOOK_SECRET[:-1]), JSON), 403),
    "more than the secret": (post(BODY, (SECRET_HEADER, f"{WEBHOOK_SECRET}x"), JSON), 403),
    "an empty secret": (post(BODY, (SECRET_HEADER, ""), JSON), 403),
    "a secret in another alphabet": (post(BODY, (SECRET_HEADER, "灯塔密码灯塔密码"), JSON), 403),
    "the secret twice": (post(BODY, SECRET, SECRET, JSON), 403),
    "the secret and a wrong one": (post(BODY, SECRET, (SECRET_HEADER, "x"), JSON), 403),
    "a wrong one and the secret": (post(BODY, (SECRET_HEADER, "x"), SECRET, JSON), 403),
    "GET": (head("GET", headers=[SECRET]), 405),
    "HEAD": (head("HEAD", headers=[SECRET]), 405),
    "PUT": (head("PUT", headers=[SECRET, JSON, ("Content-Length", "2")]) + b"{}", 405),
    "OPTIONS": (head("OPTIONS", headers=[SECRET]), 405),
    "a web socket": (head("GET", headers=[SECRET, ("Connection", "upgrade"), ("Upgrade", "websocket")]), 405),
    "no content type": (post(BODY, SECRET), 415),
    "a form": (post(BODY, SECRET, ("Content-Type", "application/x-www-form-urlencoded")), 415),
    "text": (post(BODY, SECRET, ("Content-Type", "text/plain")), 415),
    "something like JSON": (post(BODY, SECRET, ("Content-Type", "application/jsonx")), 415),
    "two content types": (post(BODY, SECRET, JSON, JSON), 415),
    "50 MB announced": (head(headers=[SECRET, JSON, ("Content-Length", "52428800")]), 413),
    "50 MB announced, no secret": (head(headers=[JSON, ("Content-Length", "52428800")]), 403),
    "no HTTP": (f"{CANARY} / {CANARY}\r\n\r\n".encode(), 400),
    "two lengths": (head(headers=[SECRET, JSON, ("Content-Length", "2"), ("Content-Length", "3")]) + b"{}", 400),
}
PATHS = ("/", "/telegram/", "/TELEGRAM", "//telegram", "/telegram/../telegram", "/%74elegram", "/.env", "/.git/config",
         "/wp-login.php", "/healthz", "/metrics", "/bot", "/" + "x" * 4000)  # fmt: skip


@pytest.fixture
async def stage(database_url: str) -> AsyncIterator[Stage]:
    async with staged(database_url, intake="webhook") as made:
        await made.people.call_made("setWebhook")
        yield made


async def rows(stage: Stage) -> tuple[int, int]:
    """How many updates were ever taken, and how many could not be read."""
    async with stage.app.services.storage.reading() as unit:
        counts = [await unit.scalar(text(f"SELECT count(*) FROM {name}")) for name in ("updates_seen", "undecided")]
    return int(counts[0]), int(counts[1])


async def test_whoever_is_not_telegram_is_sent_away_and_leaves_no_trace(
    stage: Stage, caplog: pytest.LogCaptureFixture, figures: Figures
) -> None:  # S4
    caplog.set_level(logging.DEBUG)
    await stage.all_taken()
    before = await rows(stage)
    answers = {name: await knock(door_of(stage.settings), request) for name, (request, _) in REFUSED.items()}
    assert {name: said.status for name, said in answers.items()} == {name: code for name, (_, code) in REFUSED.items()}
    assert {said.headers["connection"] for said in answers.values()} == {"close"}
    assert answers["GET"].headers["allow"] == "POST"
    assert await rows(stage) == before
    figures("S4", intake="webhook", calls=len(REFUSED), refused=len(answers), rows=0)
    assert CANARY not in caplog.text
    assert WEBHOOK_SECRET not in caplog.text


async def test_only_the_path_telegram_was_told_is_there(stage: Stage) -> None:  # S4
    said = [await knock(door_of(stage.settings), post(BODY, SECRET, JSON, path=path)) for path in PATHS]
    assert [each.status for each in said] == [404] * len(PATHS)


async def test_fifty_megabytes_without_a_length_are_not_read(stage: Stage) -> None:  # S4
    await stage.all_taken()
    before = await rows(stage)
    for headers, status in (((SECRET, JSON), 413), ((JSON,), 403)):
        start = head(headers=[*headers, ("Transfer-Encoding", "chunked")])
        assert (await knock(door_of(stage.settings), start, *[CHUNK] * 50, b"0\r\n\r\n")).status == status
    assert await rows(stage) == before


async def test_telegram_itself_is_let_in_meanwhile(stage: Stage) -> None:
    lin = await stage.member()
    said = await stage.people.post(stage.chat, lin, INSULT)
    await knock(door_of(stage.settings), post(BODY, JSON))
    await stage.people.message_deleted(stage.chat, said)
    await stage.all_taken()
    assert (await knock(door_of(stage.settings), post(b'{"update_id": 7, "poll": {}}'))).status == 200


async def test_what_is_no_update_is_kept_once_and_not_asked_for_again(stage: Stage) -> None:  # S4 T7
    await stage.all_taken()
    seen, undecided = await rows(stage)
    for body in (
        b"no JSON",
        b"",
        b"[]",
        b'{"update_id": "x"}',
        b"\xff\x00\xfe",
        b'{"update_id": 8, "message": "\\u0000"}',
    ):
        for _ in range(2):
            assert (await knock(door_of(stage.settings), post(body))).status == 200
    assert await rows(stage) == (seen + 6, undecided + 6)


async def test_the_first_refusal_of_a_kind_is_logged_at_once(stage: Stage, caplog: pytest.LogCaptureFixture) -> None:
    for _ in range(5):
        await knock(door_of(stage.settings), post(BODY, JSON))
    told = [record.getMessage() for record in caplog.records if record.name == door.__name__]
    assert told == ["a request to the webhook was refused: it does not have the secret"]


@pytest.fixture
def hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listening, "HEAD_SECONDS", 0.5)
    monkeypatch.setattr(door, "BODY_SECONDS", 0.5)


@pytest.mark.usefixtures("hurry")
async def test_who_never_comes_to_the_end_is_not_waited_for(stage: Stage) -> None:  # S4
    door = door_of(stage.settings)
    slow_head = await knock(door, b"POST /telegram HTTP/1.1\r\nHost: ", seconds=5)
    slow_body = await knock(
        door_of(stage.settings), head(headers=[SECRET, JSON, ("Content-Length", "9")]) + b"{", seconds=5
    )
    silent = await knock(door, b"", seconds=5)
    after_blank_lines = await knock(door, b"\r\n\r\n", seconds=5)
    assert [each.status for each in (slow_head, slow_body, silent, after_blank_lines)] == [0, 408, 0, 0]


async def test_a_head_without_end_is_cut(stage: Stage) -> None:  # S4
    more = [f"X-{number}: {'x' * 1000}\r\n".encode() for number in range(200)]
    said = await knock(door_of(stage.settings), b"POST /telegram HTTP/1.1\r\n", *more, seconds=5)
    assert said.status == 0


async def test_a_crowd_of_silent_connections_does_not_keep_telegram_out(stage: Stage) -> None:  # S4
    opened = [await asyncio.open_connection("127.0.0.1", door_of(stage.settings)) for _ in range(300)]
    lin = await stage.member()
    for number in range(5):
        await stage.people.post(stage.chat, lin, f"第{number}天")
    said = await stage.people.post(stage.chat, lin, INSULT)
    await stage.people.message_deleted(stage.chat, said)
    await stage.all_taken()
    assert (await stage.known(lin)).messages == 6
    for _, writer in opened:
        writer.close()
