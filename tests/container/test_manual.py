"""What docs/docker.md tells people to write is understood by compose."""

import json
import re
from pathlib import Path

from tests.container.installation import ROOT, installation

MANUAL = (ROOT / "docs" / "docker.md").read_text(encoding="utf-8")


def test_the_additions_of_the_manual_are_understood(tmp_path: Path) -> None:
    # X1
    (example,) = re.findall(r"```yaml\n(.*?)```", MANUAL, re.DOTALL)
    with installation(tmp_path, "manual") as made:
        (tmp_path / "compose.override.yaml").write_text(example)
        del made.environment["COMPOSE_FILE"]
        services = json.loads(made.compose("config", "--format=json"))["services"]
        made.environment["COMPOSE_FILE"] = str(tmp_path / "compose.yaml")
    for each in (services["check"], services["bot"]):
        assert each["environment"]["DENGTA__WEBHOOK__PUBLIC_URL"] == "https://bot.example.org/dengta"
        assert {secret["target"] for secret in each["secrets"]} == {
            "dengta__telegram__token",
            "dengta__webhook__secret",
        }
    assert {port["host_ip"] for port in services["bot"]["ports"]} == {"127.0.0.1"}


def test_the_settings_of_the_manual_are_those_of_the_profile(tmp_path: Path) -> None:
    # X1
    lines = re.search(r"^password=.*?\n.*?>> \.env$", MANUAL, re.DOTALL | re.MULTILINE)
    assert lines is not None
    with installation(tmp_path, "profile") as made:
        made.do("sh", "-c", lines[0])
        told = made.compose("config")
        assert re.search(r"DENGTA__STORAGE__URL: postgresql://dengta:(\w+)@postgres/dengta", told)
        assert "postgres:17-bookworm" in told
