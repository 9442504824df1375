"""When Telegram counts as silent: not before anybody could have heard it, and by no clock that somebody sets."""

import pytest

from bot import metrics
from bot.clock import ManualClock
from bot.gateway.wire import READ
from bot.intake.polling import LONG_POLL
from bot.intake.webhook import LOOK_SECONDS
from bot.process.vitals import SILENT_SECONDS, Vitals
from bot.storage import Unit, open_storage
from bot.storage.vitals import Waiting

NOW = 1_900_000_000


class Source:
    heard_at = 0.0


class Nothing:
    trouble = ""

    def lag(self) -> float:
        return 0.0


async def test_what_no_longer_waits_is_told_as_none_and_never_left_out(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    storage = await open_storage(database_url, migrate=False)
    vitals = Vitals(storage, ManualClock(NOW), None)
    for pending in ({"say": 3, "delete": 1}, {"say": 1}):

        async def waiting(_: Unit, pending: dict[str, int] = pending) -> Waiting:
            return Waiting(pending, {"brake": 2}, None)

        monkeypatch.setattr("bot.storage.vitals.waiting", waiting)
        await vitals._sample()
    await storage.close()
    said = metrics.scrape().decode()
    assert 'dengta_outbox_pending{kind="say"} 1.0' in said
    assert 'dengta_outbox_pending{kind="delete"} 0.0' in said


async def test_a_quiet_community_is_no_silence(database_url: str) -> None:
    # H1 T4
    clock, source = ManualClock(NOW), Source()
    storage = await open_storage(database_url, migrate=False)
    vitals = Vitals(storage, clock, None)
    vitals.watch(Nothing(), source)
    assert await vitals.telegram() == ""
    for _ in range(3):
        clock.advance(LONG_POLL + 10)
        assert await vitals.telegram() == ""
        source.heard_at = clock.now()
    clock.advance(SILENT_SECONDS)
    assert await vitals.telegram() == "nothing heard from Telegram for 90 s"
    await storage.close()


def test_a_single_question_that_is_lost_makes_no_silence() -> None:
    assert 2 * LOOK_SECONDS + READ < SILENT_SECONDS
