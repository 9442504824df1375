"""Lists, rules and welcomes of other bots are read however they are pasted."""

import string
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.arrival.pasting import LONGEST_WORD, is_word, rules_of, welcome_of, words_of

ROSE = """The following blocklist filters are currently active in 07营:
- `加微信`
- `free money`
- `bit*`
- `stickerpack:Ads`"""
COMMANDS = """/addblocklist "free money" Not here! {tmute 1m}
/addblocklist (hi there, hello, "good day") greetings
/addblacklist stupid Don't say mean things!"""

letters = st.sampled_from("加微信兼职刷单代购包赚稳" + string.ascii_letters)
words = st.lists(st.text(letters, min_size=2, max_size=12), min_size=1, max_size=20, unique_by=str.casefold)
WAYS: dict[str, Callable[[str, int], str]] = {
    "bullets": lambda word, n: f"- {word}",
    "dots": lambda word, n: f" • {word} ",
    "back-ticks": lambda word, n: f"- `{word}`",
    "quotes": lambda word, n: f"“{word}”",
    "plain quotes": lambda word, n: f'"{word}",',
    "numbers": lambda word, n: f"{n}. {word}",
    "chinese numbers": lambda word, n: f"{n}、{word}",
    "brackets": lambda word, n: f"（{n}）{word}",
    "plain": lambda word, n: word,
    "commands": lambda word, n: f'/addblocklist "{word}" because {{ban}}',
}


@pytest.mark.parametrize("way", WAYS)
@given(listed=words)
def test_a_list_is_read_in_whatever_way_each_line_is_dressed(way: str, listed: list[str]) -> None:
    text = "\n".join(WAYS[way](word, n) for n, word in enumerate(listed, 1))
    assert words_of(text) == (tuple(listed), ())


@pytest.mark.parametrize("comma", [",", "，", "、", "; ", "；", "\t", " | ", "\n", "\r\n"])
@given(listed=words)
def test_a_list_is_read_with_any_comma_and_reading_it_again_changes_nothing(comma: str, listed: list[str]) -> None:
    read = words_of(comma.join(listed))
    assert read.found == tuple(listed)
    assert words_of("\n".join(read.found)) == read


@given(text=st.text(max_size=400))
def test_nothing_that_is_pasted_is_too_strange_and_every_word_is_one(text: str) -> None:
    read = words_of(text)
    assert all(is_word(word) and word == word.strip() and len(word) <= LONGEST_WORD for word in read.found)
    assert len({word.casefold() for word in read.found}) == len(read.found)
    assert all(rule.strip() for rule in rules_of(text))
    assert welcome_of(welcome_of(text).text).unknown == () or "{" in text or "%" in text or "$" in text


def test_what_rose_shows_is_read_without_its_head_its_wildcards_and_its_other_kinds() -> None:
    assert words_of(ROSE) == (("加微信", "free money"), ("bit*", "stickerpack:Ads"))
    assert words_of("Current blacklisted words:\n - 加微信\n - 刷单").found == ("加微信", "刷单")


def test_commands_that_once_made_the_list_are_read_without_their_reasons() -> None:
    assert words_of(COMMANDS).found == ("free money", "hi there", "hello", "good day", "stupid")


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("3.5折", ("3.5折",)), ("加V信 / 兼职", ("加V信 / 兼职",)), ("don't", ("don't",)), ("🎰", ("🎰",)), ("的", ()),
        ("a", ()), ("词库：", ()), ("", ()), ("…", ()), ("24小时", ("24小时",)),
    ],
)  # fmt: skip
def test_a_word_stays_itself_and_what_would_be_found_everywhere_stays_out(line: str, found: tuple[str, ...]) -> None:
    assert words_of(line).found == found


def test_rules_are_read_by_their_numbers_and_what_follows_belongs_to_them() -> None:
    numbered = "群规：\n1. 不发广告\n   带红包的除外\n\n2、好好说话\n（3）准时交作业"
    assert rules_of(numbered) == ("不发广告 带红包的除外", "好好说话", "准时交作业")
    assert rules_of("本群约定：\n• 不发广告\n• 好好说话") == ("不发广告", "好好说话")
    assert rules_of("  \n\n") == ()


@pytest.mark.parametrize(
    ("theirs", "ours", "unknown"),
    [
        ("Hi {first} {last}, welcome to {chatname}!", "Hi {names}, welcome to {title}!", ()),
        ("欢迎 {mention} ({username}) 来到 {GROUPNAME}", "欢迎 {names} 来到 {title}", ()),
        ("欢迎 %%name%%！", "欢迎 {names}！", ()),
        ("你好 $name，%user_name%", "你好 {names}，{names}", ()),
        ("第 {count} 位\n[群规](buttonurl://a.b)", "第 位", ("[群规](buttonurl://a.b)", "{count}")),
        ("打 5 折，50% off，$5", "打 5 折，50% off，$5", ()),
    ],
)  # fmt: skip
def test_placeholders_become_ours_and_the_others_are_named(theirs: str, ours: str, unknown: tuple[str, ...]) -> None:
    assert welcome_of(theirs) == (ours, unknown)
