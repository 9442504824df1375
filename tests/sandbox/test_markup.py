"""HTML and Markdown to entities, and what Telegram marks by itself; offsets are UTF-16 units."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from telegram.helpers import escape_markdown

from sandbox.errors import ApiError
from sandbox.world.entities import cut, detect, merge, utf16
from sandbox.world.markup_html import parse_html
from sandbox.world.markup_markdown import parse_markdown
from sandbox.world.text import trim

Marks = list[tuple[str, str]]


def marks(text: str, entities: list[dict[str, Any]]) -> Marks:
    return [(entity["type"], cut(text, entity["offset"], entity["length"])) for entity in entities]


@pytest.mark.parametrize(
    ("source", "text", "expected"),
    [
        ("<b>a</b> <i>b</i>", "a b", [("bold", "a"), ("italic", "b")]),
        ("<b>😀 <u>x</u></b>", "😀 x", [("bold", "😀 x"), ("underline", "x")]),
        (
            "<s>a</s><del>b</del><tg-spoiler>c</tg-spoiler>",
            "abc",
            [("strikethrough", "a"), ("strikethrough", "b"), ("spoiler", "c")],
        ),
        ('<span class="tg-spoiler">x</span>', "x", [("spoiler", "x")]),
        ('<a href="https://x.com">x</a>', "x", [("text_link", "x")]),
        ('<a href="tg://user?id=7">you</a>', "you", [("text_mention", "you")]),
        ("<code>a &lt; b &amp;&amp; c</code>", "a < b && c", [("code", "a < b && c")]),
        ('<pre><code class="language-python">x</code></pre>', "x", [("pre", "x")]),
        ("<blockquote>q</blockquote>", "q", [("blockquote", "q")]),
        ("<blockquote expandable>q</blockquote>", "q", [("expandable_blockquote", "q")]),
        ("&#x4e2d;&#25991;&nope; &quot;", '中文&nope; "', []),
        ("<b></b>x", "x", []),
    ],
)
def test_html(source: str, text: str, expected: Marks) -> None:
    plain, entities = parse_html(source)
    assert plain == text
    assert marks(plain, entities) == expected


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("<b>x", 'Can\'t find end tag corresponding to start tag "b"'),
        ("<b><i>x</b></i>", 'Unmatched end tag at byte offset 7, expected "</i>", found "</b>"'),
        ("x</b>", "Unexpected end tag at byte offset 1"),
        ("<div>x</div>", 'Unsupported start tag "div" at byte offset 0'),
        ("灯<", 'Unsupported start tag "" at byte offset 3'),
        ("1 < 2", 'Unsupported start tag "" at byte offset 2'),
        ("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
    ],
)
def test_broken_html_is_refused(source: str, reason: str) -> None:
    with pytest.raises(ApiError) as raised:
        parse_html(source)
    assert raised.value.description == f"Bad Request: can't parse entities: {reason}"


@pytest.mark.parametrize(
    ("source", "text", "expected"),
    [
        (
            "*a* _b_ __c__ ~d~ ||e|| `f`",
            "a b c d e f",
            [
                ("bold", "a"),
                ("italic", "b"),
                ("underline", "c"),
                ("strikethrough", "d"),
                ("spoiler", "e"),
                ("code", "f"),
            ],
        ),
        (r"1\.5 \*x\*", "1.5 *x*", []),
        ("[x](https://x.com/a_b)", "x", [("text_link", "x")]),
        ("```python\nprint\n```", "print\n", [("pre", "print\n")]),
        ("*bold _both_*", "bold both", [("bold", "bold both"), ("italic", "both")]),
        (">quote\n>more\nrest", "quote\nmore\nrest", [("blockquote", "quote\nmore")]),
    ],
)
def test_markdown(source: str, text: str, expected: Marks) -> None:
    plain, entities = parse_markdown(source)
    assert plain == text
    assert marks(plain, entities) == expected


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("a.b", "Character '.' is reserved and must be escaped with the preceding '\\'"),
        ("*x", "Can't find end of Bold entity at byte offset 0"),
        ("灯`x", "Can't find end of Code entity at byte offset 3"),
    ],
)
def test_broken_markdown_is_refused(source: str, reason: str) -> None:
    with pytest.raises(ApiError) as raised:
        parse_markdown(source)
    assert raised.value.description == f"Bad Request: can't parse entities: {reason}"


def test_old_markdown() -> None:
    plain, entities = parse_markdown("*a* _b_ `c` [d](http://e.com) f.g!", legacy=True)
    assert plain == "a b c d f.g!"
    assert [kind for kind, _ in marks(plain, entities)] == ["bold", "italic", "code", "text_link"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("/start@dengta_bot now", [("bot_command", "/start@dengta_bot")]),
        ("和/or 1/2 a/b", []),
        ("see @somebody, #早安 and $TON", [("mention", "@somebody"), ("hashtag", "#早安"), ("cashtag", "$TON")]),
        ("http://a.io/x?y=1. done", [("url", "http://a.io/x?y=1")]),
        ("加我t.me/joinchat/abc", [("url", "加我t.me/joinchat/abc")]),
        ("点击 t.me/joinchat/abc,", [("url", "t.me/joinchat/abc")]),
        ("mail lin@example.com", [("email", "lin@example.com")]),
        ("call +86 138 0013 8000", [("phone_number", "+86 138 0013 8000")]),
        ("v1.2.3 and 3.14 file.py", []),
        ("#123 only digits", []),
        ("😀 @after_emoji", [("mention", "@after_emoji")]),
    ],
)
def test_marks_are_found_by_themselves(text: str, expected: Marks) -> None:
    assert marks(text, detect(text)) == expected


def test_nothing_is_found_inside_code_and_links() -> None:
    given_marks = [{"type": "code", "offset": 0, "length": 9}]
    assert merge(given_marks, "@somebody @other") == [
        {"type": "code", "offset": 0, "length": 9},
        {"type": "mention", "offset": 10, "length": 6},
    ]


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"])))
def test_escaped_markdown_comes_back_as_it_was(text: str) -> None:
    plain, entities = parse_markdown(escape_markdown(text, version=2))
    assert plain == text
    assert entities == []


@given(st.text(alphabet='ab<>/&*_~`|[]()!.#-\n😀灯\\" =', max_size=40))
def test_any_markup_is_parsed_or_refused_but_never_breaks(text: str) -> None:
    for parse in (parse_html, parse_markdown):
        try:
            plain, entities = parse(text)
        except ApiError:
            continue
        assert all(e["length"] > 0 and e["offset"] + e["length"] <= utf16(plain) for e in entities)


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=200))
def test_found_marks_lie_within_the_text(text: str) -> None:
    end = 0
    for entity in detect(text):
        assert entity["offset"] >= end
        end = entity["offset"] + entity["length"]
    assert end <= utf16(text)


@given(st.text(alphabet="a😀 \n", max_size=30))
def test_trimming_moves_marks_along(text: str) -> None:
    whole = [{"type": "bold", "offset": 0, "length": utf16(text)}]
    said, kept = trim(text, whole if text else [])
    assert said == text.strip()
    assert marks(said, kept) == ([("bold", said)] if said else [])
