"""Asking for updates: confirmed only when committed, patient with every bad answer, still when told to stop."""

import asyncio
import logging
from collections.abc import Sequence

import pytest

from bot.clock import ManualClock
from bot.failpoints import Failpoint, armed
from bot.gateway import CallRefused, TokenRefused, Unavailable
from bot.intake import polling
from bot.intake.incoming import Incoming
from bot.intake.polling import Polling
from bot.intake.wire import ALLOWED_UPDATES
from tests.bot.intake.updates import NOW, body, message
from tests.bot.waiting import until

NOTHING = body()


class Telegram:
    """Answers getUpdates from a list, then waits for ever; remembers what was asked."""

    def __init__(self, *answers: bytes | Exception) -> None:
        self.answers = list(answers)
        self.offsets: list[int] = []
        self.allowed: Sequence[str] = ()

    async def updates(self, offset: int, limit: int, timeout: int, allowed: Sequence[str]) -> bytes:  # noqa: ASYNC109
        self.offsets.append(offset)
        self.allowed = allowed
        if not self.answers:
            await asyncio.Event().wait()
        answer = self.answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer


class Taker:
    """What stands where the pump stands."""

    def __init__(self) -> None:
        self.taken: list[int] = []
        self.gate = asyncio.Event()
        self.gate.set()

    async def take(self, batch: Sequence[Incoming]) -> None:
        await self.gate.wait()
        self.taken += [each.update_id for each in batch]


class Line:
    """A poller with both its ends."""

    def __init__(self, *answers: bytes | Exception) -> None:
        self.telegram, self.pump, self.clock = Telegram(*answers), Taker(), ManualClock(NOW)
        self.polling = Polling(self.telegram, self.pump, self.clock)  # type: ignore[arg-type]

    async def asked(self, times: int) -> None:
        """Run until Telegram was asked so often, then stop."""
        running = asyncio.create_task(self.polling.run())
        await until(lambda: len(self.telegram.offsets) >= times or running.done(), f"{times} questions")
        self.polling.stop()
        await running


@pytest.fixture(autouse=True)
def hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(polling, "FIRST_PAUSE", 0.001)
    monkeypatch.setattr(polling, "LONGEST_PAUSE", 0.002)


async def test_the_next_question_confirms_what_was_committed() -> None:
    line = Line(body(message("早", update_id=5), message("晚", update_id=7)), NOTHING)
    await line.asked(3)
    assert line.telegram.offsets == [0, 8, 8]
    assert line.pump.taken == [5, 7]
    assert line.telegram.allowed == ALLOWED_UPDATES


async def test_nothing_is_confirmed_before_it_is_committed() -> None:
    line = Line(body(message("早", update_id=5)))
    line.pump.gate.clear()
    running = asyncio.create_task(line.polling.run())
    await asyncio.sleep(0.02)
    assert line.telegram.offsets == [0]
    line.pump.gate.set()
    await until(lambda: line.telegram.offsets == [0, 6])
    line.polling.stop()
    await running


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (Unavailable("connection reset"), "Telegram cannot be reached"),
        (b"<html>502 Bad Gateway</html>", "answered with something else"),
        (b'{"ok":true}', "answered with something else"),
        (CallRefused(409, "Conflict: terminated by other getUpdates request"), "another program polls"),
        (CallRefused(409, "Conflict: can't use getUpdates method while webhook is active"), "a webhook is set"),
        (CallRefused(400, "Bad Request: something new"), "Telegram refuses getUpdates"),
    ],
)
async def test_every_bad_answer_is_named_and_asked_again(
    answer: bytes | Exception, words: str, caplog: pytest.LogCaptureFixture
) -> None:  # T2 T6
    line = Line(body(message("早", update_id=5)), answer, answer, body(message("晚", update_id=6)))
    with caplog.at_level(logging.WARNING):
        await line.asked(5)
    assert line.telegram.offsets == [0, 6, 6, 6, 7]
    assert line.pump.taken == [5, 6]
    assert [words in record.getMessage() for record in caplog.records] == [True, True]


async def test_a_flood_limit_is_waited_for_on_the_bots_own_clock() -> None:  # T1
    line = Line(Unavailable("flood limit", 30.0), NOTHING)
    running = asyncio.create_task(line.polling.run())
    await until(lambda: line.clock.next_moment() < float("inf"))
    assert line.telegram.offsets == [0]
    line.clock.advance(30)
    await until(lambda: len(line.telegram.offsets) == 3)
    line.polling.stop()
    await running


async def test_a_refused_token_ends_it() -> None:  # T5
    line = Line(TokenRefused())
    with pytest.raises(TokenRefused):
        await line.polling.run()


async def test_told_to_stop_it_finishes_the_batch_in_hand() -> None:  # C11
    line = Line(body(message("早", update_id=5)))
    line.pump.gate.clear()
    running = asyncio.create_task(line.polling.run())
    await asyncio.sleep(0.02)
    line.polling.stop()
    line.pump.gate.set()
    await running
    assert line.pump.taken == [5]


async def test_told_to_stop_in_a_pause_it_ends_at_once(monkeypatch: pytest.MonkeyPatch) -> None:  # C11
    monkeypatch.setattr(polling, "FIRST_PAUSE", 60.0)
    line = Line(Unavailable("connection reset"))
    async with asyncio.timeout(5):
        running = asyncio.create_task(line.polling.run())
        await until(lambda: bool(line.telegram.offsets), "asked")
        await asyncio.sleep(0.02)
        line.polling.stop()
        await running


async def test_a_crash_after_the_confirming_question_finds_everything_committed() -> None:  # C3
    line = Line(body(message("早", update_id=5)), body(message("晚", update_id=6)))
    with armed("intake.confirmed:raise"), pytest.raises(Failpoint):
        await line.polling.run()
    assert line.pump.taken == [5]
    assert line.telegram.offsets == [0, 6]


async def test_updates_without_numbers_cannot_make_it_race() -> None:  # T7
    line = Line(b'{"ok":true,"result":[{"message":{}}]}', NOTHING)
    await line.asked(3)
    assert line.telegram.offsets == [0, 0, 0]
