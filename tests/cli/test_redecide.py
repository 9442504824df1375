"""A poisonous update harms nobody else, is kept, and is decided once what it spoiled is mended (T8)."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest

from bot.storage import undecided
from bot.textscan import Scanner
from tests.app.stage import INSULT, Stage, staged
from tests.cli.command import NINE, bot

POISON = f"{INSULT} 毒"
DAY = 86_400
scan = Scanner.scan


def spoiled(self: Scanner, facts: Any, compiled: Any) -> Any:
    if "毒" in facts.text:
        raise RuntimeError(facts.text)
    return scan(self, facts, compiled)


@pytest.fixture
async def stage(database_url: str) -> AsyncIterator[Stage]:
    async with staged(database_url, start=NINE) as made:
        await made.people.start(made.owner)
        yield made


async def set_aside(stage: Stage) -> list[undecided.UndecidedRow]:
    async with stage.app.services.storage.reading() as unit:
        return await undecided.pending(unit, 10)


async def poisoned(stage: Stage, patch: pytest.MonkeyPatch, *, fine: str = "早") -> tuple[int, int]:
    """Somebody, and their message that spoils the scan."""
    lin = await stage.member()
    with patch.context() as meanwhile:
        meanwhile.setattr(Scanner, "scan", spoiled)
        said = await stage.people.post(stage.chat, lin, POISON)
        await stage.people.post(stage.chat, lin, fine)
        await stage.all_taken()
    return lin, said


async def test_a_poisonous_update_is_set_aside_and_the_others_go_on(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:  # T8
    lin, said = await poisoned(stage, monkeypatch, fine=INSULT)
    await stage.people.bot_message(stage.chat, "林晓")
    (row,) = await set_aside(stage)
    assert row.reason == "RuntimeError in spoiled"
    assert "毒" in row.raw
    assert [decision.rule for decision in await stage.decisions(lin)] == ["insult"]
    assert not (await stage.people.message(stage.chat, said) or {})["deleted"]


async def test_leaders_hear_of_it_once_however_many_there_are(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:  # T8
    await poisoned(stage, monkeypatch, fine=POISON)
    await stage.people.bot_message(stage.owner, "07营")
    assert await stage.questions() == ["undecided"]


async def test_after_the_fix_it_is_decided_once(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:  # T8
    lin, said = await poisoned(stage, monkeypatch)
    (row,) = await set_aside(stage)
    listed = await bot(stage.settings, "redecide")
    assert listed == (0, f"{row.id}: update {row.update_id}, 2025-03-03 01:00 UTC, {row.reason}\n", "")
    first, second = await asyncio.gather(*(bot(stage.settings, "redecide", "--all") for _ in range(2)))
    assert first.code == second.code == 0
    # What another process wrote is found at the bot's next look, half a minute later at most.
    await stage.people.clock(jump_seconds=30)
    await stage.people.message_deleted(stage.chat, said, 40)
    assert [decision.rule for decision in await stage.decisions(lin)] == ["insult"]
    assert await set_aside(stage) == []
    assert await bot(stage.settings, "redecide", "--all") == (0, "", "Nothing is undecided.\n")


async def test_what_is_still_broken_stays_undecided(stage: Stage) -> None:  # T8
    await stage.people.push_raw_update({"message": {"message_id": "seven"}})
    await stage.all_taken()
    (row,) = await set_aside(stage)
    ran = await bot(stage.settings, "redecide", str(row.id))
    assert (ran.code, ran.out.startswith(f"{row.id}: unreadable")) == (1, True)
    assert [each.id for each in await set_aside(stage)] == [row.id]


async def test_what_is_too_late_is_written_down_and_not_done(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:  # T8
    lin, said = await poisoned(stage, monkeypatch)
    await stage.people.clock(jump_seconds=3 * DAY)
    assert (await bot(stage.settings, "redecide", "--all")).code == 0
    (decision,) = await stage.decisions(lin)
    assert (decision.rule, decision.mode) == ("insult", "observe")
    await stage.people.quiet(0.5)
    assert not (await stage.people.message(stage.chat, said) or {})["deleted"]


async def test_the_text_is_kept_for_seven_days(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:  # T8
    await poisoned(stage, monkeypatch)
    assert len(await set_aside(stage)) == 1
    await stage.people.clock(jump_seconds=8 * DAY)
    await stage.people.wait_for(lambda: forgotten(stage), "it is forgotten")
    assert (await bot(stage.settings, "redecide")).out == "Nothing is undecided.\n"


async def forgotten(stage: Stage) -> bool:
    return not await set_aside(stage)


async def test_a_number_that_nothing_undecided_has_is_said_so(stage: Stage) -> None:
    assert await bot(stage.settings, "redecide", "99") == (1, "", "99 is not undecided.\n")
