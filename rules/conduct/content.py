"""What a message carries beside its words: where its links lead, its files by name and type, the kinds of its parts."""

import re
from collections.abc import Iterable, Iterator
from typing import Literal, get_args

from rules.conduct.facts import Entity, Facts, Media

Kind = Literal[
    "link", "forward", "document", "photo", "video", "voice", "audio", "video_note", "animation", "sticker",
    "contact", "poll", "location", "story",
]  # fmt: skip
KINDS: frozenset[str] = frozenset(get_args(Kind))
# What the bot can post again by its file id.
POSTABLE = frozenset({
    "document", "photo", "video", "voice", "audio", "video_note", "animation", "sticker",
})  # fmt: skip
ANY = "*"
TELEGRAM = frozenset({"t.me", "telegram.me", "telegram.dog"})
LINKING = frozenset({"url", "text_link"})
# Telegram marks links as entities; a plain text with an address in it is read all the same.
ADDRESS = re.compile(
    r"(?:https?|tg)://[^\s<>\"'，。；、）)】」]+|(?<![\w@.])t\.me/[^\s<>\"'，。；、）)】」]+", re.IGNORECASE
)
HOST = re.compile(r"^(?:[a-z][a-z0-9+.-]*://)?(?:[^@/?#\\]*@)?([^/?#:\\]+)[^/?#\\]*([/?#\\].*)?$", re.IGNORECASE)


def links(facts: Facts) -> tuple[str, ...]:
    """The addresses of a message, each once: in its text, behind its words, on its buttons."""
    return tuple(dict.fromkeys(addresses(facts)))


def addresses(facts: Facts) -> Iterator[str]:
    marked = [each for each in facts.entities if each.type in LINKING]
    if marked:
        wide = facts.text.encode("utf-16-le", "surrogatepass")
        yield from (each.url or slice_of(wide, each) for each in marked)
    if "://" in facts.text or "t.me/" in facts.text.lower():
        yield from (found[0] for found in ADDRESS.finditer(facts.text))
    yield from (words for words in facts.buttons if ADDRESS.match(words))


def slice_of(wide: bytes, entity: Entity) -> str:
    """Telegram counts UTF-16 units."""
    return wide[2 * entity.offset : 2 * (entity.offset + entity.length)].decode("utf-16-le", "replace")


def place_of(address: str) -> str:
    """`host/path` in small letters; what leads into Telegram is `t.me/…`, however it is written."""
    text = address.strip().lower()
    if text.startswith("tg:"):
        name = re.search(r"[?&]domain=([a-z0-9_]+)", text)
        return f"t.me/{name[1]}" if name else "t.me"
    found = HOST.match(text)
    if found is None:
        return ""
    host, path = found[1].rstrip(".").removeprefix("www."), (found[2] or "").partition("?")[0].strip("/#")
    if host.endswith(".t.me"):
        return f"t.me/{host.removesuffix('.t.me')}"
    if host in TELEGRAM:
        host = "t.me"
    return f"{host}/{path}" if path else host


def leads_to(place: str, wanted: str) -> bool:
    """Whether an address is at `wanted`: that domain, one below it, or that path of it (t.me/some_shop)."""
    if wanted == ANY:
        return True
    host, _, path = place.partition("/")
    domain, _, below = wanted.partition("/")
    return (host == domain or host.endswith(f".{domain}")) and (not below or f"{path}/".startswith(f"{below}/"))


def leading_to(found: Iterable[str], wanted: Iterable[str], allowed: Iterable[str]) -> tuple[str, ...]:
    """Those addresses that lead to one of `wanted` and to none of `allowed`."""
    normal_wanted, normal_allowed = [place_of(each) or each for each in wanted], list(map(place_of, allowed))
    places = [(address, place_of(address)) for address in found]
    return tuple(
        address
        for address, place in places
        if any(leads_to(place, each) for each in normal_wanted)
        and not any(leads_to(place, each) for each in normal_allowed)
    )


def kinds(facts: Facts) -> frozenset[str]:
    """The kinds of its parts, as `Kind` names them."""
    found = {media.kind for media in facts.media if media.kind in KINDS}
    # An animation comes as a document as well, and is none to people.
    if "animation" in found:
        found.discard("document")
    return frozenset({*found, *(("forward",) if facts.forward else ()), *(("link",) if links(facts) else ())})


def files_like(media: Iterable[Media], wanted: Iterable[str]) -> tuple[str, ...]:
    """Names of the files that fit one of `wanted`: an ending (.apk) or a type (application/pdf, image/*)."""
    each_wanted = [entry.strip().lower() for entry in wanted]
    return tuple(
        each.file_name or each.mime or each.kind
        for each in media
        if any(fits(each, entry) for entry in each_wanted)
    )  # fmt: skip


def fits(media: Media, wanted: str) -> bool:
    if "/" in wanted:
        family, _, kind = wanted.partition("/")
        mine, _, exact = media.mime.lower().partition("/")
        return mine == family and kind in (ANY, exact)
    return media.file_name.lower().endswith(f".{wanted.removeprefix('.')}")
