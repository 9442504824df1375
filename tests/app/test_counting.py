"""What /metrics tells of a whole bot at work, read as Prometheus would read it."""

from pathlib import Path

import pytest
from prometheus_client.parser import text_string_to_metric_families

from bot import VERSION
from bot.logs import NOISY
from tests.app.stage import INSULT, TOKEN, staged
from tests.bot.waiting import until, until_async
from tests.faults.test_database_away import full
from tests.figures import Figures
from tests.web.asking import Said, ask

CALM = {"insult": {"mode": "enforce"}, "flooding": {"mode": "off"}}
CANARY = TOKEN.partition(":")[2]


async def scraped(port: int) -> dict[tuple[str, ...], float]:
    """Every sample by its name and the values of its labels, which stand in the order of their names."""
    said = await ask(port, "/metrics")
    assert said.status == 200
    assert said.headers["content-type"].startswith("text/plain; version=0.0.4")
    return {
        (sample.name, *(value for _, value in sorted(sample.labels.items()))): sample.value
        for family in text_string_to_metric_families(said.body.decode())
        for sample in family.samples
    }


async def test_what_happens_is_counted_once(database_url: str) -> None:
    async with staged(database_url, CALM) as stage:
        port = stage.app.health.port
        before = await scraped(port)
        lin = await stage.member("林晓")
        for number in range(20):
            await stage.people.post(stage.chat, lin, f"第{number}天，读完了一章")
        await stage.people.post(stage.chat, lin, INSULT)
        await until(lambda: not stage.world.updates.waiting, "all confirmed")
        await stage.people.bot_message(stage.chat, "林晓")
        after = await scraped(port)

        def grown(*key: str) -> float:
            return after.get(key, 0.0) - before.get(key, 0.0)

        assert grown("dengta_decisions_total", "remind", "enforce", "insult") == 1
        assert grown("dengta_updates_received_total", "ordinary") >= 21
        assert grown("dengta_updates_duplicate_total") == grown("dengta_undecided_total") == 0
        assert grown("dengta_telegram_requests_total", "sendMessage", "ok") >= 1
        assert grown("dengta_handler_seconds_count") >= 1
        assert after["dengta_lease_held",] == after["dengta_build_info", VERSION] == 1
        assert after["dengta_intake_lag_seconds",] < 60


async def test_a_flood_limit_is_counted_with_what_was_asked(database_url: str) -> None:
    # T1
    async with staged(database_url) as stage:
        port = stage.app.health.port
        before = await scraped(port)
        await stage.people.fail_next("sendMessage", mode="error", code=429, retry_after=1)
        await stage.people.post(stage.chat, await stage.member("林晓"), INSULT)
        await stage.people.bot_message(stage.chat, "林晓")
        after = await scraped(port)
        for key in (
            ("dengta_telegram_requests_total", "sendMessage", "429"),
            ("dengta_telegram_retry_after_seconds_count",),
        ):
            assert after[key] == before.get(key, 0) + 1


async def test_a_bot_at_work_is_ready_and_shows_no_secret_and_nobody(database_url: str) -> None:
    # H1 S7
    async with staged(database_url) as stage:
        lin = await stage.member("林晓")
        await stage.people.post(stage.chat, lin, INSULT)
        await stage.people.bot_message(stage.chat, "林晓")
        port = stage.app.health.port

        async def ready() -> bool:
            return (await ask(port, "/readyz")).status == 200

        await until_async(ready, "ready")
        shown = b"".join([(await ask(port, path)).body for path in ("/healthz", "/readyz", "/metrics")]).decode()
        assert '"lease": "ok"' in shown
        for secret in (CANARY, str(lin), str(stage.chat), "林晓", "07营"):
            assert secret not in shown


@pytest.mark.parametrize("engine_name", ["sqlite"])
async def test_a_full_disk_is_told_by_readiness_and_forgotten_once_there_is_room(
    engine_name: str, database_url: str, figures: Figures
) -> None:
    # D4 H1
    async with staged(database_url, CALM) as stage:
        port, lin = stage.app.health.port, await stage.member("林晓")
        await until(lambda: not stage.world.updates.waiting, "all confirmed")
        async with full(stage.app.services.storage, Path(), real=False):
            for number in range(200):
                await stage.people.post(stage.chat, lin, f"第{number}天，读完了一章")
            said = await answered(port, 503)
            figures("H1", case="the disk is full", healthz=(await ask(port, "/healthz")).status, readyz=503)
            assert said["database"].startswith("the disk is full: free some space")
            assert (await ask(port, "/healthz")).status == 200
        assert set((await answered(port, 200)).values()) == {"ok"}
        assert (await scraped(port))["dengta_db_errors_total", "full"] >= 1


async def answered(port: int, status: int) -> dict[str, str]:
    """The checks, as soon as readiness says that."""
    last: list[Said] = []

    async def so() -> bool:
        last[:] = [await ask(port, "/readyz")]
        return last[0].status == status

    await until_async(so, f"readiness {status}", seconds=30)
    return dict(last[0].json()["checks"])


async def test_an_ordinary_day_is_a_handful_of_lines(database_url: str, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("INFO")
    async with staged(database_url, CALM) as stage:
        for name in ("林晓", "王敏", "小新"):
            person = await stage.member(name)
            for number in range(100):
                await stage.people.post(stage.chat, person, f"第{number}天，读完了一章")
            await stage.people.post(stage.chat, person, INSULT)
        await until(lambda: not stage.world.updates.waiting, "all confirmed", seconds=30)
    ours = [f"{record.name}: {record.getMessage()}" for record in caplog.records if not record.name.startswith(NOISY)]
    assert 0 < len(ours) <= 12, ours
