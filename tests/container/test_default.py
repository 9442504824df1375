"""The default installation while it runs: looked into, killed and cut off."""

import json
import time

import pytest

from tests.container.group import group, until
from tests.container.installation import Installation
from tests.figures import Figures

INSIDE = {
    "uid": "id -u",
    "capabilities": "awk '/^CapEff|^CapPrm|^CapBnd/ {print $2}' /proc/self/status | sort -u",
    "new privileges": "awk '/^NoNewPrivs/ {print $2}' /proc/self/status",
    "seccomp": "awk '/^Seccomp:/ {print $2}' /proc/self/status",
    "root": "touch /app/x 2>&1 | grep -o 'Read-only file system'",
    "books": "touch /data/x && rm /data/x && echo writable",
    "scratch": "touch /tmp/x && rm /tmp/x && echo writable",
}
EXPECTED = {
    "uid": "10001", "capabilities": "0000000000000000", "new privileges": "1", "seccomp": "2",
    "root": "Read-only file system", "books": "writable", "scratch": "writable",
}  # fmt: skip


@pytest.mark.parametrize("what", INSIDE)
def test_the_bot_has_no_rights_it_does_not_need(what: str, running: Installation) -> None:
    # X1
    assert running.inside("sh", "-c", INSIDE[what]).strip() == EXPECTED[what]


def test_limits_are_set_and_no_port_is_open_to_others(running: Installation) -> None:
    # X1
    limits = running.container()["HostConfig"]
    assert (limits["Memory"], limits["PidsLimit"]) == (512 << 20, 256)
    assert limits["LogConfig"] == {"Type": "json-file", "Config": {"max-size": "10m", "max-file": "3"}}
    assert limits["RestartPolicy"]["Name"] == "unless-stopped"
    assert not running.container()["NetworkSettings"]["Ports"]


def test_the_log_is_lines_of_json(running: Installation) -> None:
    # X1
    lines = running.logs("bot").splitlines()
    said = [line for line in lines if not line.startswith("{")]
    assert len(said) % 3 == 0, "links that find the installation its owner, and nothing else"
    assert all("start=claim_" in line for line in said[1::3])
    for line in lines:
        assert line in said or "event" in json.loads(line)


async def test_the_bot_acts_on_what_is_posted_and_says_that_it_is_well(running: Installation) -> None:
    # X1, H1
    async with group(running) as camp:
        _, message = await camp.insult("小明")
        await camp.acted(message)
    assert running.asked("/healthz") == (200, "ok")
    status, body = running.asked("/readyz")
    assert (status, json.loads(body)["failing"]) == (200, [])


async def test_a_killed_bot_is_healed_and_nothing_is_lost(running: Installation, figures: Figures) -> None:
    # X1, C10
    before = running.container()["RestartCount"]
    async with group(running) as camp:
        said = [await camp.insult("先说的")]
        begun = time.monotonic()
        running.kill_the_process()
        said += [await camp.insult(name) for name in ("后说的", "再说的")]
        await until(lambda: running.container()["RestartCount"] > before, "started again")
        await until(lambda: running.health() == "healthy", "healthy again")
        healed = time.monotonic() - begun
        await camp.acted(*(message for _, message in said))
        decided = [each["user_id"] for each in running.books()["decisions"] if each["chat_id"] == camp.chat]
    assert sorted(decided) == sorted(user for user, _ in said)
    assert running.container()["RestartCount"] == before + 1
    figures("X1", kill_to_healthy_s=round(healed, 1), lost=0)


async def test_without_a_network_the_bot_stays_alive_and_goes_on_afterwards(running: Installation) -> None:
    # X1, T4
    network, name = f"{running.project}_default", running.container()["Name"].lstrip("/")
    before = running.container()["RestartCount"]
    async with group(running) as camp:
        running.do("docker", "network", "disconnect", "--force", network, name)
        _, message = await camp.insult("远方")
        assert running.asked("/healthz")[0] == 200
        running.do("docker", "network", "connect", network, name)
        await camp.acted(message)
        assert running.asked("/healthz")[0] == 200
    assert running.container()["RestartCount"] == before
