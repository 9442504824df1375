"""An update of the program changes nothing that a group enforces: what it began with holds until leaders change it."""

from typing import Any

import pytest

from bot.arrival import defaults as offered
from bot.storage import audit, defaults, groups, policies, tickets
from bot.storage.tickets import TicketRow
from rules.conduct import pinned
from rules.conduct.policy_layers import Loaded
from tests.app.stage import Stage
from tests.arrival.evening import INSULT, evening, exists, old_member, says
from tests.cli.command import bot

NEW, KEEP = "就用新的", "保持原来的"


async def an_older_program(camp: Stage, *unknown: str, **changed: Any) -> str:
    """As if the group had begun under a program that knew these not, and had other values for those."""
    then = {key: value for key, value in pinned.of_program().items() if key not in unknown}
    then |= {key.replace("__", "."): value for key, value in changed.items()}
    group = await camp.group()
    async with camp.app.services.storage.unit() as unit:
        await defaults.keep(unit, pinned.mark(then), then)
        await groups.update(unit, group.id, defaults=pinned.mark(then))
    await camp.restart()
    await camp.calm()
    return pinned.mark(then)


async def loaded(camp: Stage) -> Loaded:
    group = await camp.group()
    async with camp.app.services.storage.reading() as unit:
        return (await camp.app.services.moderator.ruled(unit, group)).loaded


async def cards(camp: Stage) -> list[str]:
    return await camp.said("新的默认", camp.owner)


async def test_a_group_keeps_what_the_program_says_when_it_begins(database_url: str) -> None:
    async with evening(database_url, people=10) as camp:
        group = await camp.group()
        assert group.defaults == pinned.mark_of_program()
        async with camp.app.services.storage.reading() as unit:
            assert await defaults.get(unit, group.defaults) == dict(pinned.of_program())


async def test_a_group_from_before_gets_them_at_the_next_start(database_url: str) -> None:
    async with evening(database_url, people=10) as camp:
        group = await camp.group()
        async with camp.app.services.storage.unit() as unit:
            await groups.update(unit, group.id, defaults="")
        await camp.restart()
        assert (await camp.group()).defaults == pinned.mark_of_program()
        assert await cards(camp) == []


async def test_a_newer_program_enforces_nothing_new_and_asks_once(database_url: str) -> None:
    async with evening(database_url, people=10) as camp:
        await an_older_program(camp, "insult.mode", flooding__messages=20)
        policy = (await loaded(camp)).policy
        assert (policy.insult.mode, policy.flooding.messages) == ("off", 20)
        (card,) = await cards(camp)
        assert "伤人的话\n　→ 新的默认是只看不动手" in card
        assert "flooding.messages：现在 20，新的默认 8" in card
        await says(camp, old_member(camp, 1), INSULT)
        assert "observed" not in await camp.questions()
        await camp.restart()
        await camp.calm()
        assert len(await cards(camp)) == 1


async def test_the_new_ones_are_taken_by_one_press(database_url: str) -> None:
    async with evening(database_url, people=10) as camp:
        await an_older_program(camp, "scam_newcomer.mode", insult__mode="off")
        await camp.press(camp.owner, NEW, camp.owner)
        group, policy = await camp.group(), (await loaded(camp)).policy
        assert (policy.scam_newcomer.mode, policy.insult.mode) == ("enforce", "observe")
        assert group.defaults == pinned.mark_of_program()
        assert group.rule_began["scam_newcomer"] >= camp.app.services.clock.now() - 60
        assert await camp.questions() == []
        async with camp.app.services.storage.reading() as unit:
            (noted,) = await audit.of(unit, action="defaults.take")
        assert noted.actor_id == camp.owner


