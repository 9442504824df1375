"""What a rule only watched is told to leaders alone: its person finds it in no command of theirs."""

from tests.handlers.camp import ENFORCED, INSULT, camping

WATCHED = {**ENFORCED, "insult": {"mode": "observe"}}


async def test_what_was_only_watched_is_nothing_to_its_person(database_url: str) -> None:
    async with camping(database_url, WATCHED) as camp:
        await camp.starts(camp.lin)
        await camp.starts(camp.leader)
        await camp.says(camp.lin, INSULT)
        (row,) = await camp.decisions(camp.lin)
        assert row.mode == "observe"
        for order in ("/record", "/appeal", f"/appeal {row.id}", f"/decision {row.id}"):
            camp.clock.advance(5)
            await camp.whispers(camp.lin, order)
            said = camp.last(camp.lin)
            assert "伤人" not in said, order
            assert "收到" not in said, order
            assert "依据" not in said, order
        assert "appeal" not in await camp.questions()
        camp.clock.advance(5)
        await camp.whispers(camp.leader, f"/record {camp.lin}")
        assert f"{row.id}" in camp.last(camp.leader)
