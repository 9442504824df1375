"""Telegram's MarkdownV2 and the old Markdown: marks to entities, with the server's complaints."""

from __future__ import annotations

from dataclasses import dataclass

from sandbox.world.entities import utf16
from sandbox.world.markup_html import broken, link
from sandbox.world.records import Json

RESERVED = frozenset("_*[]()~`>#+-=|{}.!")
NAMES = {
    "*": ("bold", "Bold"),
    "_": ("italic", "Italic"),
    "__": ("underline", "Underline"),
    "~": ("strikethrough", "Strikethrough"),
    "||": ("spoiler", "Spoiler"),
    "`": ("code", "Code"),
    "```": ("pre", "Pre"),
    "[": ("text_link", "TextUrl"),
    "![": ("custom_emoji", "CustomEmoji"),
}


@dataclass(slots=True)
class Open:
    mark: str
    offset: int
    at: int


class Reader:
    """One pass over the text; `out` grows, entities are closed as their marks come."""

    def __init__(self, text: str, legacy: bool) -> None:
        self.text, self.legacy = text, legacy
        self.out: list[str] = []
        self.units = self.i = 0
        self.stack: list[Open] = []
        self.entities: list[Json] = []
        self.quote: int | None = None

    def put(self, characters: str) -> None:
        self.out.append(characters)
        self.units += utf16(characters)

    def at(self) -> int:
        return len(self.text[: self.i].encode())

    def inside_code(self) -> bool:
        return bool(self.stack) and self.stack[-1].mark in ("`", "```")

    def in_link(self) -> bool:
        return bool(self.stack) and self.stack[-1].mark in ("[", "![")

    def run(self) -> tuple[str, list[Json]]:
        while self.i < len(self.text):
            self.step()
        self.end_quote()
        if self.stack:
            last = self.stack[-1]
            name = NAMES[last.mark][1].lower() if self.legacy else NAMES[last.mark][1]
            kind = "the entity starting" if self.legacy else f"{name} entity"
            raise broken(f"Can't find end of {kind} at byte offset {last.at}")
        self.entities.sort(key=lambda entity: (entity["offset"], -entity["length"]))
        return "".join(self.out), self.entities

    def step(self) -> None:
        char = self.text[self.i]
        follower = self.text[self.i + 1 : self.i + 2]
        if char == "\\" and follower and (0 < ord(follower) < 127 if not self.legacy else follower in "_*`["):
            self.put(follower)
            self.i += 2
        elif self.inside_code():
            self.in_code(char)
        elif char == "\n":
            self.newline()
        elif char == ">" and not self.legacy and (not self.out or self.out[-1] == "\n"):
            self.quote = self.units if self.quote is None else self.quote
            self.i += 1
        elif char in (RESERVED if not self.legacy else "_*`[") or (char == "]" and self.in_link()):
            self.marked(char)
        else:
            self.put(char)
            self.i += 1

    def in_code(self, char: str) -> None:
        mark = self.stack[-1].mark
        if self.text.startswith(mark, self.i):
            self.shut(mark)
        else:
            self.put(char)
            self.i += 1

    def newline(self) -> None:
        if self.quote is not None and not self.text.startswith(">", self.i + 1):
            self.end_quote()
        self.put("\n")
        self.i += 1

    def end_quote(self) -> None:
        if self.quote is None:
            return
        kind = "blockquote"
        if self.stack and self.stack[-1].mark == "||" and self.stack[-1].offset == self.units:
            self.stack.pop()
            kind = "expandable_blockquote"
        if self.units > self.quote:
            self.entities.append({"type": kind, "offset": self.quote, "length": self.units - self.quote})
        self.quote = None

    def marked(self, char: str) -> None:
        if char == "]" and self.in_link():
            self.end_link()
            return
        mark = self.mark_here()
        if mark is None:
            raise broken(f"Character '{char}' is reserved and must be escaped with the preceding '\\'")
        if self.stack and self.stack[-1].mark == mark:
            self.shut(mark)
            return
        self.stack.append(Open(mark, self.units, self.at()))
        self.i += len(mark)
        if mark == "```":
            self.skip_language()

    def mark_here(self) -> str | None:
        marks = ("```", "`", "[", "*", "_") if self.legacy else ("```", "`", "||", "__", "![", "[", "*", "_", "~")
        if not self.legacy and self.text.startswith("___", self.i) and self.stack and self.stack[-1].mark == "_":
            return "_"
        return next((mark for mark in marks if self.text.startswith(mark, self.i)), None)

    def skip_language(self) -> None:
        line = self.text[self.i :].partition("\n")[0]
        if line and "`" not in line and " " not in line and "\n" in self.text[self.i :]:
            self.stack[-1].mark = "```"
            self.entities.append({"type": "language", "offset": self.units, "length": 0, "language": line})
            self.i += len(line)
        if self.text.startswith("\n", self.i):
            self.i += 1

    def shut(self, mark: str) -> None:
        start = self.stack.pop()
        self.i += len(mark)
        entity: Json = {"type": NAMES[mark][0], "offset": start.offset, "length": self.units - start.offset}
        if self.entities and self.entities[-1]["type"] == "language" and mark == "```":
            entity["language"] = self.entities.pop()["language"]
        if entity["length"]:
            self.entities.append(entity)

    def end_link(self) -> None:
        start = self.stack.pop()
        self.i += 1
        url = ""
        if self.text.startswith("(", self.i):
            end = self.text.find(")", self.i)
            if end < 0:
                raise broken(f"Can't find end of a URL at byte offset {self.at()}")
            url, self.i = self.text[self.i + 1 : end].replace("\\", ""), end + 1
        entity: Json = {"type": "text_link", "offset": start.offset, "length": self.units - start.offset}
        if start.mark == "![":
            made: Json | None = entity | {"type": "custom_emoji", "custom_emoji_id": url.partition("id=")[2]}
        else:
            made = link(entity, url)
        if made is not None and entity["length"]:
            self.entities.append(made)


def parse_markdown(text: str, *, legacy: bool = False) -> tuple[str, list[Json]]:
    """Plain text and its entities."""
    return Reader(text, legacy).run()
