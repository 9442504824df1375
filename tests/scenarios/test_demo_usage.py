"""What the demo says to options that make no sense, and how it shows lines: one clear line each, no traces."""

import asyncio
import re
import socket
import sys
from pathlib import Path

import pytest

from sandbox import deeds, inwords, screen
from sandbox.folder import taken
from sandbox.gate import READ, TELL, seconds_for
from sandbox.story import load

ROOT = Path(__file__).resolve().parents[2]


async def demo(*options: str) -> tuple[int, str]:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "sandbox.demo", *options, cwd=ROOT,
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT,
    )  # fmt: skip
    out, _ = await process.communicate()
    return process.returncode or 0, out.decode(errors="replace").strip()


@pytest.mark.parametrize(
    ("options", "code", "reason"),
    [
        (["--story", "nope"], 2, "there is no story 'nope'; there is .*one_day"),
        (["--pace", "fast"], 2, "'fast' is not a number from 0.25 to 8"),
        (["--pace", "0"], 2, "'0' is not a number from 0.25 to 8"),
        (["--listen", "0.0.0.0:80"], 2, "give 127.0.0.1:PORT; the page is for this machine alone"),
        (["--listen", "127.0.0.1:8x"], 2, "give 127.0.0.1:PORT"),
        (["--listen", "here"], 2, "give 127.0.0.1:PORT"),
        (["--database", "mysql://x/y"], 2, "'mysql://x/y' is neither sqlite:///FILE nor postgresql://"),
        (["--headles"], 2, "unrecognized arguments: --headles"),
        (["--folder", "tests"], 1, "tests is not a folder of the demo; choose another with --folder"),
        (["--colour"], 2, "unrecognized arguments: --colour"),
    ],
)
async def test_an_option_that_makes_no_sense_is_answered_in_one_line(
    options: list[str], code: int, reason: str
) -> None:
    ended, said = await demo(*options)
    assert (ended, len(said.splitlines())) == (code, 1), said
    assert re.search(reason, said), said


@pytest.mark.parametrize("wrong", [["--database", "mysql://x/y"], ["--listen", "127.0.0.1:8x"], ["--story", "nope"]])
async def test_options_that_make_no_sense_leave_the_folder_of_an_earlier_demo_alone(
    wrong: list[str], tmp_path: Path
) -> None:
    (tmp_path / "bot.log").write_text("of an earlier demo", encoding="utf-8")
    ended, _ = await demo("--headless", "--folder", str(tmp_path), *wrong)
    assert ended == 2
    assert (tmp_path / "bot.log").read_text(encoding="utf-8") == "of an earlier demo"


def names(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir()]


async def test_a_second_demo_in_the_same_folder_ends_at_once_and_touches_nothing(tmp_path: Path) -> None:
    with taken(tmp_path):
        (tmp_path / "bot.log").write_text("of the first", encoding="utf-8")
        ended, said = await demo("--headless", "--folder", str(tmp_path))
    reason = f"✘ another demo is playing in {tmp_path}; end it, or give this one --folder another"
    assert (ended, said) == (1, reason)
    assert names(tmp_path) == ["bot.log"]
    assert (tmp_path / "bot.log").read_text(encoding="utf-8") == "of the first"
    with taken(tmp_path):
        assert names(tmp_path) == [], "the first has ended: its folder is free again"


async def test_a_port_that_is_taken_is_named_in_one_line() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        address = f"127.0.0.1:{other.getsockname()[1]}"
        ended, said = await demo("--listen", address)
    assert (ended, len(said.splitlines())) == (1, 1), said
    assert said == f"✘ {address} cannot be used (Address already in use); choose another port, or leave --listen out"


