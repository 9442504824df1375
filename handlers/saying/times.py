"""Moments as a reader of the group sees them."""

from datetime import datetime

from handlers.frame.context import Talk


def moment(talk: Talk, at: int) -> str:
    """`03-04 12:00` in the group's zone."""
    return f"{datetime.fromtimestamp(at, talk.zone):%m-%d %H:%M}"
