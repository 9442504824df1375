"""The whole bot called by its Telegram: answered only when committed, sent away while nothing can be written."""

import asyncio
import time
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from bot.intake import gathering
from sandbox.processes import BotProcess
from tests.app.stage import Stage, staged
from tests.bot.away import away
from tests.bot.intake.knocking import Said, door_of, knock, post
from tests.bot.waiting import until
from tests.faults.process import INSULT, Camp, Decided, camp
from tests.figures import Figures

RULES: dict[str, Any] = {"insult": {"mode": "enforce"}, "flooding": {"mode": "off"}}


@pytest.fixture
async def stage(tmp_path: Path, database_url: str) -> AsyncIterator[Camp]:
    async with camp(tmp_path, database_url, RULES, "webhook") as made:
        yield made


async def test_killed_before_the_commit_it_is_called_again_and_counts_once(stage: Camp) -> None:
    # C5
    lin = await stage.member("林晓")
    (insult,) = await stage.say(lin, INSULT)
    waiting = len(stage.world.updates.waiting)
    await stage.start("unit.before_commit:kill")
    await stage.dies()
    assert len(stage.world.updates.waiting) == waiting
    await stage.start()
    await stage.settled()
    assert await stage.decided() == [Decided(lin, "insult", "remind", "standing")]
    assert (await stage.written())[lin] == 1
    assert not stage.stands(insult)


async def test_told_to_stop_under_load_it_answers_what_it_has_and_loses_nothing(stage: Camp) -> None:
    # C11
    people = [await stage.member(f"学员{number}") for number in range(4)]
    await stage.start()
    said = [{"chat": stage.chat, "user": person, "text": f"第{number}条"} for number in range(40) for person in people]
    await stage.people.post_many(said)
    assert await asyncio.wait_for(stage.bot.stop(), 20) == 0
    for person in people:
        await stage.say(person, INSULT)
    await stage.start()
    await stage.settled()
    assert +await stage.written() == dict.fromkeys(people, 41)
    assert [each.user_id for each in await stage.decided()] == people
    assert "Traceback" not in stage.bot.last_words(1000)


async def taken(stage: Stage) -> int:
    async with stage.app.services.storage.reading() as unit:
        return int(await unit.scalar(text("SELECT count(*) FROM updates_seen")))


async def test_while_the_database_is_away_telegram_is_asked_to_come_again_and_all_of_it_counts_once(
    database_url: str, monkeypatch: pytest.MonkeyPatch, figures: Figures
) -> None:
    # D2
    monkeypatch.setattr(gathering, "PATIENCE", 0.5)
    async with staged(database_url, RULES, intake="webhook") as stage:
        lin, wang = await stage.member(), await stage.member("王敏")
        await stage.people.post(stage.chat, lin, "早上好")
        await stage.all_taken()
        before = await taken(stage)
        async with away(database_url):
            insult = await stage.people.post(stage.chat, lin, INSULT)
            for number in range(20):
                await stage.people.post(stage.chat, wang, f"第{number}天")
            said = await turned_away(stage)
            assert said.headers["retry-after"] == "5"
            assert stage.world.updates.waiting
        await until(lambda: not stage.world.updates.waiting, "all taken", seconds=40)
        lost = before + 21 - await taken(stage)
        figures(
            "D2", intake="webhook", updates=21, lost=lost, status=said.status, retry_after=said.headers["retry-after"]
        )
        assert lost == 0
        assert (await stage.known(wang)).messages == 20
        assert [row.rule for row in await stage.decisions(lin)] == ["insult"]
        await stage.people.message_deleted(stage.chat, insult)


async def turned_away(stage: Stage) -> Said:
    """Within a moment, however long the database is away, once that is known."""
    async with asyncio.timeout(30):
        while True:
            started = time.monotonic()
            said = await knock(door_of(stage.settings), post(b'{"update_id": 5, "poll": {}}'))
            assert said.status == 503
            if time.monotonic() - started < gathering.PATIENCE:
                return said


async def test_the_same_update_five_times_at_once_has_one_effect(database_url: str) -> None:
    # U1
    async with staged(database_url, RULES, intake="webhook") as stage:
        lin = await stage.member()
        await stage.all_taken()
        stage.world.updates.repeats = 4
        insult = await stage.people.post(stage.chat, lin, INSULT)
        raw = next(each.raw for each in stage.world.updates.waiting)
        said = await asyncio.gather(*(knock(door_of(stage.settings), post(raw)) for _ in range(5)))
        assert {each.status for each in said} == {200}
        await stage.all_taken()
        await stage.people.message_deleted(stage.chat, insult)
        assert (await stage.known(lin)).messages == 1
        assert [row.rule for row in await stage.decisions(lin)] == ["insult"]


async def test_from_webhook_to_polling_and_back_nothing_is_lost(tmp_path: Path, database_url: str) -> None:
    # T6
    async with camp(tmp_path / "w", database_url, RULES, "webhook") as stage:
        called, lin = stage.bot, await stage.member("林晓")
        polling = BotProcess(tmp_path / "p", stage.people.url, database_url, {"policy": RULES})
        try:
            for bot, *arguments in ((called,), (polling, "--delete-webhook"), (called,)):
                await stage.say(lin, "早上好", "读完了")
                await bot.start({}, *arguments)
                await stage.say(lin, "打卡")
                assert await asyncio.wait_for(bot.stop(), 20) == 0
                await stage.say(lin, "晚安")
        finally:
            await polling.kill()
        await called.start()
        await stage.settled()
        assert (await stage.written())[lin] == 12
        assert [call["parameters"] for call in stage.calls("deleteWebhook")] == [{"drop_pending_updates": False}]
        assert not any("drop_pending_updates" in call["parameters"] for call in stage.calls("setWebhook"))
