"""Finds in a text what Telegram marks by itself: commands, mentions, hashtags, links, addresses, numbers."""

from __future__ import annotations

import re
from collections.abc import Iterable

from sandbox.world.records import Json

TLDS = (
    "com|net|org|info|biz|me|cn|io|co|ru|uk|de|xyz|top|site|club|online|shop|vip|app|dev|ai|tv|cc|us|hk|tw|jp|kr|in|"
    "eu|fr|it|es|nl|pl|ua|by|kz|br|ca|au|link|live|pro|fun|store|tech|space|website|work|win|bet|icu|ltd|group|life|"
    "world|asia|mobi|name|edu|gov|ly|gg|to|ws|im|so|su|sh|one|wiki|news|blog|chat|click|cloud|page|sbs|cyou|ph|my|sg|"
    "id|th|vn|ir|tr|pw|tk|ml|ga|cf|gq|la|fm|am|is|be|at|ch|se|no|fi|dk|cz|pt|gr|ro|hu|il|ae|sa|mx|ar|cl|nz|za|xxx"
)
URL = (
    r"(?<![\w@.])(?:(?:https?|ftp|ton|tg|tonsite)://(?:[\w.-]+|\[[0-9a-f:]+\])(?::\d+)?"
    rf"|(?:[\w](?:[\w-]*[\w])?\.)+(?:{TLDS})(?![\w@-])(?::\d+)?)"
    r"(?:[/?#][^\s<>\"'\u3000-\u303f\uff00-\uff60]*)?"
)
EMAIL = r"(?<![\w.+@-])[A-Za-z0-9._%+-]{1,64}@(?:[A-Za-z0-9-]+\.)+[A-Za-z]{2,8}(?![\w@])"
COMMAND = r"(?<![\w/@<>.])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?(?![\w/@])"
MENTION = r"(?<![\w@/])@[A-Za-z0-9_]{3,32}(?![\w@])"
HASHTAG = r"(?<![\w#])#(?!\d+(?!\w))[\w·]{1,256}(?:@[A-Za-z0-9_]{3,32})?(?!#)"
CASHTAG = r"(?<![\w$])\$(?:1INCH|[A-Z]{1,8})(?:@[A-Za-z0-9_]{3,32})?(?![\w$])"
PHONE = r"(?<![\w+.])\+\d[\d ()-]{6,18}\d(?!\w)"
FOUND = re.compile(
    f"(?P<email>{EMAIL})|(?P<url>{URL})|(?P<bot_command>{COMMAND})|(?P<mention>{MENTION})"
    f"|(?P<hashtag>{HASHTAG})|(?P<cashtag>{CASHTAG})|(?P<phone_number>{PHONE})",
    re.IGNORECASE,
)
HINT = re.compile(r"[@/#$+.:]")
CASED = re.compile(CASHTAG)
OPAQUE = frozenset({"code", "pre", "text_link", "text_mention", "url"})


def utf16(text: str) -> int:
    """The length Telegram counts entities in."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def cut(text: str, offset: int, length: int) -> str:
    """The part of a text an entity covers."""
    raw = text.encode("utf-16-le", "surrogatepass")
    return raw[offset * 2 : (offset + length) * 2].decode("utf-16-le", "replace")


def detect(text: str) -> list[Json]:
    """Entities found by themselves, in order, offsets in UTF-16 units."""
    if not HINT.search(text):
        return []
    found: list[Json] = []
    position = units = 0
    for match in FOUND.finditer(text):
        kind = match.lastgroup or ""
        piece = match.group().rstrip(".,;:!?。，") if kind == "url" else match.group()
        if kind == "cashtag" and not CASED.match(piece):
            continue
        units += utf16(text[position : match.start()])
        position = match.start()
        found.append({"type": kind, "offset": units, "length": utf16(piece)})
    return found


def merge(given: Iterable[Json], text: str) -> list[Json]:
    """Given entities first; found ones only where no opaque or equal one is."""
    entities = [dict(entity) for entity in given]
    taken = [(e["offset"], e["offset"] + e["length"]) for e in entities if e["type"] in OPAQUE]
    known = {(e["type"], e["offset"]) for e in entities}
    for entity in detect(text):
        start, end = entity["offset"], entity["offset"] + entity["length"]
        if (entity["type"], start) in known or any(start < stop and begin < end for begin, stop in taken):
            continue
        entities.append(entity)
    entities.sort(key=lambda e: (e["offset"], -e["length"]))
    return entities


def commands(text: str, entities: Iterable[Json]) -> list[str]:
    return [cut(text, e["offset"], e["length"]) for e in entities if e["type"] == "bot_command"]
