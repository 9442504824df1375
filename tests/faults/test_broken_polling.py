"""getUpdates answered with everything but an answer: it is asked again, in growing pauses, and nothing is lost."""

from typing import Any

import pytest

from bot.gateway import client, wire
from bot.intake import polling
from tests.app.stage import INSULT, staged
from tests.bot.waiting import lag, until

HALF = '{"ok": true, "result": [{"update_id": 77, "mess'
BREAKDOWNS: tuple[dict[str, Any], ...] = (
    {"mode": "http_body", "code": 502, "body": "<html>Bad Gateway</html>"},
    {"mode": "http_body", "code": 200, "body": "<html>Sign in to this network</html>"},
    {"mode": "http_body", "code": 200, "body": ""},
    {"mode": "http_body", "code": 504, "body": HALF},
    {"mode": "http_body", "code": 200, "body": HALF},
    {"mode": "http_body", "code": 200, "body": HALF, "slow": True, "seconds": 0.2},
    {"mode": "drop_before"},
    {"mode": "drop_answer"},
    {"mode": "error", "code": 500},
)
RULES = {"insult": {"mode": "enforce"}, "flooding": {"mode": "off"}}


def pauses(caplog: pytest.LogCaptureFixture) -> list[float]:
    return [getattr(record, "seconds") for record in caplog.records if record.name == polling.__name__]  # noqa: B009


async def test_whatever_getupdates_is_answered_the_bot_lives_and_loses_nothing(
    database_url: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    # T2
    monkeypatch.setattr(polling, "LONGEST_PAUSE", 0.05)
    monkeypatch.setattr(polling, "FIRST_PAUSE", 0.05)
    async with staged(database_url, RULES) as stage, lag() as worst:
        lin = await stage.member()
        for breakdown in BREAKDOWNS:
            await stage.people.fail_next("getUpdates", **breakdown)
            await stage.people.post(stage.chat, lin, "早上好")
        insult = await stage.people.post(stage.chat, lin, INSULT)
        await stage.people.message_deleted(stage.chat, insult)
        await until(lambda: not stage.world.updates.waiting, "all confirmed")
        assert (await stage.known(lin)).messages == len(BREAKDOWNS) + 1
        assert [row.rule for row in await stage.decisions(lin)] == ["insult"]
    assert len(pauses(caplog)) == len(BREAKDOWNS)
    assert worst[0] < 0.2


async def test_between_failures_in_a_row_the_pauses_grow(
    database_url: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    # T2
    monkeypatch.setattr(polling, "FIRST_PAUSE", 0.2)
    monkeypatch.setattr(polling, "LONGEST_PAUSE", 0.8)
    async with staged(database_url, RULES) as stage:
        lin = await stage.member()
        await until(lambda: not stage.world.updates.waiting, "all confirmed")
        await stage.people.fail_next("getUpdates", 4, mode="drop_before")
        for text in ("早", INSULT):
            said = await stage.people.post(stage.chat, lin, text)
        await stage.people.message_deleted(stage.chat, said)
    first, *_, last = pauses(caplog)
    assert len(pauses(caplog)) == 4
    assert first <= 0.2
    assert 0.4 <= last <= 0.8


async def test_an_answer_that_drips_is_given_up_in_the_end(database_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    # T2
    monkeypatch.setattr(polling, "LONG_POLL", 0)
    monkeypatch.setattr(polling, "FIRST_PAUSE", 0.01)
    monkeypatch.setattr(client, "AFTER_POLL", 0.3)
    monkeypatch.setattr(wire, "SPARE", 0.2)
    async with staged(database_url, RULES) as stage:
        lin = await stage.member()
        await stage.people.fail_next("getUpdates", 2, mode="http_body", body=HALF, slow=True, seconds=60)
        insult = await stage.people.post(stage.chat, lin, INSULT)
        await stage.people.message_deleted(stage.chat, insult)
