"""An installation from its first start by the README's two lines to its end, and what stays of it."""

import json
import time
from pathlib import Path

from tests.container.group import group
from tests.container.installation import ROOT, installation, lines_of_the_readme
from tests.figures import Figures

GRACE = 30.0
TAR = "docker compose run --rm -T --no-deps --entrypoint tar bot -C /data"


async def test_two_lines_bring_up_a_bot_that_stops_well_and_keeps_its_books(tmp_path: Path, figures: Figures) -> None:
    # X1
    assert len(lines_of_the_readme()) == 2
    assert lines_of_the_readme() == lines_of_the_readme("README.zh.md")
    with installation(tmp_path, "life") as made:
        up = made.up()
        assert made.health() == "healthy"
        async with group(made) as camp:
            _, message = await camp.insult("小红")
            await camp.acted(message)
        books = made.books()
        assert len(books["decisions"]) == 1
        begun = time.monotonic()
        made.compose("stop", "bot")
        stop = time.monotonic() - begun
        assert stop < GRACE
        assert made.container()["State"]["ExitCode"] == 0
        made.compose("down")
        made.up()
        assert made.books()["decisions"] == books["decisions"]
        figures("X1", database="SQLite", up_to_healthy_s=round(up, 1), stop_s=round(stop, 1))


async def test_books_that_were_kept_are_put_back_as_the_manual_says(tmp_path: Path) -> None:
    # X1
    manual = (ROOT / "docs" / "docker.md").read_text(encoding="utf-8")
    assert f"{TAR} -cf - . > books.tar" in manual
    assert f"{TAR} -xf - < books.tar" in manual
    with installation(tmp_path, "kept") as made:
        made.up()
        async with group(made) as camp:
            _, message = await camp.insult("小明")
            await camp.acted(message)
        books = made.books()
        made.compose("stop", "bot")
        made.do("sh", "-c", f"{TAR} -cf - . > books.tar")
        made.compose("down", "--volumes")
        made.do("sh", "-c", f"{TAR} -xf - < books.tar")
        told = made.compose("run", "--rm", "-T", "--no-deps", "bot", "books", "--json", "--decisions")
        assert json.loads(told)["decisions"] == books["decisions"]