async def test_a_bot_that_does_not_start_is_told_in_one_line_with_its_reason(tmp_path: Path) -> None:
    (tmp_path / "here").touch()
    database = f"sqlite:///{tmp_path / 'here' / 'not' / 'books.db'}"
    ended, said = await demo("--headless", "--folder", str(tmp_path / "demo"), "--database", database)
    (line,) = [line for line in said.splitlines() if line.startswith("✘")]
    assert ended == 1
    assert re.fullmatch(r"✘ The bot did not start: .*; its log is \S+/bot\.log", line)
    assert "Traceback" not in said


def test_the_first_ad_is_explained_within_a_minute_however_slowly_the_lines_are_read() -> None:
    story = load(ROOT / "sandbox" / "stories" / "one_day.toml")
    first = next(s for s in story.scenes if any("deleted" in e for step in s.steps for e in step.expect))
    longest = seconds_for(10_000, TELL) + seconds_for(10_000, READ)
    assert (first.number - 1) * longest + seconds_for(len(first.tell), TELL) <= 40


def test_what_a_story_expects_is_told_in_words() -> None:
    called = {"wangmin": "王敏", "camp": "07营"}.__getitem__
    wishes: list[dict[str, object]] = [
        {"deleted": "ad"},
        {"member": "wangmin", "chat": "camp", "status": "restricted"},
        {"said": "王敏", "chat": "camp", "button": "申诉"},
        {"alert": "1/2", "user": "wangmin"},
    ]
    assert [inwords.expected(wish, called) for wish in wishes] == [
        "the message “ad” should be gone",
        "王敏 should be restricted in 07营",
        "the bot should have written “王敏” in 07营, with a button “申诉”",
        "王敏 should have been told “1/2” after the press",
    ]
    assert inwords.figures({"open_fines": (0, 1)}) == "open fines should be 0, is 1"


def test_lines_are_wrapped_by_what_they_take_on_the_screen() -> None:
    lines = list(screen.wrapped("林晓 says 你好你好 and goes", 12))
    assert lines == ["林晓 says", "你好你好 and", "goes"]
    assert [screen.width(line) for line in lines] == [9, 12, 4]


def test_what_the_bot_did_is_told_in_words_and_counted() -> None:
    def call(n: int, method: str, ok: bool = True, result: object = True, **parameters: object) -> deeds.Call:
        return {"n": n, "method": method, "ok": ok, "result": result, "parameters": {"chat_id": -7, **parameters}}

    keyboard = {"inline_keyboard": [[{"text": "申诉"}]]}
    calls = [
        call(1, "getChatMember", user_id=5),
        call(2, "deleteMessage", message_id=3),
        call(3, "deleteMessage", message_id=4),
        call(4, "deleteMessage", ok=False, message_id=5),
        call(4, "deleteMessages", message_ids=[6]),
        call(5, "sendMessage", True, {"message_id": 9}, text="<b>谢谢</b> &amp; 再见", reply_markup=keyboard),
        call(6, "editMessageText", message_id=9, text="等一下", reply_markup=keyboard),
        call(6, "editMessageText", message_id=9, text="好了"),
        call(6, "restrictChatMember", user_id=5, until_date=1_740_963_600),
    ]
    zone = load(ROOT / "sandbox" / "stories" / "one_day.toml").start.tzinfo
    names = deeds.Namer(lambda user: f"person {user}", lambda chat: f"chat {chat}", zone)
    spam: dict[str, object] = {"from_bot": False, "author": 5, "text": "spam"}
    about: deeds.Messages = {(-7, 3): spam, (-7, 4): spam, (-7, 6): {"from_bot": True}}
    assert [(deed.text, deed.message_id) for deed in deeds.told(calls, names, about)] == [
        ("deleted person 5's message in chat -7: “spam” (2 times)", 3),
        ("took away a notice of its own in chat -7", 6),
        ("wrote in chat -7: “谢谢 & 再见” [申诉]", 9),
        ("changed a post of its own in chat -7: “好了”", 9),
        ("let person 5 only read in chat -7 until 03-03 09:00", 0),
    ]
