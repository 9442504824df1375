"""The README says what is there: every command, in both languages, and no link that leads nowhere."""

import re
from pathlib import Path

import pytest

from handlers.routing.commands import COMMANDS

ROOT = Path(__file__).parents[2]
READMES = ("README.md", "README.zh.md")


@pytest.mark.parametrize("name", READMES)
def test_the_readme_lists_the_commands_there_are(name: str) -> None:
    told = set(re.findall(r"`/([a-z]+)", (ROOT / name).read_text(encoding="utf-8")))
    of_botfather = {"newbot", "setprivacy"}
    assert told - of_botfather == set(COMMANDS)


@pytest.mark.parametrize("name", [*READMES, "CHANGELOG.md"])
def test_links_within_the_repository_lead_somewhere(name: str) -> None:
    for target in re.findall(r"\]\(([^)#]+)\)", (ROOT / name).read_text(encoding="utf-8")):
        assert "://" in target or (ROOT / target).exists(), target


@pytest.mark.parametrize("name", READMES)
def test_the_make_targets_the_readme_names_are_there(name: str) -> None:
    makefile = (ROOT / "Makefile").read_text()
    for target in re.findall(r"(?:^|`)make ([a-z-]+)", (ROOT / name).read_text(encoding="utf-8"), re.MULTILINE):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), target
