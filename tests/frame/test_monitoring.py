"""contrib/ for Prometheus and Grafana, and the manual: they name what /metrics and /readyz really tell."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from prometheus_client.parser import text_string_to_metric_families
from ruamel.yaml import YAML

from bot.web import Health
from bot.web.readiness import NAMES
from tests.web.asking import ask

ROOT = Path(__file__).parents[2]
ALERTS, BOARD = ROOT / "contrib" / "prometheus" / "alerts.yml", ROOT / "contrib" / "grafana" / "dengta.json"
MANUAL = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
SERIES = re.compile(r"\bdengta_[a-z_]+\b")
PARTS = {"counter": ("_total",), "histogram": ("_bucket", "_sum", "_count"), "gauge": ("",)}
MUST_HAVE = (
    "updates_received_total", "updates_duplicate_total", "undecided_total", "intake_lag_seconds",
    "handler_seconds_bucket", "decisions_total", "outbox_pending", "outbox_unknown_total", "telegram_requests_total",
    "telegram_retry_after_seconds_bucket", "scheduled_late_seconds_bucket", "scheduled_missed_total",
    "db_errors_total", "event_loop_lag_seconds_bucket", "lease_held", "build_info",
)  # fmt: skip


@pytest.fixture
async def scraped() -> set[str]:
    """The names of all series that a real scrape tells of, with or without a sample yet."""
    async with Health("127.0.0.1:0") as health:
        text = (await ask(health.port, "/metrics")).body.decode()
    return {family.name + part for family in text_string_to_metric_families(text) for part in PARTS[family.type]}


def alerts() -> list[dict[str, Any]]:
    groups = YAML(typ="safe").load(ALERTS.read_text(encoding="utf-8"))["groups"]
    return [rule for group in groups for rule in group["rules"]]


def board() -> list[dict[str, Any]]:
    return list(json.loads(BOARD.read_text(encoding="utf-8"))["panels"])


def expressions() -> Iterator[str]:
    yield from (rule["expr"] for rule in alerts())
    yield from (target["expr"] for panel in board() for target in panel["targets"])


def test_the_series_that_were_promised_are_there(scraped: set[str]) -> None:
    assert {f"dengta_{name}" for name in MUST_HAVE} <= scraped


def test_alerts_and_board_name_only_series_that_are_there(scraped: set[str]) -> None:
    named = {name for expression in expressions() for name in SERIES.findall(expression)}
    assert named
    assert named <= scraped


def test_every_series_is_in_the_manual_and_no_other(scraped: set[str]) -> None:
    told = {name for name in SERIES.findall(MANUAL) if not name.endswith("_")}
    bare = {re.sub("_(bucket|sum|count)$", "", name) for name in scraped if name not in PARTS["gauge"]}
    assert {re.sub("_(bucket|sum|count)$", "", name) for name in told} == bare


@pytest.mark.parametrize("rule", alerts(), ids=lambda rule: str(rule["alert"]))
def test_an_alert_is_whole_and_the_manual_says_what_to_do(rule: dict[str, Any]) -> None:
    assert set(rule) <= {"alert", "expr", "for", "labels", "annotations"}
    assert rule["labels"]["severity"] in {"warning", "critical"}
    assert rule["annotations"]["summary"]
    assert rule["expr"].count("(") == rule["expr"].count(")")
    assert f"`{rule['alert']}`" in MANUAL


def test_the_board_stands_in_rows_that_do_not_overlap() -> None:
    taken: set[tuple[int, int]] = set()
    for panel in board():
        place = panel["gridPos"]
        cells = {
            (x, y)
            for x in range(place["x"], place["x"] + place["w"])
            for y in range(place["y"], place["y"] + place["h"])
        }
        assert not cells & taken
        assert place["x"] + place["w"] <= 24
        taken |= cells


@pytest.mark.parametrize("name", [*NAMES, "stopping", "loop"])
def test_the_manual_explains_every_check_of_readiness(name: str) -> None:
    assert f"| `{name}` |" in MANUAL
