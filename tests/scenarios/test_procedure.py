"""The fair procedure as stories: real processes, HTTP against the sandbox, both databases, the books at the end."""

import asyncio
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
STORIES = sorted((Path(__file__).parent / "procedure").glob("*.toml"))


@pytest.mark.timeout(180)
@pytest.mark.parametrize("story", STORIES, ids=lambda path: path.stem)
async def test_a_story_of_the_procedure_ends_as_it_says(story: Path, database_url: str, tmp_path: Path) -> None:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "demo", "--headless", "--story", str(story), "--database", database_url,
        "--folder", str(tmp_path / "demo"),
        cwd=ROOT, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT,
    )  # fmt: skip
    out = (await process.communicate())[0].decode(errors="replace")
    assert process.returncode == 0, out
