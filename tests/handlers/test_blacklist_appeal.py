"""Whoever was shown out again because of the list of all groups appeals: the clock opens no door that shuts again."""

from bot.conduct import reversing
from bot.storage import acts, books
from rules.conduct.shorten import shorten
from tests.handlers.camp import Camp, camping
from tests.handlers.estate import on_an_estate
from tests.handlers.reviewing import passes

DAY = 86_400


async def test_nobody_is_invited_back_by_the_clock_who_is_on_the_list(database_url: str) -> None:  # R12, R23
    async with on_an_estate(database_url) as estate:
        camp = estate.camp
        await camp.starts(camp.lin)
        await estate.adds()
        estate.telegram.do("unban", chat=camp.chat, user=camp.lin)
        camp.clock.advance(7200)
        estate.telegram.do("join", chat=camp.chat, user=camp.lin)
        await camp.go()
        again = next(row for row in await camp.decisions(camp.lin) if row.issuer_kind == "rule")
        await camp.whispers(camp.lin, f"/appeal {again.id} 请再看一次")
        assert "自动撤回" not in camp.said(camp.lin)
        await passes(camp, 3 * DAY)
        assert estate.status() == "kicked"
        assert "只能用一次" not in camp.said(camp.lin)
        assert len(await estate.entries()) == 1


async def test_what_a_shortening_had_not_done_yet_is_called_off_with_it(database_url: str) -> None:  # R23
    async with camping(database_url, {}) as camp:
        await muted_shortened_and_taken_back(camp)


async def muted_shortened_and_taken_back(camp: Camp) -> None:
    await camp.asks(camp.leader, f"/mute {camp.lin} 10h")
    (decision,) = await camp.decisions(camp.lin)
    group, moderator, now = await camp.group(), camp.services.moderator, int(camp.clock.now())
    async with camp.storage.unit() as unit:
        case = await moderator.case_of(unit, group, camp.lin, now)
        verdict, _ = shorten(decision.id, "", await books.rows_of(unit, decision.id), case)
        key = reversing.shortening(decision.id)
        made = await moderator.record(unit, case, verdict, issuer_kind="person", issuer_id=camp.leader, key=key)
        assert await reversing.undo(unit, moderator, decision.id, camp.leader, now)
        assert [row.state for row in await acts.of_decision(unit, made or 0) if row.state == "pending"] == []
    await camp.go()
    assert camp.telegram.status(camp.lin) == "member"
