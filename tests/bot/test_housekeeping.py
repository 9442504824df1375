"""What nobody answers is asked anew when there is new cause."""

import pytest

from bot.process.housekeeping import ANSWER_DAYS, close_questions
from bot.storage import Storage, acts, books, groups, tickets
from rules.conduct.effects import Planned
from tests.bot.storage.making import AT, CHAT, DAY, MUTE, PERSON, WORDS, decide


@pytest.mark.parametrize("cause", ["leader", "brake"])
async def test_a_question_nobody_answers_comes_to_nothing_after_its_days(storage: Storage, cause: str) -> None:
    async with storage.unit() as unit:
        group = await groups.ensure(unit, CHAT, title="07营", kind="group", owner_id=1, at=AT)
        held = [Planned(MUTE, held=cause)]
        old, _ = await decide(unit, group, "old", held=cause, planned=held)
        new, _ = await decide(unit, group, "new", held=cause, planned=held, at=AT + DAY)
        for number, at in ((old, AT), (new, AT + DAY)):
            await tickets.open_ticket(
                unit, group_id=group.id, kind=cause, decision_id=number, user_id=PERSON, words=WORDS, at=at
            )
        await close_questions(unit, AT + ANSWER_DAYS * DAY)
        assert len(await tickets.pending(unit, [group.id])) == 2
        await close_questions(unit, AT + ANSWER_DAYS * DAY + 1)
        assert [ticket.decision_id for ticket in await tickets.pending(unit, [group.id])] == [new]
        rows = [await books.decision(unit, number) for number in (old, new)]
        assert [row and row.state for row in rows] == ["dismissed", "held"]
        states = [act.state for number in (old, new) for act in await acts.of_decision(unit, number)]
        assert states == ["refused", "held"]
