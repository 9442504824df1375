"""No way from money to points or back: what a fine comes to moves nothing, and points come from checking in alone."""

from collections.abc import AsyncIterator

import pytest
from sqlalchemy import select

from bot.storage.tables import postings, transactions
from tests.frame.source import calling, files, importing
from tests.handlers.camp import ENFORCED, Camp, camping

AD = "加微信 abc12345 低价出售课程,日赚500,名额有限 https://t.me/some_shop"
TERMS = {
    **ENFORCED,
    "ad_without_red_packet": {"mode": "enforce", "fines": True},
    "checkin": {"enabled": True, "points": 2},
}

MOVING = {"bot/programme.py", "bot/storage/merit.py", "handlers/programme/marking.py"}
# These only know whose an account is: what is handed out to a person, and what is taken their name from.
NAMING = {"bot/storage/exports.py", "bot/storage/erasures.py"}


@pytest.fixture(params=["CNY", "points"])
async def market(database_url: str, request: pytest.FixtureRequest) -> AsyncIterator[Camp]:
    """Whatever a fine is asked in: it is only written down that it was given elsewhere."""
    terms = {**TERMS, "ad_without_red_packet": {"mode": "enforce", "fines": True, "unit": request.param}}
    async with camping(database_url, terms) as camp:
        await camp.says(camp.leader, "/rules")
        await camp.presses(camp.lin, "我已阅读")
        yield camp


async def moved(camp: Camp) -> list[tuple[str, int, str]]:
    async with camp.storage.reading() as unit:
        lines = select(transactions.c.kind, postings.c.amount, postings.c.unit).join(transactions)
        return [(row[0], row[1], row[2]) for row in await unit.execute(lines)]


async def test_a_fine_that_is_opened_paid_withdrawn_or_waived_moves_no_point(market: Camp) -> None:
    for settle in ("已补发", "我要撤回这条广告", ""):
        await market.later(2 * 3600)
        await market.says(market.lin, f"{AD}{settle}")
        if settle == "已补发":
            assert "已经办好" in await market.presses(market.leader, settle)
        elif settle:
            assert "已经办好" in await market.presses(market.lin, settle)
        else:
            await market.says(market.leader, f"/fine waive {market.lin} 第一次")
    steps = [row.step for row in await market.decisions(market.lin)]
    assert (steps.count("fine"), steps.count("settle")) == (3, 3)
    assert await moved(market) == []


def test_points_come_from_checking_in_and_from_nothing_else() -> None:
    """By a press, or marked by a leader: nothing else posts a transaction, so no money buys one and none buys money."""
    ledger = importing("bot.storage.merit", files("bot", "handlers"))
    assert calling("post", tuple(ledger)) == {"bot/programme.py", "handlers/programme/marking.py"}
    assert importing("rules.merit.transactions", files("bot", "handlers")) <= MOVING | NAMING
