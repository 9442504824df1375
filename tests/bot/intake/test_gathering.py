"""Pushed updates become batches; whoever pushed one hears yes only when it is committed."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

import pytest

from bot.intake import gathering
from bot.intake.gathering import Gathering
from bot.intake.incoming import Incoming
from tests.bot.intake.updates import message, read
from tests.bot.waiting import until


class Pump:
    """What stands where the pump stands; it commits when its gate is open."""

    def __init__(self) -> None:
        self.batches: list[list[int]] = []
        self.committed: list[int] = []
        self.away = False
        self.gate = asyncio.Event()

    async def take(self, batch: Sequence[Incoming]) -> None:
        self.batches.append([each.update_id for each in batch])
        await self.gate.wait()
        self.committed += self.batches[-1]


class Line:
    def __init__(self) -> None:
        self.pump = Pump()
        self.gathering = Gathering(self.pump)
        self.running = asyncio.create_task(self.gathering.run())

    def push(self, *numbers: int) -> list[asyncio.Task[bool]]:
        (*updates,) = (read(message("早", update_id=number))[0] for number in numbers)
        return [asyncio.create_task(self.gathering.take(each)) for each in updates]

    async def in_hand(self, batches: int) -> None:
        await until(lambda: len(self.pump.batches) == batches, f"{batches} batches")


@asynccontextmanager
async def lined() -> AsyncIterator[Line]:
    line = Line()
    yield line
    line.running.cancel()
    await asyncio.gather(line.running, return_exceptions=True)


@pytest.fixture
async def line() -> AsyncIterator[Line]:
    async with lined() as made:
        yield made


async def test_nobody_hears_yes_before_the_commit(line: Line) -> None:
    (first,) = line.push(1)
    await line.in_hand(1)
    await asyncio.sleep(0.05)
    assert not first.done()
    line.pump.gate.set()
    assert await first
    assert line.pump.committed == [1]


async def test_those_who_come_during_a_commit_are_the_next_batch(line: Line) -> None:
    pushed = line.push(1)
    await line.in_hand(1)
    pushed += line.push(2, 3, 4)
    await asyncio.sleep(0.02)
    line.pump.gate.set()
    assert await asyncio.gather(*pushed) == [True] * 4
    assert line.pump.batches == [[1], [2, 3, 4]]


async def test_a_batch_is_never_larger_than_one_of_polling(line: Line) -> None:
    pushed = line.push(*range(1, 251))
    line.pump.gate.set()
    assert await asyncio.gather(*pushed) == [True] * 250
    assert max(map(len, line.pump.batches)) == gathering.MOST


async def test_a_commit_that_takes_too_long_is_not_waited_for(line: Line, monkeypatch: pytest.MonkeyPatch) -> None:
    # D2
    monkeypatch.setattr(gathering, "PATIENCE", 0.1)
    (first,) = line.push(1)
    await line.in_hand(1)
    (second,) = line.push(2)
    assert [await first, await second] == [False, False]
    monkeypatch.setattr(gathering, "PATIENCE", 60.0)
    async with asyncio.timeout(5):
        assert await asyncio.gather(*line.push(3)) == [False]
    line.pump.gate.set()
    await until(lambda: line.pump.committed == [1], "the commit at last")
    assert await asyncio.gather(*line.push(2, 3)) == [True, True]
    assert line.pump.batches == [[1], [2, 3]]


async def test_while_the_database_is_away_nobody_waits_and_nothing_is_kept(line: Line) -> None:
    # D2
    (first,) = line.push(1)
    await line.in_hand(1)
    line.pump.away = True
    async with asyncio.timeout(5):
        assert await asyncio.gather(*line.push(*range(2, 1000))) == [False] * 998
    line.pump.away = False
    line.pump.gate.set()
    assert await first
    assert line.pump.batches == [[1]]


async def test_told_to_close_it_finishes_what_it_let_in(line: Line) -> None:
    # C11
    pushed = line.push(1)
    await line.in_hand(1)
    pushed += line.push(2)
    await asyncio.sleep(0.02)
    line.gathering.close()
    assert await asyncio.gather(*line.push(3)) == [False]
    line.pump.gate.set()
    assert await asyncio.gather(*pushed) == [True, True]
    await line.running
    assert line.pump.committed == [1, 2]


async def test_where_the_pump_breaks_everybody_is_sent_away(line: Line, monkeypatch: pytest.MonkeyPatch) -> None:
    async def broken(_batch: Sequence[Incoming]) -> None:
        raise ValueError("a mistake")

    monkeypatch.setattr(line.pump, "take", broken)
    assert await asyncio.gather(*line.push(1, 2)) == [False, False]
    with pytest.raises(ValueError, match="a mistake"):
        await line.running
    assert await asyncio.gather(*line.push(3)) == [False]


async def test_cancelled_it_leaves_nobody_waiting(line: Line) -> None:
    pushed = line.push(1)
    await line.in_hand(1)
    pushed += line.push(2)
    await asyncio.sleep(0.02)
    line.running.cancel()
    assert await asyncio.gather(*pushed) == [False, False]
