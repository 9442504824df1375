"""No kill is only on paper: each has its place, and a run of the whole bot passes every place there is."""

from bot.failpoints import FAILPOINTS, counted
from scripts.promises import faults
from tests.app.stage import INSULT, staged
from tests.faults.failpoints import KILLS
from tests.figures import Figures


def test_every_kill_has_a_place_and_every_place_a_kill() -> None:
    at_a_place = {fault.id for fault in faults() if fault.id[0] == "C"} - {"C10", "C11"}
    assert set(KILLS) == at_a_place
    assert {place for place, _ in KILLS.values()} == set(FAILPOINTS)


async def test_an_ordinary_run_passes_every_place(database_url: str, figures: Figures) -> None:
    # C1 C2 C3 C4 C5 C6 C7 C8 C9
    with counted() as hits:
        async with staged(database_url) as stage:
            insult = await stage.people.post(stage.chat, await stage.member(), INSULT)
            await stage.people.message_deleted(stage.chat, insult)
            await stage.people.bot_message(stage.chat)
            await stage.all_taken()
    assert [name for name in FAILPOINTS if not hits[name]] == []
    for kill, (place, _) in KILLS.items():
        figures(kill, intake="polling", place=place, passed_in_a_run_without_kills=hits[place])
