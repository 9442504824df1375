"""One row that cannot be decided, one group that cannot be told, one slow question: the others go on."""

import asyncio
import logging
from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import select

from bot import due as settling
from bot import programme
from bot.arrival import letter
from bot.gateway import MemberInfo, Unavailable
from bot.storage import deadlines
from bot.storage.groups import GroupRow
from bot.storage.tables import deadlines as table
from rules.conduct.case import Case
from rules.conduct.due import due
from rules.conduct.effects import Deadline
from rules.conduct.measures import accept_rules
from rules.conduct.policy import DEFAULTS, Policy
from rules.conduct.verdict import Verdict
from tests.app.stage import Stage
from tests.bot.waiting import until
from tests.programme.conftest import Camping

HOUR = 3600
# Every new group waits for it, two days long.
THE_LETTER = (letter.DUE, "open", "")
PROMPTS = {"checkin": {"enabled": True, "prompt_at": "09:30"}}


@pytest.fixture
async def camp(camping: Camping) -> AsyncIterator[Stage]:
    async with camping(PROMPTS) as made:
        yield made


async def await_pass(camp: Stage, name: str) -> int:
    """Somebody of whom something is due within the hour."""
    user = await camp.member(name)
    await camp.calm()
    moderator, storage, now = camp.app.services.moderator, camp.app.services.storage, int(camp.app.services.clock.now())
    group = await camp.group()
    async with storage.unit() as unit:
        case = await moderator.case_of(unit, group, user, now)
        accepted = accept_rules(case, DEFAULTS)
        number = await moderator.record(unit, case, accepted, issuer_kind="person", issuer_id=user, key=f"t:{user}")
        await deadlines.add(unit, group.id, user, number or 0, [Deadline("pass_over", now + HOUR)])
    return user


async def states(camp: Stage) -> list[tuple[str, str, str]]:
    async with camp.app.services.storage.reading() as unit:
        rows = select(table.c.kind, table.c.state, table.c.reason).order_by(table.c.id)
        return [(row.kind, row.state, row.reason) for row in await unit.execute(rows)]


async def test_a_deadline_that_cannot_be_decided_is_set_aside_and_the_others_go_on(
    camp: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    poisoned, _ = await await_pass(camp, "林晓"), await await_pass(camp, "王敏")

    def failing(case: Case, kind: Any, decision_id: int, policy: Policy) -> Verdict:
        if case.member.user_id == poisoned:
            raise ZeroDivisionError
        return due(case, kind, decision_id, policy)

    monkeypatch.setattr(settling, "due", failing)
    await camp.later(2 * HOUR)
    failed = ("pass_over", "failed", "ZeroDivisionError in failing")
    assert sorted(await states(camp)) == [THE_LETTER, ("pass_over", "done", ""), failed]
    assert (await camp.questions()).count("undecided") == 1
    await camp.restart()
    await camp.later(HOUR)
    assert (await camp.questions()).count("undecided") == 1


async def test_a_group_whose_posts_fail_keeps_no_other_and_no_deadline(
    camp: Stage, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    await await_pass(camp, "林晓")
    prompt = programme.prompt

    async def failing(*_: object) -> str:
        raise ZeroDivisionError

    monkeypatch.setattr(programme, "prompt", failing)
    with caplog.at_level(logging.ERROR):
        await camp.later(HOUR / 2 + 60)
        await camp.later(60)
    assert len([each for each in caplog.records if each.message == "what a group was to be told fails"]) == 1
    assert (await camp.questions()).count("undecided") == 1
    monkeypatch.setattr(programme, "prompt", prompt)
    await camp.later(HOUR)
    assert await states(camp) == [THE_LETTER, ("pass_over", "done", "")]


async def test_a_zone_that_is_none_is_taken_for_utc(camp: Stage) -> None:
    group: GroupRow = (await camp.group())._replace(zone="Nowhere/At_All")
    policy = replace(DEFAULTS, checkin=replace(DEFAULTS.checkin, enabled=True))
    assert programme.next_moment(group, policy, None, 1_741_000_000, {}) > 0


async def test_a_telegram_that_is_slow_to_tell_names_holds_up_no_prompt(
    camp: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int] = []

    async def slow(chat_id: int, user_id: int) -> MemberInfo:
        asked.append(user_id)
        await asyncio.sleep(600)
        raise Unavailable("slow")

    async def everybody(*_: object) -> list[tuple[int, int]]:
        return [(group.id, user) for user in range(1, 9)]

    group = await camp.group()
    monkeypatch.setattr(camp.app.services.gateway, "member", slow)
    monkeypatch.setattr("bot.storage.members.read_only_for_name", everybody)
    camp.pass_(HOUR / 2 + 1)
    await until(lambda: asked == [1], "the first question")
    await camp.people.bot_message(camp.chat, "早安", seconds=10)
    assert asked == [1]


async def test_while_telegram_does_not_answer_nobody_else_is_asked_for(
    camp: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int] = []

    async def away(chat_id: int, user_id: int) -> MemberInfo:
        asked.append(user_id)
        raise Unavailable("away")

    async def everybody(*_: object) -> list[tuple[int, int]]:
        return [(group.id, user) for user in range(1, 9)]

    group = await camp.group()
    monkeypatch.setattr(camp.app.services.gateway, "member", away)
    monkeypatch.setattr("bot.storage.members.read_only_for_name", everybody)
    await camp.app.names.work()
    assert asked == [1]
    await camp.app.names.work()
    assert asked == [1, 2]
