"""Which characters are emoji, as far as tags and titles refuse them."""

from __future__ import annotations

import re

EMOJI = re.compile(
    "[\U0001f000-\U0001faff\u2600-\u27bf\u2b00-\u2bff\u2300-\u23ff\ufe0f\u20e3\u203c\u2049\u3030\u303d\u3297\u3299]"
)


def has_emoji(text: str) -> bool:
    return EMOJI.search(text) is not None
