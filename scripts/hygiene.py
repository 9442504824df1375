"""Fails when a tracked file holds the host of a package index, a path of a machine or a bot token."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

FORBIDDEN = {
    "a package index": re.compile(
        r"\b(?:py" + r"pi\.org|python" + r"hosted\.org|npm" + r"js\.org|proxy\.golang\.org)\b"
        r"|https?://[a-z0-9.-]*(?:mirror|registry|nexus|artifact)[a-z0-9.-]*[/:]"
    ),
    "a path of a machine": re.compile(r"(?<![\w.])/(?:work|farm|root|Users|home/(?!dengta\b)\w+)/\w"),
    "a bot token": re.compile(r"(?<!\d)\d{8,10}:AA[A-Za-z0-9_-]{33}(?![A-Za-z0-9_-])"),
}
LOCKS_WITH_ADDRESSES = {"uv.lock", "pylock.toml", "poetry.lock"}


def main() -> int:
    found = [line for file in tracked() for line in trespasses(file)]
    for line in found:
        print(line)
    return 1 if found else 0


def tracked() -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z"], capture_output=True, text=True, check=True).stdout
    return [path for path in map(Path, filter(None, listed.split("\0"))) if path.is_file()]


def trespasses(file: Path) -> Iterator[str]:
    if file.name in LOCKS_WITH_ADDRESSES:
        yield f"{file}: a lock that records addresses"
    try:
        text = file.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return
    if file.name.startswith("requirements") and "://" in text:
        yield f"{file}: an address among the requirements"
    forbidden = FORBIDDEN | {
        f"the index of this machine ({host})": re.compile(re.escape(host)) for host in own_index_hosts()
    }
    for number, line in enumerate(text.splitlines(), 1):
        yield from (f"{file}:{number}: {what}" for what, pattern in forbidden.items() if pattern.search(line))


def own_index_hosts() -> set[str]:
    """Hosts that pip and uv are told of by the environment: the ones most easily copied into a file."""
    addresses = " ".join(
        value for name, value in os.environ.items() if re.match(r"(PIP|UV)_.*(INDEX|HOST|LINKS)", name)
    )
    return {host for each in addresses.split() if (host := urlsplit(each).hostname) and "." in host}


if __name__ == "__main__":
    sys.exit(main())
