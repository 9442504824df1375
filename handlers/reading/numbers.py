"""Decision numbers as people type them: 12, #12, 第12号."""

import re
import unicodedata

NUMBER = re.compile(r"(?:#|no\.?|第)?(\d{1,18})号?", re.IGNORECASE)


def decision_number(word: str) -> int | None:
    match = NUMBER.fullmatch(unicodedata.normalize("NFKC", word))
    return int(match[1]) if match else None
