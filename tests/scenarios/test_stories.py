"""The stories of the demo, played on both databases by the processes that an operator would start."""

import asyncio
import json
import re
import sys
from pathlib import Path

import pytest

from sandbox.story import StoryError, load

ROOT = Path(__file__).resolve().parents[2]
STORIES = sorted((ROOT / "sandbox" / "stories").glob("*.toml"))
MINUTES = 3
# What must have been decided in each, and in which seconds of reading the first deleted message is explained.
RULES = {
    "one_day": {"ad_without_red_packet", "insult", "flooding", "scam_newcomer", "nickname_format"},
    "arrival": {"ad_without_red_packet", "insult", "flooding", "scam_newcomer", "distress", "raid"},
}
EXPLAINED = {"one_day": (5, 50), "arrival": (30, 100)}


@pytest.mark.timeout(MINUTES * 60)
@pytest.mark.parametrize("story", [path.stem for path in STORIES])
async def test_a_story_ends_as_it_says(story: str, database_url: str, tmp_path: Path) -> None:
    # J01 J02 J03 R04 R05 R06 R08 R09 R10 R14 H05 A07 A4 C3
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "demo", "--headless", "--story", story, "--database", database_url,
        "--folder", str(tmp_path / "demo"),
        cwd=ROOT, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT,
    )  # fmt: skip
    out = (await process.communicate())[0].decode(errors="replace")
    assert process.returncode == 0, out
    told = [int(number) for number in re.findall(r"→ +Decision (\d+) about", out)]
    assert told == list(range(1, len(told) + 1)), "every decision is told, in its order"
    assert len(told) == await decided(tmp_path / "demo" / "config.toml")
    whys = re.findall(
        r"→ +Decision \d+ about [^\n]+\n +why +\S[^\n]+ \((?:rule (\w+)|no rule), step (\w+)(?:, observe only)?\)\n",
        out,
    )
    assert len(whys) == len(told), "each comes with its rule and its step"
    assert len(re.findall(r"^ +why ", out, re.MULTILINE)) == len(told), "and with no second line that nobody asked for"
    assert not re.search(r"Policy|mode enforce|void", out)
    assert RULES[story] <= {w[0] for w in whys}
    scenes = [line for line in out.splitlines() if re.match(r"\d+/\d+ ", line)]
    shown = [line for line in out.splitlines() if line not in scenes]
    for button in re.findall(r"\[[^\]]+\]", "".join(scenes)):
        assert any(button in line for line in shown), f"no button is called {button}"
    # One day: a minute to the first ah, read at the usual pace; installing is no part of it.
    length, ah = map(int, re.findall(r"usual pace (\d+) s, the first ad explained at (\d+) s", out)[0])
    earliest, latest = EXPLAINED[story]
    assert earliest <= ah <= latest
    assert 90 <= length <= 420


async def decided(config: Path) -> int:
    """How many decisions the books hold."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "books", "--json", "--config", str(config), cwd=ROOT,
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.DEVNULL,
    )  # fmt: skip
    return int(json.loads((await process.communicate())[0])["totals"]["decisions"])


def test_a_story_that_says_what_nobody_knows_is_refused_with_its_step(tmp_path: Path) -> None:
    path = tmp_path / "wrong.toml"
    path.write_text('name="x"\nstart=2025-03-03T05:40:00+08:00\n[[step]]\ndoes="join"\n', encoding="utf-8")
    with pytest.raises(StoryError, match="step 1: unknown does"):
        load(path)


def test_a_step_before_the_one_above_it_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "wrong.toml"
    steps = '[[step]]\nat="07:00"\n[[step]]\nat="06:30"\n'
    path.write_text(f'name="x"\nstart=2025-03-03T05:40:00+08:00\n{steps}', encoding="utf-8")
    with pytest.raises(StoryError, match="step 2: 06:30 lies before"):
        load(path)


@pytest.mark.parametrize("expectation", ["{}", '{said="a", kept="b"}'])
def test_an_expectation_expects_exactly_one_thing(expectation: str, tmp_path: Path) -> None:
    path = tmp_path / "wrong.toml"
    path.write_text(
        f'name="x"\nstart=2025-03-03T05:40:00+08:00\n[[step]]\ntell="x"\nexpect=[{expectation}]\n', encoding="utf-8"
    )
    with pytest.raises(StoryError, match="exactly one of"):
        load(path)


async def test_a_demo_that_is_told_to_stop_takes_its_sandbox_and_its_bot_with_it(tmp_path: Path) -> None:
    folder = tmp_path / "demo"
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "demo", "--folder", str(folder),
        cwd=ROOT, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT,
    )  # fmt: skip
    assert process.stdout is not None
    while b"Watch it here: http://127.0.0.1:" not in await process.stdout.readline():
        assert process.returncode is None
    process.terminate()
    out, _ = await process.communicate()
    assert b"Traceback" not in out
    assert str(folder) not in await running()


async def running() -> str:
    """The command lines of all processes."""
    process = await asyncio.create_subprocess_exec("ps", "-wweo", "args", stdout=asyncio.subprocess.PIPE)
    return (await process.communicate())[0].decode(errors="replace")
