"""A bot's text: markup parsed or entities taken as given, trimmed, measured in code points."""

from __future__ import annotations

from collections.abc import Iterable

from sandbox import errors
from sandbox.errors import bad
from sandbox.world import entities as found
from sandbox.world.markup_html import parse_html
from sandbox.world.markup_markdown import parse_markdown
from sandbox.world.records import Json

TEXT_LIMIT, CAPTION_LIMIT, RAW_BYTES = 4096, 1024, 32_768
Marked = tuple[str, list[Json]]


def formatted(text: str, mode: str, given: Iterable[Json] | None) -> Marked:
    """Text and entities after parsing and trimming."""
    if len(text.encode("utf-8", "replace")) > RAW_BYTES:
        raise bad(errors.RAW_TEXT_TOO_LONG)
    if given is None and mode:
        said, marks = parse(text, mode)
    else:
        said, marks = text, [dict(mark) for mark in given or ()]
    said, marks = trim(said, marks)
    return said, found.merge(marks, said)


def parse(text: str, mode: str) -> Marked:
    lowered = mode.lower()
    if lowered == "html":
        return parse_html(text)
    if lowered == "markdownv2":
        return parse_markdown(text)
    if lowered == "markdown":
        return parse_markdown(text, legacy=True)
    raise bad("unsupported parse_mode")


def trim(text: str, marks: list[Json]) -> Marked:
    """Blank ends go; entities are moved and cut with them."""
    text = text.replace("\r", "").rstrip()
    start = found.utf16(text[: len(text) - len(text.lstrip())])
    text = text.lstrip()
    end = found.utf16(text)
    kept = []
    for mark in marks:
        left = max(0, mark["offset"] - start)
        right = min(end, mark["offset"] + mark["length"] - start)
        if right > left:
            kept.append(mark | {"offset": left, "length": right - left})
    return text, kept


def message_text(text: str, mode: str, given: Iterable[Json] | None, *, too_long: str = errors.TEXT_TOO_LONG) -> Json:
    """The `text` and `entities` of a message; 1–4096 code points."""
    if not text:
        raise bad(errors.TEXT_EMPTY)
    said, marks = formatted(text, mode, given)
    if not said:
        raise bad(errors.TEXT_BLANK if text.strip() == "" else errors.TEXT_EMPTY)
    if len(said) > TEXT_LIMIT:
        raise bad(too_long)
    return {"text": said} | ({"entities": marks} if marks else {})


def caption(text: str, mode: str, given: Iterable[Json] | None) -> Json:
    """The `caption` and `caption_entities` of a message; at most 1024 code points."""
    said, marks = formatted(text, mode, given)
    if len(said) > CAPTION_LIMIT:
        raise bad(errors.CAPTION_TOO_LONG)
    return {} if not said else {"caption": said} | ({"caption_entities": marks} if marks else {})
