"""A wall clock that is set tells nobody: the calendar looks again by itself, every thirty seconds at the latest."""

import pytest

from bot import calendar
from bot.clock import LONGEST_NAP, ManualClock
from tests.app.stage import ENFORCED, staged

SIX = 1_740_952_800  # 2025-03-03 06:00 in Shanghai
PROMPTS = ENFORCED | {"checkin": {"enabled": True, "prompt_at": "06:30"}}


async def test_a_clock_that_tells_nobody_that_it_was_set_is_looked_at_again(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert calendar.REARM_SECONDS <= LONGEST_NAP == 30
    monkeypatch.setattr(calendar, "REARM_SECONDS", 0.2)
    monkeypatch.setattr(ManualClock, "on_change", lambda *_: None)
    async with staged(database_url, PROMPTS, clock=ManualClock(SIX)) as stage:
        await stage.calm()
        stage.pass_(31 * 60)
        await stage.people.bot_message(stage.chat, "早安", seconds=20)
