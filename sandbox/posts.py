"""What can be asked of the bot's posts as Telegram shows them; asks nothing of Telegram itself."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import datetime, tzinfo
from typing import Any

from sandbox import inwords

Post = Mapping[str, Any]


def listed(posts: Iterable[Post]) -> str:
    return inwords.listed(post.get("text") or post.get("caption") for post in posts)


def has_button(post: Post, text: str) -> bool:
    rows = (post.get("reply_markup") or {}).get("inline_keyboard", [])
    return not text or any(re.search(text, b["text"]) for row in rows for b in row)


def url_of(post: Post, text: str) -> str:
    """Where a button with that text leads, "" where there is none."""
    rows = (post.get("reply_markup") or {}).get("inline_keyboard", [])
    return next((b["url"] for row in rows for b in row if "url" in b and re.search(text, b["text"])), "")


def most_a_day(posts: Iterable[Post], zone: tzinfo | None) -> int:
    """How many posts of the bot the fullest day had, those among them that were deleted later."""
    spoken = (post for post in posts if post["from_bot"] and not post["service"])
    return max(Counter(datetime.fromtimestamp(post["date"], tz=zone).date() for post in spoken).values(), default=0)
