"""What arrives seldom: updates without a number, messages read after the group moved, news from a group given up."""

from collections.abc import AsyncIterator

import pytest

from bot.gateway import CallRefused, ChatInfo, MemberInfo
from bot.intake.wire import decode_batch
from bot.storage import groups
from tests.bot.intake.stage import BOT, INSULT, Stage, staged
from tests.bot.intake.updates import GROUP, NOW, message

SUPERGROUP = -1009999999999
RIGHTS = frozenset({"can_delete_messages", "can_restrict_members"})


class Telegram:
    """What Telegram says of the bot's place in a group."""

    def __init__(self, status: str = "administrator") -> None:
        self.status, self.asked = status, 0

    async def member(self, chat_id: int, user_id: int) -> MemberInfo:
        self.asked += 1
        return MemberInfo(user_id, "Dengta", "dengta", is_bot=True, status=self.status, rights=RIGHTS)

    async def chat(self, chat_id: int) -> ChatInfo:
        return ChatInfo(chat_id, "supergroup", "07营 学习群", "", is_forum=False, linked_chat_id=0)

    async def administrators(self, chat_id: int) -> list[MemberInfo]:
        self.asked += 1
        if self.status == "left":
            raise CallRefused(403, "bot is not a member")
        return [await self.member(chat_id, BOT)]

    async def member_count(self, chat_id: int) -> int:
        return 12


@pytest.fixture
def telegram() -> Telegram:
    return Telegram()


@pytest.fixture
async def stage(database_url: str, telegram: Telegram) -> AsyncIterator[Stage]:
    async with staged(database_url, gateway=telegram) as made:
        yield made


async def test_updates_without_a_number_are_each_kept_and_each_once(stage: Stage) -> None:  # T7
    raw = b'{"ok":true,"result":[{"message":{}},{"message":{"x":1}},{"message":{}}]}'
    for _ in range(2):
        await stage.pump.take(decode_batch(raw))
    assert sorted(row.raw for row in await stage.set_aside()) == ['{"message":{"x":1}}', '{"message":{}}']


async def test_messages_from_before_a_migration_that_are_read_after_it_delete_nothing(stage: Stage) -> None:  # A4
    await stage.set_up()
    await stage.storage.write(lambda unit: groups.migrate(unit, GROUP, SUPERGROUP))
    await stage.take(message(INSULT))
    [decision] = await stage.decisions(chat_id=SUPERGROUP)
    assert (decision.mode, decision.message_id) == ("observe", 0)
    assert {act.state for act in await stage.acts(chat_id=SUPERGROUP)} <= {"simulated"}


@pytest.mark.parametrize(("status", "state"), [("administrator", "active"), ("left", "inactive")])
async def test_a_message_from_a_group_that_was_given_up_makes_the_bot_look_again(
    stage: Stage, telegram: Telegram, status: str, state: str
) -> None:  # A2
    telegram.status = status
    group = await stage.set_up()
    await stage.take(message("早"))
    await stage.storage.write(lambda unit: groups.update(unit, group.id, state="inactive", bot_status="left"))
    stage.clock.advance(601)
    asked = telegram.asked
    await stage.take(message("大家好", at=NOW + 601), message("在吗", at=NOW + 602))
    async with stage.storage.reading() as unit:
        assert (await groups.by_ids(unit, [group.id]))[group.id].state == state
    assert 1 <= telegram.asked - asked <= 3
