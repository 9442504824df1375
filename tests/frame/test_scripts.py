"""The checks of the repository itself find what they are there to find."""

from pathlib import Path

import pytest

from scripts.hygiene import own_index_hosts, trespasses
from scripts.sizes import measured, too_long, too_much


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("see https://" + "py" + "pi.org/simple", "a package index"),
        ("from https://" + "nexus.example.org/", "a package index"),
        ("open('/" + "root/x')", "a path of a machine"),
        ("/" + "home/somebody/x", "a path of a machine"),
        ("123456789:" + "AA" + "x" * 33, "a bot token"),
    ],
)
def test_what_must_not_be_public_is_found_with_its_line(line: str, found: str, tmp_path: Path) -> None:
    file = tmp_path / "a.md"
    file.write_text(f"first\n{line}\n", encoding="utf-8")
    assert list(trespasses(file)) == [f"{file}:2: {found}"]


@pytest.mark.parametrize(
    "line", ["https://api.telegram.org", "sqlite:////data/dengta.db", "at work/life", "12:30:05", "~/x"]
)
def test_what_may_be_public_is_left_alone(line: str, tmp_path: Path) -> None:
    file = tmp_path / "a.md"
    file.write_text(line, encoding="utf-8")
    assert list(trespasses(file)) == []


def test_an_address_among_the_requirements_is_found(tmp_path: Path) -> None:
    file = tmp_path / "requirements-dev.txt"
    file.write_text("--index-url http://a.example.org\n")
    assert list(trespasses(file)) == [f"{file}: an address among the requirements"]


def test_the_index_this_machine_was_told_of_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PIP_EXTRA_INDEX_URL", "http://u:p@packages.example.org/simple file:///srv/simple")
    assert "packages.example.org" in own_index_hosts()
    file = tmp_path / "a.md"
    file.write_text("see packages.example.org\n")
    assert len(list(trespasses(file))) == 1


def test_long_functions_and_files_are_found(tmp_path: Path) -> None:
    file = tmp_path / "a.py"
    file.write_text("def long() -> None:\n" + "    print()\n" * 40 + "\n" * 220)
    assert list(too_long(measured([str(tmp_path)]))) == [
        f"{file}: 261 lines, at most 250",
        f"{file}:1 long: 41 lines, at most 40",
    ]


def test_a_whole_that_has_grown_is_found(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text("def each() -> None:\n" + "    print()\n" * 21 + "\n" * 60)
    grown = measured([str(tmp_path)])
    assert list(too_much(grown, grown)) == [
        "half of all functions have up to 22 lines, at most 8 are meant",
        "nine functions of ten have up to 22 lines, at most 20 are meant",
        "half of all files have up to 82 lines, at most 80 are meant",
        "half of all checks have up to 22 lines, at most 15 are meant",
    ]
