"""A batch is cut so that nobody waits long: about 20 ms of deciding, then a commit."""

from tests.bot.intake.stage import Stage
from tests.bot.intake.updates import message


async def taken(stage: Stage, seconds_a_message: float) -> int:
    """How many Units a hundred messages become where deciding one takes so long."""
    await stage.set_up()
    stage.moderator.seconds_a_message = seconds_a_message
    before = stage.committed
    await stage.take(*(message("早") for _ in range(100)))
    return stage.committed - before


async def test_where_deciding_is_quick_a_hundred_messages_are_one_unit(stage: Stage) -> None:
    assert await taken(stage, 0.0001) == 1


async def test_where_deciding_is_slow_they_are_committed_by_tens(stage: Stage) -> None:
    """The cost is learnt from each batch, so that the pieces grow again when deciding is quick after all."""
    assert 2 <= await taken(stage, 0.1) <= 10
