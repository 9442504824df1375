"""docs/quiet.md: its tables are those that were recorded, and they say what the page claims."""

import re

from rules.conduct.gathering import GAPS, MOMENTS, MOST_NAMES, PRIVATE_A_DAY
from rules.conduct.policy import DEFAULTS
from scripts.quiet import MOST, PAGE, most, page, recorded


def test_the_page_is_made_of_the_recorded_figures() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(recorded())


def test_no_recorded_day_has_more_unplanned_posts_than_the_law_allows() -> None:  # L8
    weeks = recorded()
    assert {week["database"] for week in weeks} == {"SQLite", "PostgreSQL"}
    assert most(weeks) <= MOST == DEFAULTS.quiet.posts_a_day
    for week in weeks:
        assert sum(1 for day in week["days"].values() if day["planned"]) == 7
        assert sum(day["unplanned"] for day in week["days"].values()) > 7, (
            "a week in which nothing is said shows nothing"
        )


def test_the_page_says_the_numbers_that_the_rules_have() -> None:
    words = " ".join(PAGE.read_text(encoding="utf-8").split())
    assert f"at most **{MOST}** times" in words
    assert f"{', '.join(str(gap // 60) for gap in GAPS[:-1])} and {GAPS[-1] // 60} minutes" in words
    assert tuple(f"{clock:%H:%M}" for clock in MOMENTS) in re.findall(r"at (\d+:\d+), (\d+:\d+) and (\d+:\d+)", words)
    assert (MOST_NAMES, PRIVATE_A_DAY) == (30, 2)
    assert f"({DEFAULTS.quiet.night_from})" in words
    assert f"({DEFAULTS.quiet.night_until})" in words
