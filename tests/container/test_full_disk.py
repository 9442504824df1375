"""A volume without room stops nothing for good: the bot lives, says so, and goes on once there is room."""

from pathlib import Path

from tests.container.group import group, until
from tests.container.installation import Installation, installation

FILL = "cat /dev/zero > /data/filler; test -s /data/filler"


async def test_a_full_volume_is_survived_and_nothing_is_lost(tmp_path: Path) -> None:
    # X1, D4
    with installation(tmp_path, "small", "compose.small.yaml") as made:
        made.up()
        async with group(made) as camp:
            _, first = await camp.insult("先来")
            await camp.acted(first)
            made.inside("sh", "-c", FILL)
            waiting = [await camp.insult(name) for name in ("后来", "再来")]
            await until(lambda: made.asked("/readyz")[0] == 503, "it says that it is not ready")
            assert made.asked("/healthz")[0] == 200
            assert made.health() == "healthy"
            made.inside("rm", "/data/filler")
            await camp.acted(*(message for _, message in waiting))
            await until(lambda: ready(made), "ready again")
            decided = [each["user_id"] for each in made.books()["decisions"]]
            assert len(decided) == len(set(decided)) == 3
        assert made.container()["RestartCount"] == 0


def ready(made: Installation) -> bool:
    return made.asked("/readyz")[0] == 200
