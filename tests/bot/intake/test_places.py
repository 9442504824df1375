"""Who leads a group is known before anybody in it is judged, and nobody waits for the network inside a Unit."""

from collections.abc import AsyncIterator
from typing import Any

import pytest

from bot.gateway import CallRefused, ChatInfo, GatewayError, MemberInfo, Unavailable
from bot.storage import groups
from bot.storage.groups import GroupRow
from tests.bot.intake.stage import BOT, INSULT, LEADER, Stage, staged
from tests.bot.intake.updates import GROUP, LIN, NOW, group, message

DAY = 24 * 3600
RIGHTS = frozenset({"can_delete_messages", "can_restrict_members"})


class Telegram:
    """Answers about one group, or fails as told; counts how often it was asked."""

    def __init__(self) -> None:
        self.asked = 0
        self.failure: GatewayError | None = None

    async def chat(self, chat_id: int) -> ChatInfo:
        self.asked += 1
        if self.failure is not None:
            raise self.failure
        return ChatInfo(chat_id, "supergroup", "07营 学习群", "", True, -55)

    async def administrators(self, chat_id: int) -> list[MemberInfo]:
        leader = MemberInfo(LEADER, "班长", "monitor", False, "creator")
        return [leader, MemberInfo(BOT, "Dengta", "dengta_bot", True, "administrator", RIGHTS)]

    async def member_count(self, chat_id: int) -> int:
        return 143


@pytest.fixture
def telegram() -> Telegram:
    return Telegram()


@pytest.fixture
async def stage(database_url: str, telegram: Telegram, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Stage]:
    monkeypatch.setattr("bot.intake.places.PAUSE", 0.0)
    gateway: Any = telegram
    async with staged(database_url, gateway=gateway) as made:
        yield made


async def row(stage: Stage) -> GroupRow:
    async with stage.storage.reading() as unit:
        return (await groups.by_chats(unit, [GROUP]))[GROUP]


async def test_a_group_nobody_told_of_is_asked_about_before_it_is_judged(stage: Stage, telegram: Telegram) -> None:
    await stage.take(message(INSULT, sender=LEADER), message(INSULT))
    assert await stage.decisions(LEADER) == []
    (decision,) = await stage.decisions()
    assert decision.mode == "enforce"
    known = await row(stage)
    assert (known.member_count, known.linked_chat, known.is_forum) == (143, -55, True)
    assert (known.bot_status, known.bot_rights) == ("administrator", RIGHTS)
    assert known.rule_began["insult"] == NOW
    assert telegram.asked == 1


async def test_while_telegram_is_away_the_rules_only_observe(stage: Stage, telegram: Telegram) -> None:
    telegram.failure = Unavailable("connection reset")
    await stage.take(message(INSULT))
    telegram.failure = None
    stage.clock.advance(10)
    await stage.take(message(INSULT, sender=LIN + 1))
    assert [each.mode for each in await stage.decisions()] == ["observe"]
    assert [each.mode for each in await stage.decisions(LIN + 1)] == ["enforce"]


async def test_a_group_that_tells_nothing_is_not_asked_with_every_message(stage: Stage, telegram: Telegram) -> None:
    telegram.failure = CallRefused(403, "Forbidden: bot was kicked from the supergroup chat")
    for _ in range(3):
        await stage.take(message("早"))
    assert telegram.asked == 1


async def test_a_day_later_it_is_asked_again(stage: Stage, telegram: Telegram) -> None:
    await stage.take(message("早"))
    stage.clock.advance(DAY / 2)
    stage.restart()
    await stage.take(message("午"))
    assert telegram.asked == 1
    stage.clock.advance(DAY)
    await stage.take(message("晚"))
    assert telegram.asked == 2


async def test_a_new_title_is_taken_over(stage: Stage) -> None:
    await stage.take(message("早"))
    renamed = message("晚")
    renamed["message"]["chat"] = group(title="07营 结营")
    await stage.take(renamed)
    assert (await row(stage)).title == "07营 结营"
