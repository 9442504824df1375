"""Checking in: once per business day of the group, and how many days in a row."""

from collections.abc import Collection
from datetime import date, timedelta

from rules.merit.transactions import Transaction, award


def contribution(group_id: int, user_id: int, day: date, points: int) -> Transaction:
    """The points of one check-in; the key makes a second one on the same day impossible."""
    return award(f"checkin:{group_id}:{user_id}:{day.isoformat()}", "checkin", user_id, points, day.isoformat())


def streak(days: Collection[date], today: date) -> int:
    """Days in a row up to today, or up to yesterday while today is still open."""
    kept = set(days)
    day = today if today in kept else today - timedelta(days=1)
    count = 0
    while day in kept:
        count += 1
        day -= timedelta(days=1)
    return count
