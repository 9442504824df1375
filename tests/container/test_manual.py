"""What docs/docker.md tells people to write is understood by compose."""

import json
import re
from pathlib import Path
from typing import Any

from tests.container.installation import ROOT, installation

MANUAL = (ROOT / "docs" / "docker.md").read_text(encoding="utf-8")


EXAMPLES = re.findall(r"```yaml\n(.*?)```", MANUAL, re.DOTALL)


def services_with(example: str, folder: Path) -> dict[str, Any]:
    """What compose makes of its own file with that addition."""
    with installation(folder, "manual") as made:
        (folder / "compose.override.yaml").write_text(example)
        del made.environment["COMPOSE_FILE"]
        services: dict[str, Any] = json.loads(made.compose("config", "--format=json"))["services"]
        made.environment["COMPOSE_FILE"] = str(folder / "compose.yaml")
    return services


def with_word(word: str) -> str:
    (found,) = (example for example in EXAMPLES if word in example)
    return str(found)


def test_the_additions_of_the_manual_are_understood(tmp_path: Path) -> None:
    # X1
    services = services_with(with_word("WEBHOOK"), tmp_path)
    for each in (services["check"], services["bot"]):
        assert each["environment"]["DENGTA__WEBHOOK__PUBLIC_URL"] == "https://bot.example.org/dengta"
        assert {secret["target"] for secret in each["secrets"]} == {
            "dengta__telegram__token",
            "dengta__webhook__secret",
        }
    assert {port["host_ip"] for port in services["bot"]["ports"]} == {"127.0.0.1"}


def test_a_proxy_a_limit_and_an_own_user_id_are_given_as_the_manual_says(tmp_path: Path) -> None:
    # X1
    proxied, mine = services_with(with_word("proxy"), tmp_path), services_with(with_word("user:"), tmp_path)
    for name in ("check", "bot"):
        assert "dengta__telegram__proxy" in {secret["target"] for secret in proxied[name]["secrets"]}
        assert mine[name]["user"] == "1000:1000"
        (books,) = (each for each in mine[name]["volumes"] if each["target"] == "/data")
        assert (books["type"], Path(books["source"]).name) == ("bind", "data")
    assert int(services_with(with_word("256m"), tmp_path)["bot"]["mem_limit"]) == 256 << 20


def test_the_settings_of_the_manual_are_those_of_the_profile(tmp_path: Path) -> None:
    # X1
    lines = re.search(r"^password=.*?\n.*?>> \.env$", MANUAL, re.DOTALL | re.MULTILINE)
    assert lines is not None
    with installation(tmp_path, "profile") as made:
        made.do("sh", "-c", lines[0])
        told = made.compose("config")
        assert re.search(r"DENGTA__STORAGE__URL: postgresql://dengta:(\w+)@postgres/dengta", told)
        assert "postgres:17-bookworm" in told