async def test_of_two_who_press_at_the_same_moment_one_decides(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with evening(database_url, people=10) as camp:
        older = await an_older_program(camp, "insult.mode")
        async with camp.app.services.storage.unit() as unit:
            seen = await offered.waiting(unit, (await camp.group()).id)
            assert [await tickets.answer(unit, each.id, camp.owner, 1, "defaults.keep") for each in seen] == [True]

        async def before_the_other(*_: object) -> list[TicketRow]:
            return seen

        monkeypatch.setattr(offered, "waiting", before_the_other)
        assert "已经有人处理" in await camp.press(camp.owner, NEW, camp.owner)
        assert (await camp.group()).defaults == older


async def test_what_was_kept_is_not_asked_about_again(database_url: str) -> None:
    async with evening(database_url, people=10) as camp:
        before = await an_older_program(camp, "insult.mode")
        await camp.press(camp.owner, KEEP, camp.owner)
        await camp.restart()
        await camp.calm()
        assert (await camp.group()).defaults == before
        assert (await loaded(camp)).policy.insult.mode == "off"
        assert await camp.questions() == []
        assert len(await camp.said("选了保持原来的", camp.owner)) == 1


async def test_what_the_group_or_the_configuration_set_is_not_asked_about(database_url: str) -> None:
    async with evening(database_url, {"insult": {"mode": "observe"}}, people=10) as camp:
        group = await camp.group()
        async with camp.app.services.storage.unit() as unit:
            await policies.put(unit, "group", group.id, {"flooding.messages": 12}, camp.owner, 1)
        await an_older_program(camp, "insult.mode", flooding__messages=20)
        assert await cards(camp) == []
        found = await loaded(camp)
        assert (found.policy.flooding.messages, found.origin["flooding.messages"]) == (12, "group")
        assert (found.policy.insult.mode, found.origin["insult.mode"]) == ("observe", "config.toml")


async def test_policy_names_the_layer_and_reset_goes_back_to_it(database_url: str) -> None:
    async with evening(database_url, people=10) as camp:
        await an_older_program(camp, flooding__messages=20)
        number = (await camp.group()).id

        async def ask(text: str) -> str:
            await camp.people.open_private_text(camp.owner, text)
            await camp.calm()
            return (await camp.said("flooding.messages", camp.owner))[-1]

        told = await ask(f"/policy #{number} flooding.messages")
        assert "20" in told
        assert "默认" in told
        assert "12" in await ask(f"/policy #{number} set flooding.messages 12")
        assert "20" in await ask(f"/policy #{number} reset flooding.messages")
        assert (await loaded(camp)).policy.flooding.messages == 20


async def test_a_press_on_the_card_of_an_earlier_update_decides_nothing(database_url: str) -> None:
    async with evening(database_url, people=10) as camp:
        before = await an_older_program(camp, "insult.mode")
        post = await camp.people.bot_message(camp.owner, button=NEW)
        await camp.press(camp.owner, KEEP, camp.owner)
        await camp.people.press(camp.owner, post["message_id"], camp.owner, data=post_data(post, NEW))
        await camp.calm()
        assert (await camp.group()).defaults == before


def post_data(post: dict[str, Any], label: str) -> str:
    rows = post["reply_markup"]["inline_keyboard"]
    return next(str(button["callback_data"]) for row in rows for button in row if button["text"] == label)


async def test_replay_why_and_check_read_the_same_policy(database_url: str) -> None:
    async with evening(database_url, people=10) as camp:
        await an_older_program(camp, "blocked_text.mode", insult__mode="enforce")
        user = await camp.member("新同学")
        assert not await exists(camp, await says(camp, user, INSULT))
        number = (await camp.decisions(user))[-1].id
        ran = await bot(camp.settings, "why", str(number))
        assert "insult: remind (enforce, standing)" in ran.out
        assert not any("blocked_text" in line for line in ran.out.splitlines())
        assert (await bot(camp.settings, "replay")).out.splitlines()[0].endswith("0 would come out otherwise.")
        captured = await bot(camp.settings, "capture", str(number))
        assert (captured.code, '"insult.mode": "enforce"' in captured.out) == (0, True)
        checked = await bot(camp.settings, "check")
        assert any(line.split()[:2] == ["policy.insult.mode", '"observe"'] for line in checked.out.splitlines())
        assert "keeps the defaults it began with" in checked.out
