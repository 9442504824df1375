"""What the container tests share: an engine must be there, and an installation that most of them use."""

import os
import subprocess
from collections.abc import Iterator

import pytest

from tests.container.installation import Installation, installation


@pytest.fixture(scope="session", autouse=True)
def engine() -> None:
    """No engine is an error, never a skip."""
    if "TEST_IMAGE" not in os.environ:
        raise RuntimeError("these tests need a Docker engine and an image: run them by `make test-long`")
    subprocess.run(["docker", "compose", "version"], check=True, capture_output=True)


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """Up and healthy, as the README's two lines leave it."""
    with installation(tmp_path_factory.mktemp("installed"), "default") as made:
        made.up()
        yield made
