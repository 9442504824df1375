"""The answer to a commit is lost, though it stands: nothing stays claimed for ever, and nothing is sent twice."""

import asyncio
from collections.abc import Collection, Iterator
from contextlib import contextmanager

import pytest

from bot.storage import Unit, acts
from bot.storage.store import RETRIES
from rules.conduct.effects import Delete
from tests.bot.outbox.conftest import Post, say
from tests.bot.waiting import until_async

commit, claim = Unit.commit, acts.claim


@contextmanager
def lost(monkeypatch: pytest.MonkeyPatch, number: int, in_a_row: int) -> Iterator[None]:
    """From the `number`-th commit of the lanes on so many are done, but nobody hears of it."""
    made = 0

    async def cut_off(unit: Unit) -> None:
        nonlocal made
        await commit(unit)
        task = asyncio.current_task()
        if task is None or not task.get_name().startswith("lane"):
            return
        made += 1
        if number <= made < number + in_a_row:
            raise ConnectionResetError("the server is gone")

    with monkeypatch.context() as patch:
        patch.setattr(Unit, "commit", cut_off)
        yield


@pytest.mark.parametrize("in_a_row", [1, RETRIES + 1])
@pytest.mark.parametrize("number", [1, 2, 3])
async def test_whichever_commit_is_in_doubt_all_is_sent_once(
    post: Post, number: int, in_a_row: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    # C4 D2
    message = post.telegram.post(post.telegram.member("Ann"), "spam")
    wanted = say("once"), Delete(message_ids=(message,))
    group = await post.group()
    async with post.storage.unit() as unit:
        ids = await post.plan(unit, group, wanted, key="doubt")
    with lost(monkeypatch, number, in_a_row):
        post.outbox.wake()

        async def settled() -> bool:
            post.clock.advance(1)
            return await post.states(*ids) == ["done", "done"]

        await until_async(settled, "both done", seconds=20)
    assert len(post.telegram.said()) == 1
    assert post.unknown == []


@contextmanager
def claims_lost(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """No commit that claims is heard of."""
    claiming: list[Unit] = []

    async def noted(unit: Unit, ids: Collection[int], now: int) -> set[int]:
        claiming.append(unit)
        return await claim(unit, ids, now)

    async def cut_off(unit: Unit) -> None:
        await commit(unit)
        if unit in claiming:
            raise ConnectionResetError("the server is gone")

    with monkeypatch.context() as patch:
        patch.setattr(acts, "claim", noted)
        patch.setattr(Unit, "commit", cut_off)
        yield


async def test_a_stop_while_a_commit_is_in_doubt_leaves_nothing_claimed(
    post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    # C4 C11
    with claims_lost(monkeypatch):
        written = await post.write(say("once"))
        await post.reaches("sending", written[0])
        await post.end()
    assert await post.states(*written) == ["pending"]
    await post.begin()
    await post.drained()
    assert len(post.telegram.said()) == 1
    assert post.unknown == []
