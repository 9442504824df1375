"""Numbers as people type them: of decisions (12, #12, 第12号), of groups (#7)."""

import re
import unicodedata

NUMBER = re.compile(r"(?:#|no\.?|第)?(\d{1,18})号?", re.IGNORECASE)
GROUP = re.compile(r"#(\d{1,9})", re.ASCII)


def decision_number(word: str) -> int | None:
    match = NUMBER.fullmatch(unicodedata.normalize("NFKC", word))
    return int(match[1]) if match else None


def group_number(word: str) -> int:
    """Which group is meant in private; 0 for anything else."""
    match = GROUP.fullmatch(word)
    return int(match[1]) if match else 0
