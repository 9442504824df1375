"""Somebody is forgotten, and nothing changes for anybody else, nor for their own new days."""

from sqlalchemy import select

from bot.storage import Storage, acts, deadlines, erasures, tickets
from bot.storage.groups import GroupRow
from bot.storage.tables import acts as act_rows
from rules.conduct.effects import Deadline, Mention, Phrase, Planned, Say
from tests.bot.storage.making import AT, DAY, decide

SHORT, LONG = 4200, 1_420_011
ABOUT = (Phrase("conduct.fine_opened", (("name", Mention(LONG, "老赵")), ("amount", 200))),)


async def test_a_number_within_another_number_is_somebody_else(storage: Storage, group: GroupRow) -> None:
    async with storage.unit() as unit:
        said = Planned(Say(words=ABOUT, language="zh_Hans"))
        number, _ = await decide(unit, group, "a", user_id=LONG, planned=[said])
        for row in await acts.of_decision(unit, number):
            await acts.settle(unit, row.id, "done", AT)
        ticket = await tickets.open_ticket(
            unit, group_id=group.id, kind="ad", decision_id=number, user_id=LONG, words=ABOUT, at=AT
        )
        await tickets.answer(unit, ticket, 5, AT, "case.ok")
        await erasures.blank(unit, SHORT, AT + 1)
        kept = await tickets.get(unit, ticket)
        assert kept is not None
        assert (kept.words, kept.answer) == (ABOUT, "case.ok")
        assert list((await unit.execute(select(act_rows.c.erased))).scalars()) == [False]


async def test_how_a_question_was_answered_is_no_text_about_anybody(storage: Storage, group: GroupRow) -> None:
    async with storage.unit() as unit:
        number, _ = await decide(unit, group, "a", user_id=LONG)
        ticket = await tickets.open_ticket(
            unit, group_id=group.id, kind="appeal", decision_id=number, user_id=LONG, words=ABOUT, at=AT
        )
        await tickets.answer(unit, ticket, 5, AT, "appeal.refused")
        await erasures.blank(unit, LONG, AT + 1)
        kept = await tickets.get(unit, ticket)
        assert kept is not None
        assert (kept.words, kept.answer) == ((), "appeal.refused")


async def test_what_is_promised_to_whoever_came_back_is_still_promised_to_them(
    storage: Storage, group: GroupRow
) -> None:
    async with storage.unit() as unit:
        old, _ = await decide(unit, group, "old", user_id=LONG)
        await deadlines.add(unit, group.id, LONG, old, [Deadline("fine_due", AT + DAY)])
        row = await erasures.ask(unit, LONG, LONG, AT + 1)
        new, _ = await decide(unit, group, "new", user_id=LONG, at=AT + 9)
        await deadlines.add(unit, group.id, LONG, new, [Deadline("fine_due", AT + DAY)])
        await deadlines.add(unit, group.id, LONG, None, [Deadline("appeal_due", AT + DAY)])
        await erasures.finish(unit, row, AT + 10)
        found = {(each.kind, each.decision_id): each.user_id for each in await deadlines.due(unit, AT + DAY, 9)}
    assert found == {
        ("fine_due", old): row.pseudonym, ("fine_due", new): LONG, ("appeal_due", None): LONG,
    }  # fmt: skip


async def test_of_whoever_did_not_come_back_no_moment_keeps_the_number(storage: Storage, group: GroupRow) -> None:
    async with storage.unit() as unit:
        row = await erasures.ask(unit, LONG, LONG, AT + 1)
        await deadlines.add(unit, group.id, LONG, None, [Deadline("appeal_due", AT + DAY)])
        await erasures.finish(unit, row, AT + 10)
        assert [each.user_id for each in await deadlines.due(unit, AT + DAY, 9)] == [row.pseudonym]
