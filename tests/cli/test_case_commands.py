"""What operators ask about decisions: why, what another policy would have done, and a test case of it."""

import json
from pathlib import Path

import pytest

from bot.conduct import reversing
from bot.conduct.capturing import read, replayed
from bot.textscan import Scanner
from tests.app.stage import INSULT, Stage, staged
from tests.cli.command import NINE, bot

DAY = 86_400


async def insulted(stage: Stage, name: str = "林晓", text: str = INSULT) -> int:
    """The number of the decision about it."""
    lin = await stage.member(name)
    said = await stage.people.post(stage.chat, lin, text)
    await stage.people.message_deleted(stage.chat, said)
    await stage.people.bot_message(stage.chat, name)
    return (await stage.decisions(lin))[-1].id


async def test_why_prints_all_that_a_decision_saw_and_did(stage: Stage) -> None:
    number = await insulted(stage)
    ran = await bot(stage.settings, "why", str(number))
    assert (ran.code, ran.err) == (0, "")
    (decision,) = [row for row in await stage.decisions(await lin(stage)) if row.id == number]
    lines = ran.out.splitlines()
    assert lines[0].startswith(f"decision {number}, 2025-03-03 09:00:")
    assert lines[0].endswith("insult: remind (enforce, standing)")
    assert f"policy: {decision.policy_fingerprint}, rules {decision.rules_version}" in lines
    assert any(line.startswith("  hit  insult  words: 傻逼") for line in lines)
    assert any(line.startswith("  miss flooding") for line in lines)
    assert lines[lines.index("standing then:") + 1] == "  clean"
    assert [line.split(",")[0] for line in lines if line in ("  violation", "  reminder") or "until" in line] != []
    assert any(line.startswith("  reminder, until 2025-03-24 09:00") for line in lines)
    assert any(line.startswith("  Delete: done 2025-03-03 09:00") for line in lines)


async def lin(stage: Stage) -> int:
    return next(user.id for user in stage.world.users.values() if user.first_name == "林晓")


async def test_why_tells_the_standing_of_then_and_who_took_it_back(stage: Stage) -> None:
    first = await insulted(stage)
    await stage.people.clock(jump_seconds=2 * 3600)
    user = await lin(stage)
    said = await stage.people.post(stage.chat, user, INSULT)
    await stage.people.message_deleted(stage.chat, said)
    second = (await stage.decisions(user))[-1].id
    services = stage.app.services
    await services.storage.write(
        lambda unit: reversing.undo(unit, services.moderator, second, stage.owner, int(services.clock.now()))
    )
    told = (await bot(stage.settings, "why", str(second))).out
    assert "insult: warn (enforce, reversed)" in told
    assert f"last_decision_id={first}" in told
    assert "taken back by decision" in told


@pytest.mark.parametrize("command", ["why", "capture"])
async def test_a_number_no_decision_has_is_said_so_in_one_line(stage: Stage, command: str) -> None:
    assert await bot(stage.settings, command, "99") == (1, "", "There is no decision 99.\n")


async def test_replay_under_the_same_policy_differs_in_nothing(stage: Stage) -> None:
    await insulted(stage)
    ran = await bot(stage.settings, "replay")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.splitlines()[0] == "1 decisions of rules in 7 days: 0 would come out otherwise."


async def test_a_question_about_a_name_like_a_leaders_comes_out_again_as_it_did(database_url: str) -> None:  # X01
    asked = {"impersonates_staff": {"mode": "enforce"}}
    async with staged(database_url, asked, start=NINE) as stage:
        leader = await stage.member("灯塔营长王敏")
        await stage.people.promote(stage.chat, leader)
        await stage.all_taken()
        newcomer = await stage.member("灯塔营长王敏")
        await stage.all_taken()
        (decision,) = await stage.decisions(newcomer)
        assert (await bot(stage.settings, "replay")).out.startswith("1 decisions of rules in 7 days: 0 would")
        ran = await bot(stage.settings, "capture", str(decision.id))
        assert read(ran.out).expected["rule"] == "impersonates_staff"


async def test_replay_tells_whom_another_policy_would_have_treated_otherwise(stage: Stage, tmp_path: Path) -> None:
    number = await insulted(stage)
    other = tmp_path / "other.toml"
    other.write_text('[policy.insult]\nmode = "off"\n[policy.blocked_text]\nmode = "enforce"\nwords = ["你这个"]\n')
    ran = await bot(stage.settings, "replay", "--policy", str(other))
    user = await lin(stage)
    assert ran.out.splitlines()[:2] == [
        f"decision {number}: 林晓 {user} in 07营 学习群: insult remind → blocked_text remind",
        "1 decisions of rules in 7 days: 1 would come out otherwise.",
    ]
    assert [row.rule for row in await stage.decisions(user)] == ["insult"], "nothing is written"


async def test_replay_looks_no_further_back_than_it_is_told(stage: Stage) -> None:
    await insulted(stage)
    await stage.people.clock(jump_seconds=3 * DAY)
    assert (await bot(stage.settings, "replay", "--days", "1")).out.startswith("0 decisions")
    assert (await bot(stage.settings, "replay", "--days", "4")).out.startswith("1 decisions")


async def test_a_policy_with_a_mistake_is_refused_with_its_key(stage: Stage, tmp_path: Path) -> None:
    other = tmp_path / "other.toml"
    other.write_text('[policy.insult]\nmode = "of"\n')
    ran = await bot(stage.settings, "replay", "--policy", str(other))
    assert (ran.code, ran.out) == (78, "")
    assert "policy.insult.mode" in ran.err


async def test_capture_prints_a_case_without_personal_data_that_comes_out_the_same(stage: Stage) -> None:
    number = await insulted(stage, text=f"林晓说{INSULT},加微信 lin_xiao88 打13912345678 @linlin https://lin.cn/a")
    ran = await bot(stage.settings, "capture", str(number))
    assert ran.code == 0
    for secret in ("林晓", "lin_xiao88", "13912345678", "linlin", "lin.cn", str(await lin(stage)), str(stage.chat)):
        assert secret not in ran.out.replace("07营-林晓-上海", ""), secret
    captured = read(ran.out)
    assert captured.expected["step"] == json.loads(ran.out)["expected"]["step"] == "remind"
    assert replayed(captured, Scanner.build()) == captured.expected


async def test_what_a_person_decided_is_no_case_for_the_rules(stage: Stage) -> None:
    user = await stage.member()
    await stage.people.post(stage.chat, stage.owner, f"/warn {user} 请看群规")
    await stage.people.bot_message(stage.chat, "林晓")
    number = (await stage.decisions(user))[-1].id
    ran = await bot(stage.settings, "capture", str(number))
    assert (ran.code, ran.out) == (1, "")
    assert "made by a person" in ran.err


async def test_a_case_whose_policy_has_changed_is_not_captured_as_if_it_had_not(stage: Stage) -> None:
    number = await insulted(stage)
    changed = stage.settings.model_copy(update={"policy": {"insult": {"mode": "off"}}})
    ran = await bot(changed, "capture", str(number))
    assert (ran.code, ran.out) == (1, "")
    assert ran.err == "Policy or rules have changed since: none enforce now, insult remind enforce then.\n"
