"""At its start the bot says by itself what Telegram shows of it: commands, descriptions, the rights it asks for."""

from typing import Any

import pytest

from bot.process.introducing import LONGEST_DESCRIPTION, LONGEST_SHORT
from tests.arrival.owning import Owned, owned
from tests.bot.waiting import until

SETTERS = (
    "setMyCommands", "setMyDescription", "setMyShortDescription", "setMyDefaultAdministratorRights",
)  # fmt: skip
WANTED = {
    "can_delete_messages", "can_restrict_members", "can_pin_messages", "can_invite_users", "can_manage_tags",
    "can_manage_chat",
}  # fmt: skip


async def told(stage: Owned) -> None:
    """Until the start has said all of it."""
    greeting = stage.app._introducing
    await until(lambda: greeting.done(), "the introduction")


async def said(stage: Owned) -> list[str]:
    return [call["method"] for call in await stage.people.calls() if call["method"] in SETTERS]


async def test_every_scope_and_language_has_its_commands_and_each_language_its_description(tmp_path: Any) -> None:
    async with owned(f"sqlite:///{tmp_path}/t.db") as stage:
        await told(stage)
        settings = stage.world.settings
        for scope in ("default", "all_private_chats", "all_group_chats", "all_chat_administrators"):
            for language in ("", "zh", "en"):
                assert settings[f"commands:{scope}:{language}"], (scope, language)
        for language in ("", "en"):
            assert 0 < len(settings[f"description:{language}"]) <= LONGEST_DESCRIPTION
            assert 0 < len(settings[f"short_description:{language}"]) <= LONGEST_SHORT
        assert settings["description:en"] != settings["description:"]
        assert {name for name, value in settings["rights:group"].items() if value} == WANTED


async def test_a_restart_says_nothing_again_but_what_was_changed_meanwhile(tmp_path: Any) -> None:
    async with owned(f"sqlite:///{tmp_path}/t.db") as stage:
        await told(stage)
        before = await said(stage)
        assert len(before) > len(SETTERS)
        await stage.restart()
        await told(stage)
        assert await said(stage) == before
        stage.world.settings["description:en"] = "Something that somebody wrote by hand"
        await stage.restart()
        await told(stage)
        assert await said(stage) == [*before, "setMyDescription"]


async def test_a_refusal_is_only_written_down(tmp_path: Any, caplog: pytest.LogCaptureFixture) -> None:
    async with owned(f"sqlite:///{tmp_path}/t.db") as stage:
        await told(stage)
        stage.world.settings.clear()
        for method in ("setMyCommands", "setMyDefaultAdministratorRights"):
            await stage.people.fail_next(method, mode="error", code=400, description="Bad Request: not today")
        await stage.restart()
        await told(stage)
        assert "not today" in caplog.text
        assert stage.world.settings["description:en"], "the others are said all the same"
        assert await stage.starts(1001), "and the bot works"
