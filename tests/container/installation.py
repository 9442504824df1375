"""An installation as a user has it: compose.yaml in a folder, brought up by the engine that the environment names."""

import json
import os
import re
import shutil
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, cast

from tests.container.telegram import TOKEN

ROOT = Path(__file__).parents[2]
HERE = Path(__file__).parent
CLEAR_LINE = "\x1b[2K"  # compose writes it before each line of a log, terminal or not
PROBE = (
    "import sys, urllib.request as r, urllib.error as e\n"
    "try: a = r.urlopen('http://127.0.0.1:8080' + sys.argv[1], timeout=5)\n"
    "except e.HTTPError as error: a = error\n"
    "print(a.status, a.read().decode())"
)
CHILD = (  # of the first process, which cannot be killed from inside
    "import os, pathlib, signal\n"
    "for each in pathlib.Path('/proc').glob('[0-9]*/stat'):\n"
    "    if each.read_text().rpartition(')')[2].split()[1] == '1': os.kill(int(each.parent.name), signal.SIGKILL)"
)


class Failed(AssertionError):
    """A command that should have worked did not; holds what it said."""


class Installation:
    """One project of compose in a folder; nothing of it is shared with another."""

    def __init__(self, folder: Path, project: str, overlays: Sequence[str], **environment: str) -> None:
        self.folder, self.project = folder, project
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("COMPOSE_", "DENGTA_"))}
        files = [str(folder / "compose.yaml"), *(str(HERE / name) for name in overlays)]
        self.environment = kept | {
            "COMPOSE_PROJECT_NAME": project, "COMPOSE_FILE": os.pathsep.join(files), "CHECKOUT": str(ROOT),
            "DENGTA_IMAGE": os.environ["TEST_IMAGE"], **environment,
        }  # fmt: skip
        shutil.copy(ROOT / "compose.yaml", folder)

    def call(self, *command: str, seconds: float = 100) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            command, cwd=self.folder, env=self.environment, capture_output=True, text=True, timeout=seconds, check=False
        )

    def do(self, *command: str) -> str:
        done = self.call(*command)
        if done.returncode:
            raise Failed(
                f"{' '.join(command)} ended with {done.returncode}:\n{done.stdout[-2000:]}{done.stderr[-2000:]}"
            )
        return done.stdout

    def compose(self, *arguments: str) -> str:
        return self.do("docker", "compose", *arguments)

    def up(self) -> float:
        """The second of the two lines of the README; how long it took."""
        begun = time.monotonic()
        try:
            self.do("sh", "-c", lines_of_the_readme()[1])
        except Failed as error:
            raise Failed(f"{error}\n{self.logs()[-4000:]}") from None
        return time.monotonic() - begun

    def logs(self, *services: str) -> str:
        done = self.call("docker", "compose", "logs", "--no-color", "--no-log-prefix", *services)
        return (done.stdout + done.stderr).replace(CLEAR_LINE, "")

    def inside(self, *command: str, service: str = "bot") -> str:
        return self.compose("exec", "-T", service, *command)

    def asked(self, path: str) -> tuple[int, str]:
        """What the bot answers on its own loopback."""
        status, _, body = self.inside("python", "-c", PROBE, path).partition(" ")
        return int(status), body.strip()

    def kill_the_process(self) -> None:
        """kill -9 of the bot itself; a container killed from outside would count as stopped by hand."""
        self.call("docker", "compose", "exec", "-T", "bot", "python", "-c", CHILD)

    def container(self, service: str = "bot") -> dict[str, Any]:
        name = self.compose("ps", "--all", "--quiet", service).strip()
        return cast("dict[str, Any]", json.loads(self.do("docker", "inspect", name))[0])

    def health(self) -> str:
        return str(self.container()["State"]["Health"]["Status"])

    def books(self) -> dict[str, Any]:
        return cast("dict[str, Any]", json.loads(self.inside("python", "-m", "bot", "books", "--json", "--decisions")))

    def telegram(self) -> str:
        """Where the test reaches the sandbox."""
        return f"http://{self.compose('port', 'telegram', '8080').strip()}"


@contextmanager
def installation(folder: Path, name: str, *overlays: str, **environment: str) -> Iterator[Installation]:
    """Set up by the first of the README's two lines; nothing of it is left afterwards, volumes included."""
    made = Installation(folder, f"dengta-test-{name}-{os.getpid()}", ("compose.test.yaml", *overlays), **environment)
    made.do("sh", "-c", lines_of_the_readme()[0].replace("TOKEN", TOKEN))
    try:
        yield made
    finally:
        made.call("docker", "compose", "--profile", "*", "down", "--volumes", "--timeout", "1")


def lines_of_the_readme(name: str = "README.md") -> list[str]:
    """The two lines that bring up a container."""
    found = re.search(
        r"```sh\n((?:(?!```).)*docker compose up.*?)```", (ROOT / name).read_text(encoding="utf-8"), re.DOTALL
    )
    if found is None:
        raise Failed(f"{name} does not say how to bring up a container")
    return [line.partition("  #")[0].strip() for line in found[1].strip().splitlines()]
