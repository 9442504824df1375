"""A policy as a file: what is written is read again, and every mistake is told with its line."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.conduct.policyfile import Kind, parse, written
from rules.conduct.policy import DEFAULTS
from rules.conduct.policy_layers import dump

TEXTS = st.text(st.characters(codec="utf-8"), max_size=30)
VALUES = st.fixed_dictionaries(
    {},
    optional={
        "flooding.messages": st.integers(2, 100),
        "insult.words": st.lists(TEXTS, max_size=5),
        "insult.delete": st.booleans(),
        "insult.mode": st.sampled_from(["off", "enforce"]),
        "welcome.text": TEXTS,
        "rules_text": st.lists(TEXTS, max_size=3),
    },
)


@given(VALUES.filter(bool))
def test_what_is_written_is_read_again(values: dict[str, object]) -> None:  # S9
    read = parse(written(values, "head\nof it", dict.fromkeys(values, "why # so")).encode())
    assert read.mistakes == ()
    assert {key: list(v) if isinstance(v, tuple) else v for key, v in read.values.items()} == values


def test_the_whole_policy_goes_out_and_comes_back() -> None:
    whole = dump(DEFAULTS)
    read = parse(written(whole, "all", {}).encode())
    assert {key: list(v) if isinstance(v, tuple) else v for key, v in read.values.items()} == whole


@pytest.mark.parametrize("root", ["", "policy."])
def test_it_may_stand_under_the_name_it_has_in_the_configuration(root: str) -> None:
    read = parse(f"[{root}flooding]\nmessages = 6\n".encode("utf-8-sig"))
    assert read.values == {"flooding.messages": 6}


@pytest.mark.parametrize(
    ("text", "line", "kind", "hint"),
    [
        (b"", 1, "empty", ""),
        (b"[flooding]\nmessages = 6\nx = \xff", 3, "encoding", ""),
        (b"[flooding]\nmessages = \n", 2, "syntax", ""),
        (b"[flooding]\nmesages = 6", 2, "unknown", "flooding.messages"),
        (b'[policy.insult]\n\nmode = "enforced"', 3, "value", "enforce"),
        (b"# all\n[policy.flooding]\nmessages = 6\nseconds = 1.5", 4, "value", ""),
        (b"\n\n[telegram]\nx = 'y'", 4, "unknown", "insult.mode"),
        (b'x = """\n[flooding]\n"""\n[flooding]\nmessages = 1000', 1, "unknown", ""),
        (b"a.b.c.d.e.f.g.h = 1", 1, "deep", ""),
        (b"\nx = " + b"[" * 3000, 1, "deep", ""),
        (b"include = 'other.toml'", 1, "unknown", ""),
    ],
)
def test_every_mistake_is_told_with_its_line(text: bytes, line: int, kind: Kind, hint: str) -> None:  # S9
    read = parse(text)
    assert read.values == {}
    assert (read.mistakes[0].line, read.mistakes[0].kind) == (line, kind)
    problem = read.mistakes[0].problem
    assert kind not in ("unknown", "value") or problem is not None
    assert not hint or kind == "unknown" or (problem is not None and problem.hint == hint)


def test_all_mistakes_are_told_not_only_the_first() -> None:
    read = parse(b'[flooding]\nmessages = "many"\nsecond = 3\n[insult]\nmode = "on"')
    assert [(each.line, each.kind) for each in read.mistakes] == [(2, "value"), (3, "unknown"), (5, "value")]


@pytest.mark.parametrize(
    "text",
    [
        b"a." * 500_000 + b"a = 1",
        b"x = {" + b"a." * 500_000 + b"a = 1}",
        b"\n".join(b"[a%d.b.c]" % n for n in range(60_000)),
        b"'" + b"a" * 1_000_000,
        b'"""' * 300_000,
        b"a " * 500_000,
        b"x = [" + b'"word",' * 140_000 + b"]",
        b'"a".' * 250_000 + b"a = 1",
        b'\\"""\n' * 200_000,
        b'\\"' * 400_000,
        b'x = """\n' + b" " * 500_000 + b'#\n"""',
        b'x = """\n[' + b" " * 500_000 + b'\n"""',
    ],
    ids=range(12),
)
def test_no_file_keeps_the_bot_busy(text: bytes) -> None:  # S9
    began = time.process_time()
    assert parse(text).values == {}
    assert time.process_time() - began < 3
