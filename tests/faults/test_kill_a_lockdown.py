"""kill -9 while a group is closed and while it is opened: it is closed once, and given back just as it was."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.bot.waiting import until_async
from tests.faults.process import Camp, camp

OWN = {"can_send_messages": True, "can_send_photos": True, "can_invite_users": True}
PLACES = ("unit.before_commit:kill", "gateway.requested:kill@2", "gateway.answered:kill@2")


@pytest.fixture
async def stage(tmp_path: Path, database_url: str) -> AsyncIterator[Camp]:
    async with camp(tmp_path, database_url) as made:
        await made.people.set_default_permissions(made.chat, OWN)
        yield made


def allowed(stage: Camp) -> frozenset[str]:
    return stage.world.chat(stage.chat).permissions


async def killed_and_started_anew(stage: Camp, failpoint: str) -> None:
    await stage.start(failpoint)
    await stage.dies()
    await stage.start()


async def becomes(stage: Camp, permissions: frozenset[str]) -> None:
    async def so() -> bool:
        return allowed(stage) == permissions

    await until_async(so, f"everybody may do {sorted(permissions)}", seconds=30)
    await stage.settled()


@pytest.mark.parametrize("failpoint", PLACES)
async def test_a_group_is_closed_and_opened_as_it_was_over_two_kills(stage: Camp, failpoint: str) -> None:  # X02
    before = allowed(stage)
    await stage.start()
    await stage.settled()
    await stage.bot.kill()
    await stage.say(stage.owner, "/lockdown 10m")
    await killed_and_started_anew(stage, failpoint)
    await becomes(stage, frozenset())
    await stage.bot.kill()
    await stage.people.clock(jump_seconds=11 * 60)
    await killed_and_started_anew(stage, failpoint)
    await becomes(stage, before)
    assert await stage.count("SELECT count(*) FROM lockdowns") == 0
