"""The words that ship: what advertisements and insults are made of, read from `words/*.toml`; no list decides alone."""

import hashlib
import tomllib
from pathlib import Path
from typing import Any, NamedTuple

WORDS = Path(__file__).with_name("words")

# A list's name and one of its words.
Listed = tuple[str, str]
INSULT, AIMED, BLOCKED, ALLOWED = "insult", "insult.aimed", "blocked", "allow"
# What a group allows, and what words of care do not mean: each leaves out hits of its own kind alone.
CARE, DISTRESS, COMPLAINT, CARE_ALLOWED = "care.", "care.distress", "care.complaint", "care.allow"


class Kind(NamedTuple):
    """A signal's words: `words` and `dense` are looked for without separators, `patterns` in the folded text.

    A weak kind only supports others: two weak ones never make an advertisement.
    """

    id: str
    words: tuple[str, ...] = ()
    patterns: tuple[str, ...] = ()
    dense: tuple[str, ...] = ()
    severe: bool = False
    weak: bool = False


def load_kinds() -> tuple[Kind, ...]:
    tables: dict[str, dict[str, Any]] = tomllib.loads((WORDS / "signals.toml").read_text("utf-8"))
    return tuple(_kind(f"{family}.{name}", table) for family, kinds in tables.items() for name, table in kinds.items())


def _kind(kind_id: str, table: dict[str, Any]) -> Kind:
    words, patterns, dense = (tuple(table.get(key, ())) for key in ("words", "patterns", "dense"))
    return Kind(kind_id, words, patterns, dense, table.get("severe", False), table.get("weak", False))


def load_insults() -> tuple[Listed, ...]:
    """`aimed` are insults only where they are aimed at somebody, `allow` are none at all."""
    tables: dict[str, list[str]] = tomllib.loads((WORDS / "insults.toml").read_text("utf-8"))
    ids = {"insult": INSULT, "aimed": AIMED, "allow": ALLOWED}
    return tuple((ids[name], word) for name, words in tables.items() for word in words)


def load_care() -> tuple[Listed, ...]:
    """Words of distress and complaints, and phrases in which such words say nothing of the kind."""
    tables: dict[str, list[str]] = tomllib.loads((WORDS / "care.toml").read_text("utf-8"))
    ids = {"distress": DISTRESS, "complaint": COMPLAINT, "allow": CARE_ALLOWED}
    return tuple((ids[name], word) for name, words in tables.items() for word in words)


def digest() -> str:
    """Changes whenever a shipped word changes, so that a stored decision names the words it was made with."""
    content = b"".join(path.read_bytes() for path in sorted(WORDS.glob("*.toml")))
    return hashlib.sha256(content).hexdigest()[:8]
