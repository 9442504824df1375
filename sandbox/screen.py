"""Lines of a story as a terminal shows them: wrapped to its width, coloured where there is one, plain in a pipe."""

import shutil
import sys
import unicodedata
from collections.abc import Iterator

MARKS = {"happens": "", "did": "bot  ", "decided": "→    ", "why": "why  ", "checked": "✔    ", "failed": "✘    "}
COLOURS = {"happens": "1", "did": "36", "decided": "33;1", "why": "2", "checked": "32", "failed": "31;1"}
INDENT = 15
NUMBER = 6
NARROWEST = 40


class Screen:
    """Prints; `wide` and `coloured` follow the terminal as it is at each line."""

    def __init__(self) -> None:
        self.coloured = sys.stdout.isatty()

    def scene(self, number: int, of: int, clock: str, text: str) -> None:
        print()
        self._write(f"{f'{number}/{of}':<{NUMBER}}{clock:<{INDENT - NUMBER}}", text, COLOURS["happens"])

    def line(self, kind: str, text: str) -> None:
        self._write(f"{MARKS[kind]:>{INDENT}}", text, COLOURS[kind])

    def plain(self, text: str, colour: str = "", head: str = "") -> None:
        self._write(head, text, colour)

    def _write(self, head: str, text: str, colour: str) -> None:
        if not self.coloured:
            print(head + text, flush=True)
            return
        room = max(NARROWEST, shutil.get_terminal_size().columns) - len(head) - 1
        for number, part in enumerate(wrapped(text, room)):
            print(f"{head if number == 0 else ' ' * len(head)}{paint(part, colour)}", flush=True)


def paint(text: str, colour: str) -> str:
    return f"\x1b[{colour}m{text}\x1b[0m" if colour else text


def width(text: str) -> int:
    """Columns on the screen; Chinese characters take two."""
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)


def wrapped(text: str, room: int) -> Iterator[str]:
    line = ""
    for word in text.split(" "):
        if line and width(line) + 1 + width(word) > room:
            yield line
            line = word
        else:
            line = f"{line} {word}" if line else word
    yield line
