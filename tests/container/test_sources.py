"""An image from a base and an index of one's own, for people whom the usual ones do not reach; neither is told on."""

import os
import subprocess
from pathlib import Path

from tests.container.installation import ROOT, installation

SECRET_WORD = "index_password"
NOWHERE = f"http://somebody:{SECRET_WORD}@127.0.0.1:9/simple"
SMALL = """ARG PYTHON_IMAGE={image}
FROM ${{PYTHON_IMAGE}}
ARG PIP_INDEX_URL
LABEL asked="${{PIP_INDEX_URL:-nobody}}"
"""


def docker(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(["docker", *arguments], cwd=ROOT, capture_output=True, text=True, check=False)


def test_the_index_that_was_named_is_the_one_that_is_asked() -> None:
    # X1
    done = docker("buildx", "build", "--no-cache", "--target=build", f"--build-arg=PIP_INDEX_URL={NOWHERE}", ".")
    assert done.returncode != 0
    assert "127.0.0.1:9" in done.stdout + done.stderr
    assert SECRET_WORD not in done.stdout + done.stderr


def test_compose_hands_on_what_is_set_and_leaves_the_rest_as_it_is(tmp_path: Path) -> None:
    # X1
    made_of = os.environ["TEST_IMAGE"]
    (tmp_path / "Dockerfile").write_text(SMALL.format(image=made_of))
    label = "--format={{.Config.Labels.asked}}"
    for setting, asked in (("", "nobody"), (f"PIP_INDEX_URL={NOWHERE}", NOWHERE)):
        with installation(tmp_path, "sources", DENGTA_IMAGE=f"{made_of}-sources") as made:
            (tmp_path / ".env").write_text(setting)
            made.compose("build", "bot")
            assert docker("image", "inspect", label, f"{made_of}-sources").stdout.strip() == asked
            docker("image", "rm", "--force", f"{made_of}-sources")


def test_the_image_that_is_kept_knows_no_index() -> None:
    # X1
    image = os.environ["TEST_IMAGE"]
    told = docker("history", "--no-trunc", image).stdout + docker("image", "inspect", image).stdout
    assert "org.opencontainers.image.title" in told
    assert "INDEX_URL" not in told
