"""Which characters are emoji, as far as tags and titles refuse them, and which texts are ids."""

from __future__ import annotations

import re

EMOJI = re.compile(
    "[\U0001f000-\U0001faff\u2600-\u27bf\u2b00-\u2bff\u2300-\u23ff\ufe0f\u20e3\u203c\u2049\u3030\u303d\u3297\u3299]"
)

ID = re.compile(r"-?[0-9]{1,18}")


def has_emoji(text: str) -> bool:
    return EMOJI.search(text) is not None


def as_id(text: str) -> int | None:
    """The id that is written there, in plain digits."""
    return int(text) if ID.fullmatch(text) else None
