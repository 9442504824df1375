"""Telegram's HTML: tags to entities, with the server's complaints about broken markup."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html.entities import name2codepoint

from sandbox.errors import ApiError, bad
from sandbox.world.entities import utf16
from sandbox.world.records import Json
from sandbox.world.symbols import as_id

TYPES = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
    "code": "code",
    "pre": "pre",
    "a": "text_link",
    "blockquote": "blockquote",
    "tg-emoji": "custom_emoji",
    "tg-time": "date_time",
}
VALUE = r"\s*=\s*(?:\"[^\"]*\"|'[^']*'|[^\s>\"']+)"
TAG = re.compile(rf"<(/?)([a-zA-Z][a-zA-Z0-9-]*)((?:\s+[a-zA-Z-]+(?:{VALUE})?)*)\s*(/?)>")
ATTRIBUTE = re.compile(r"([a-zA-Z-]+)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s>\"']+)))?")
REFERENCE = re.compile(r"&(#x[0-9a-fA-F]+|#\d+|[a-z]+);?")
NAMED = {name: chr(name2codepoint[name]) for name in ("lt", "gt", "amp", "quot")}


@dataclass(slots=True)
class Open:
    name: str
    offset: int
    attributes: dict[str, str]


def broken(reason: str) -> ApiError:
    return bad(f"can't parse entities: {reason}")


def unescape(text: str) -> str:
    return REFERENCE.sub(_character, text)


def _character(match: re.Match[str]) -> str:
    name = match.group(1)
    if name.startswith("#"):
        code = int(f"0{name[1:]}", 16) if name[1] == "x" else int(name[1:])
        return chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else match.group()
    return NAMED.get(name, match.group())


def parse_html(text: str) -> tuple[str, list[Json]]:
    """Plain text and its entities; raises what the server says about unknown, unclosed or crossed tags."""
    pieces: list[str] = []
    entities: list[Json] = []
    stack: list[Open] = []
    position = units = 0
    while (start := text.find("<", position)) >= 0:
        plain = unescape(text[position:start])
        pieces.append(plain)
        units += utf16(plain)
        match = TAG.match(text, start)
        at = len(text[:start].encode())
        if match is None:
            raise complaint(text, start, at)
        if match.group(1):
            close(stack, match.group(2).lower(), at, units, entities)
        else:
            stack.append(opened(match, at, units))
        position = match.end()
    if stack:
        raise broken(f'Can\'t find end tag corresponding to start tag "{stack[-1].name}"')
    pieces.append(unescape(text[position:]))
    entities.sort(key=lambda entity: (entity["offset"], -entity["length"]))
    return "".join(pieces), entities


def complaint(text: str, start: int, at: int) -> ApiError:
    rest = text[start + 1 :]
    if rest.startswith("/"):
        return broken(f"Unexpected end tag at byte offset {at}")
    name = re.match(r"[a-zA-Z0-9-]*", rest)
    if name is None or not name.group() or ">" not in rest:
        return broken(f'Unsupported start tag "{name.group() if name else ""}" at byte offset {at}')
    return broken(f"Unclosed start tag at byte offset {at}")


def opened(match: re.Match[str], at: int, units: int) -> Open:
    name = match.group(2).lower()
    attributes = {
        found.group(1).lower(): unescape(next((g for g in found.groups()[1:] if g is not None), ""))
        for found in ATTRIBUTE.finditer(match.group(3) or "")
    }
    if name not in TYPES:
        raise broken(f'Unsupported start tag "{name}" at byte offset {at}')
    if name == "span" and attributes.get("class") != "tg-spoiler":
        raise broken(f'Tag "span" must have class "tg-spoiler" at byte offset {at}')
    return Open(name, units, attributes)


def close(stack: list[Open], name: str, at: int, units: int, entities: list[Json]) -> None:
    if not stack:
        raise broken(f"Unexpected end tag at byte offset {at}")
    start = stack.pop()
    if name != start.name:
        raise broken(f'Unmatched end tag at byte offset {at}, expected "</{start.name}>", found "</{name}>"')
    if units > start.offset:
        entity = made(start, units - start.offset, stack, entities)
        if entity is not None:
            entities.append(entity)


def made(start: Open, length: int, stack: list[Open], entities: list[Json]) -> Json | None:
    kind = TYPES[start.name]
    entity: Json = {"type": kind, "offset": start.offset, "length": length}
    if kind == "text_link":
        return link(entity, start.attributes.get("href", ""))
    if kind == "blockquote" and "expandable" in start.attributes:
        entity["type"] = "expandable_blockquote"
    if kind == "custom_emoji":
        entity["custom_emoji_id"] = start.attributes.get("emoji-id", "")
    if kind == "date_time":
        entity["unix_time"] = int(start.attributes.get("unix", "0"))
    language = start.attributes.get("class", "")
    if kind == "code" and stack and stack[-1].name == "pre" and language.startswith("language-"):
        stack[-1].attributes["language"] = language.removeprefix("language-")
        return None
    if kind == "pre" and "language" in start.attributes:
        entity["language"] = start.attributes["language"]
    return entity


def link(entity: Json, href: str) -> Json | None:
    if href.startswith("tg://user?id=") and (user_id := as_id(href[13:])) is not None:
        return entity | {"type": "text_mention", "user_id": user_id}
    return entity | {"url": href if "://" in href else f"http://{href}/"} if href else None
