"""Local times come from one table of zones, the pinned one, whatever the machine has."""

import re

from tests.frame.source import ROOT


def test_the_table_of_time_zones_is_pinned_by_version_and_hash() -> None:
    locked = (ROOT / "requirements.txt").read_text(encoding="utf-8")
    assert re.search(r"^tzdata==20\d\d\.\d+ \\\n +--hash=sha256:[0-9a-f]{64}", locked, re.MULTILINE)
