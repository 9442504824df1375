"""Patterns of administrators: refused with their position, or harmless whatever the text (S1)."""

import time
from collections.abc import Callable
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.textscan.folding import Folding, fold, load_folding
from bot.textscan.patterns import Pattern, PatternError, compile_pattern
from tests.bot.textscan.evil import EVIL

TABLE: Folding = load_folding()
LONG_TEXTS = ("a" * 4095 + "!", *((unit * 4096)[:4096] for unit in ("a", "ab", "微", "a,", "1", "x", "a b ")))


def test_there_are_enough_of_them() -> None:
    assert len(set(EVIL)) >= 40


@pytest.mark.parametrize("pattern", EVIL, ids=range(len(EVIL)))
def test_an_evil_pattern_is_refused_or_fast(pattern: str) -> None:  # S1
    compiled = accepted(pattern)
    for text in LONG_TEXTS if compiled else ():
        assert compiled is not None
        # Process time, and the better of two: a neighbour's work on this machine is no fault of the pattern.
        assert min(seconds(compiled.spans, text), seconds(compiled.spans, text)) < 0.05


def accepted(pattern: str) -> Pattern | None:
    with suppress(PatternError):
        return compile_pattern(pattern, TABLE)
    return None


def seconds(search: Callable[[str], object], text: str) -> float:
    began = time.process_time()
    search(text)
    return time.process_time() - began


@pytest.mark.parametrize(
    ("pattern", "position"),
    [
        ("加(微信", 1),
        ("ab[c", 2),
        ("abc)", 3),
        ("a**", 2),
        ("好(?=人)", 1),
        (r"(a)\1", 3),
        ("x" * 501, 500),
        ("", 0),
        ("a*", 0),
    ],
)
def test_a_refusal_says_where(pattern: str, position: int) -> None:
    with pytest.raises(PatternError) as refused:
        compile_pattern(pattern, TABLE)
    assert refused.value.position == position
    assert refused.value.pattern == pattern
    assert f"position {position}" in str(refused.value)


@pytest.mark.parametrize(
    ("pattern", "text", "found"),
    [
        (r"\w+群", "进我的班级群", "进我的班级群"),
        (r"[\w-]+@", "张三-li@x", "张三-li@"),
        (r"\W", "微信", None),
        ("ＡＢＣ", "abc", "abc"),
        ("加微信", "加微信", "加微信"),
        ("價格", "价格", "价格"),
        ("（广告）", "看(广告)", "(广告)"),
        ("FREE", "free", "free"),
        (r"\d{5,}", "１２３４５", "12345"),
        (r"a\Z", "ba", "a"),
        ("[，。]", "好,", ","),
    ],
)
def test_a_pattern_is_meant_for_folded_texts(pattern: str, text: str, found: str | None) -> None:
    folded = fold(text, TABLE)
    spans = compile_pattern(pattern, TABLE).spans(folded)
    assert [folded[start:end] for start, end in spans[:1]] == ([found] if found else [])


@given(st.text(max_size=40))
def test_any_text_is_a_pattern_or_a_refusal(source: str) -> None:
    with suppress(PatternError):
        compile_pattern(source, TABLE).spans("加微信 abc 123")
