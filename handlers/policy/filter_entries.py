"""What somebody types after /filter add as an entry of a list: a word, /a pattern/, a link, a file, a kind."""

import re
from collections.abc import Mapping
from typing import NamedTuple

from bot.arrival.pasting import is_word
from handlers.saying.answers import catalogue
from rules.conduct import content
from rules.conduct.effects import Phrase

in_filter = catalogue("filter")

WORDS, PATTERNS, LINKS, FILES, KINDS = "words", "patterns", "links", "files", "kinds"
LISTS = (WORDS, PATTERNS, LINKS, FILES, KINDS)
# Lists of what is fine all the same.
ALLOWED: Mapping[str, str] = {WORDS: "allow", LINKS: "allow_links"}
MARKS: Mapping[str, str] = {
    "link": LINKS, "链接": LINKS, "域名": LINKS, "file": FILES, "文件": FILES, "kind": KINDS, "类型": KINDS,
    "word": WORDS, "词": WORDS, "pattern": PATTERNS, "正则": PATTERNS,
}  # fmt: skip
KIND_WORDS: Mapping[str, str] = {
    "文件": "document", "图片": "photo", "照片": "photo", "视频": "video", "语音": "voice", "音乐": "audio",
    "圆视频": "video_note", "动图": "animation", "贴纸": "sticker", "表情包": "sticker", "转发": "forward",
    "链接": "link", "名片": "contact", "投票": "poll", "位置": "location", "动态": "story",
    **{kind: kind for kind in content.KINDS},
}  # fmt: skip
EXAMPLES: Mapping[str, str] = {
    WORDS: "word 加微信", PATTERNS: "pattern /[0-9]{6,}/", LINKS: "link example.com", FILES: "file .apk",
    KINDS: "kind voice",
}  # fmt: skip
DOMAIN = re.compile(r"[\w-]+(?:\.[\w-]+)*\.[^\W\d_]{2,}(?:/\S*)?", re.IGNORECASE)
ENDING = re.compile(r"\.?[0-9A-Za-z]{1,10}")
MIME = re.compile(r"[a-z]+/(?:\*|[a-z0-9.+-]+)")


class Entry(NamedTuple):
    """`name` is the list it belongs to."""

    name: str
    value: str

    @property
    def key(self) -> str:
        return f"blocked_text.{self.name}"


def entry_of(text: str) -> Entry | Phrase:
    """The entry, or the sentence that says what is wrong with it."""
    first, _, rest = text.strip().partition(" ")
    alone = "" if rest.strip() else MARKS.get(first.lower(), "")
    if alone:
        return in_filter("alone", mark=first, example=EXAMPLES[alone])
    marked = MARKS.get(first.lower(), "") if rest.strip() else ""
    said = rest.strip() if marked else text.strip()
    return READ[marked or guessed(said)](said)


def guessed(said: str) -> str:
    if len(said) > 2 and said.startswith("/") and said.endswith("/"):
        return PATTERNS
    if "://" in said or DOMAIN.fullmatch(said):
        return LINKS
    return FILES if said.startswith(".") and ENDING.fullmatch(said) else WORDS


def a_word(said: str) -> Entry | Phrase:
    return Entry(WORDS, said) if is_word(said) else in_filter("no_word")


def a_pattern(said: str) -> Entry | Phrase:
    inside = said[1:-1] if len(said) > 2 and said.startswith("/") and said.endswith("/") else said
    return Entry(PATTERNS, inside)


def a_link(said: str) -> Entry | Phrase:
    if said == content.ANY:
        return Entry(LINKS, said)
    place = content.place_of(said)
    return Entry(LINKS, place) if DOMAIN.fullmatch(place) else in_filter("no_link")


def a_file(said: str) -> Entry | Phrase:
    small = said.lower()
    if MIME.fullmatch(small):
        return Entry(FILES, small)
    return Entry(FILES, f".{small.removeprefix('.')}") if ENDING.fullmatch(small) else in_filter("no_file")


def a_kind(said: str) -> Entry | Phrase:
    kind = KIND_WORDS.get(said.lower())
    known = "、".join(dict.fromkeys(word for word in KIND_WORDS if not word.isascii()))
    return Entry(KINDS, kind) if kind else in_filter("no_kind", kinds=known)


READ = {WORDS: a_word, PATTERNS: a_pattern, LINKS: a_link, FILES: a_file, KINDS: a_kind}
