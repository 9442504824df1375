"""The profile `postgres`: the same bot with its books in PostgreSQL, which nobody else can reach."""

from pathlib import Path

from tests.container.group import group
from tests.container.installation import installation
from tests.figures import Figures

PASSWORD = "opens-only-this-test"
SETTINGS = f"""\
COMPOSE_PROFILES=postgres
POSTGRES_PASSWORD={PASSWORD}
DENGTA_DATABASE=postgresql://dengta:{PASSWORD}@postgres/dengta
"""


async def test_three_settings_put_the_books_into_postgres(tmp_path: Path, figures: Figures) -> None:
    # X1
    (tmp_path / ".env").write_text(SETTINGS)
    with installation(tmp_path, "postgres") as made:
        seconds = made.up()
        assert made.container("postgres")["State"]["Health"]["Status"] == "healthy"
        assert not any(made.container("postgres")["NetworkSettings"]["Ports"].values())
        assert (
            made.inside("sh", "-c", "awk '/^CapEff/ {print $2}' /proc/1/status", service="postgres").strip() == "0" * 16
        )
        async with group(made) as camp:
            _, message = await camp.insult("小明")
            await camp.acted(message)
        books = made.books()
        assert len(books["decisions"]) == 1
        assert made.inside("sh", "-c", "ls /data").strip() == ""
        made.compose("stop")
        assert made.container()["State"]["ExitCode"] == 0
        made.compose("down")
        made.up()
        assert made.books()["decisions"] == books["decisions"]
        assert PASSWORD not in made.logs()
        figures("X1", database="PostgreSQL", up_to_healthy_s=round(seconds, 1))
