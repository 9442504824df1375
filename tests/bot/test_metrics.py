"""What is counted: names as Prometheus wants them, and no label that could hold a person."""

import tomllib
from pathlib import Path

from bot import VERSION, metrics

ROOT = Path(__file__).resolve().parents[2]
LABELS = {"type", "rule", "action", "mode", "kind", "cause", "method", "result", "version", "le"}


def test_every_series_has_our_prefix_and_says_what_it_is() -> None:
    for family in metrics.registry.collect():
        assert family.name.startswith("dengta_")
        assert family.documentation


def test_no_label_can_hold_a_person_or_a_chat() -> None:
    used = {name for family in metrics.registry.collect() for sample in family.samples for name in sample.labels}
    assert used <= LABELS


def test_the_version_is_the_one_of_the_project() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["version"] == VERSION
    assert f'dengta_build_info{{version="{VERSION}"}} 1.0' in metrics.scrape().decode()
