"""The pinned requirements exist as ready-made files for both kinds of machine, so that an image never compiles."""

import re
import subprocess
import sys
import venv
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
REQUIREMENTS = ROOT / "requirements.txt"
OLDEST_SYSTEMS = ("manylinux2014", "manylinux_2_17", "manylinux_2_28")


def image_python() -> str:
    found = re.search(r"PYTHON_IMAGE=python:(\d+\.\d+)-", (ROOT / "Dockerfile").read_text(encoding="utf-8"))
    assert found is not None
    return found[1]


@pytest.fixture(scope="session")
def pip(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """A pip: an environment made by uv has none of its own."""
    for python in (Path(sys.executable), Path(sys.base_prefix, "bin", "python3")):
        if subprocess.run([python, "-m", "pip", "--version"], capture_output=True, check=False).returncode == 0:
            return [str(python), "-m", "pip"]
    made = tmp_path_factory.mktemp("pip")
    venv.create(made, with_pip=True)
    return [str(made / "bin" / "python"), "-m", "pip"]


@pytest.mark.parametrize("version", ["3.11", "3.12", "3.13"])
@pytest.mark.parametrize("machine", ["x86_64", "aarch64"])
def test_every_requirement_is_there_for_both_kinds_of_machine(
    machine: str, version: str, pip: list[str], tmp_path: Path
) -> None:
    # X1
    systems = [f"--platform={system}_{machine}" for system in OLDEST_SYSTEMS]
    done = subprocess.run(
        [*pip, "download", "--quiet", "--no-deps", "--only-binary=:all:", "--require-hashes", *systems,
         f"--python-version={version}", "--dest", str(tmp_path), "--requirement", str(REQUIREMENTS)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
    pinned = re.findall(r"^[\w-]+(?:\[[\w,-]+\])?==", REQUIREMENTS.read_text(encoding="utf-8"), re.MULTILINE)
    assert len(list(tmp_path.glob("*.whl"))) == len(pinned)


def test_the_version_of_python_in_the_image_is_among_them() -> None:
    # X1
    assert image_python() in {"3.11", "3.12", "3.13"}
