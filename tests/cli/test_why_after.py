"""What programs read of decisions: all since a number, in data and in plain English, with how the books stand."""

import asyncio
import json
import os
import sys
from pathlib import Path

import pytest

from bot.__main__ import parse
from bot.cli import why
from bot.settings import load
from rules.conduct import gathering
from tests.app.stage import INSULT, Stage
from tests.cli.command import ROOT, bot, told


async def insulted(stage: Stage, name: str) -> int:
    lin = await stage.member(name)
    said = await stage.people.post(stage.chat, lin, INSULT)
    await stage.people.message_deleted(stage.chat, said)
    await stage.people.bot_message(stage.chat, name)
    return (await stage.decisions(lin))[-1].id


async def test_decisions_since_a_number_come_with_rule_step_record_and_policy_in_plain_english(stage: Stage) -> None:
    first = await insulted(stage, "林晓")
    await stage.people.clock(jump_seconds=gathering.GAPS[1])
    second = await insulted(stage, "王敏")
    ran = await bot(stage.settings, "why", "--json", "--after", str(first))
    assert (ran.code, ran.err) == (0, "")
    table = json.loads(ran.out)
    (decision,) = [each for each in table["decisions"] if each["number"] == second]
    assert decision["decided"] == f"Decision {second} about 王敏: A reminder that does not count."
    assert decision["why"] == ["Hurtful words (words: 傻逼). Before: clean. (rule insult, step remind)"]
    saw, fair = decision["more"]
    assert saw.startswith("Rule insult, step remind, mode enforce: Hurtful words (words: 傻逼; said at somebody: yes")
    basis = f"Policy {decision['policy']}, rules 1."
    assert fair == f"Record before: clean. Written: violation, reminder (does not count). {basis}"
    assert first not in [each["number"] for each in table["decisions"]]
    assert table["counts"]["decisions"] >= 2
    assert (table["counts"]["undecided"], table["counts"]["groups"]) == (0, [stage.chat])


async def test_a_program_may_ask_again_and_again_on_standard_input(stage: Stage) -> None:
    environ = {name: value for name, value in os.environ.items() if not name.startswith("DENGTA_")}
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "why", "--json", "--after", "-", cwd=ROOT, stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE, env=environ | dict(told(stage.settings)),
    )  # fmt: skip
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(b"0\n")
    before = json.loads(await process.stdout.readline())
    number = await insulted(stage, "小陈")
    process.stdin.write(b"0\n")
    after = json.loads(await process.stdout.readline())
    process.stdin.close()
    assert await process.wait() == 0
    assert after["decisions"][-1]["number"] == number
    assert len(after["decisions"]) > len(before["decisions"])


@pytest.mark.parametrize(
    "wrong", [[], ["1", "--json"], ["--json"], ["--after", "3"], ["1", "--after", "3"], ["--json", "--after", "x"]]
)
def test_why_says_in_one_line_how_it_is_asked(
    wrong: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    config = tmp_path / "config.toml"
    config.write_text('[telegram]\ntoken = "424242:opens-nothing-at-all"\n', encoding="utf-8")
    assert why.main(parse(why, ["why", *wrong]), load(config)) == 2
    usage = "python -m bot why: give the number of a decision, or --json --after NUMBER\n"
    assert capsys.readouterr() == ("", usage)
