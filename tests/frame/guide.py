"""What `docs/write-a-rule.md` tells people to write, done to a copy of the tree as it is told."""

import re
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[2]
GUIDE = ROOT / "docs" / "write-a-rule.md"
BLOCK = re.compile(
    r"^\*\*`(?P<path>[^`]+)`\*\*[^\n]*\n\n```(?P<kind>\w+)\n(?P<body>.*?)^```$", re.DOTALL | re.MULTILINE
)
MORE = "…"


class Step(NamedTuple):
    """A file to write, or lines to add to it."""

    path: str
    kind: str
    body: str

    @property
    def written(self) -> list[str]:
        """The lines that a person writes."""
        lines = self.body.splitlines()
        return [line[1:] for line in lines if line.startswith("+")] if self.kind == "diff" else lines


def steps() -> list[Step]:
    """With a name that is free, for somebody may have added the example itself."""
    told = GUIDE.read_text(encoding="utf-8").replace("shouting", "shouting2").replace("Shouting", "Shouting2")
    return [Step(**found.groupdict()) for found in BLOCK.finditer(told)]


def follow(step: Step, root: Path) -> None:
    place = root / step.path
    if step.kind == "diff":
        place.write_text(added(place.read_text(encoding="utf-8"), step), encoding="utf-8")
    else:
        place.write_text(step.body, encoding="utf-8")


def added(text: str, step: Step) -> str:
    """Each hunk (they are parted by a line of `…`) where its context stands, below the hunk before it."""
    lines, at = text.split("\n"), 0
    for hunk in re.split(rf"^ {MORE}\n", step.body, flags=re.MULTILINE):
        told = hunk.splitlines()
        context = [line[1:] for line in told if not line.startswith("+")]
        at = next((i for i in range(at, len(lines)) if fits(lines[i : i + len(context)], context)), -1)
        assert at >= 0, f"{step.path} has no {context}: the guide says it has"
        for line in told:
            if line.startswith("+"):
                lines.insert(at, line[1:])
            at += 1
    return "\n".join(lines)


def fits(lines: list[str], context: list[str]) -> bool:
    """A context line that ends with `…` says how a line begins."""
    return len(lines) == len(context) and all(
        line.startswith(told.removesuffix(MORE)) if told.endswith(MORE) else line == told
        for line, told in zip(lines, context, strict=True)
    )
