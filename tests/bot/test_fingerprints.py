"""A decision says under what it was decided: whatever changes of settings, rules and word lists, so does its mark."""

from collections.abc import AsyncIterator

import pytest

from bot.clock import ManualClock
from bot.conduct.moderator import Moderator
from bot.storage import Storage, groups, open_storage, policies
from bot.textscan import Scanner, vocabulary

AT, LEADER = 1_741_000_000, 77


@pytest.fixture
async def storage(database_url: str) -> AsyncIterator[Storage]:
    opened = await open_storage(database_url)
    yield opened
    await opened.close()


async def mark(storage: Storage, chat: int) -> str:
    """As a new process has it."""
    moderator = Moderator(scanner=Scanner.build(), clock=ManualClock(AT), bot_id=1)
    async with storage.unit() as unit:
        group = await groups.ensure(unit, chat, title="g", kind="supergroup", owner_id=1, at=AT)
        return (await moderator.ruled(unit, group)).fingerprint


async def test_the_same_settings_have_the_same_mark_in_every_group_and_process(storage: Storage) -> None:
    assert await mark(storage, -5) == await mark(storage, -6)


async def test_a_setting_that_changes_changes_the_mark_of_its_group_alone(storage: Storage) -> None:
    before = await mark(storage, -5)
    async with storage.unit() as unit:
        group = await groups.ensure(unit, -5, title="g", kind="supergroup", owner_id=1, at=AT)
        await policies.put(unit, "group", group.id, {"blocked_text": {"words": ["新词"]}}, LEADER, AT)
    assert await mark(storage, -5) != before
    assert await mark(storage, -6) == before


async def test_word_lists_or_rules_that_change_change_the_mark(
    storage: Storage, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = await mark(storage, -5)
    with monkeypatch.context() as other_words:
        other_words.setattr(vocabulary, "digest", lambda: "other words")
        assert await mark(storage, -5) != before
    with monkeypatch.context() as other_rules:
        other_rules.setattr("rules.conduct.policy_layers.RULES_VERSION", "other rules")
        assert await mark(storage, -5) != before
