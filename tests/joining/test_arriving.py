"""Whoever was let in is not asked twice: the rules they agreed to, the name they gave, the gate that would close."""

from typing import Any

from bot.clock import ManualClock
from tests.app.stage import ENFORCED, START, Stage, staged
from tests.joining.door import comes, inside, last, says, told

NAMES: dict[str, Any] = {"mode": "enforce", "pattern": r"\d{2}-.+", "example": "07-林晓", "words": "营号-名字"}


def policy(**joining: Any) -> dict[str, Any]:
    return {
        **ENFORCED, "gate": {"enabled": True}, "nickname_format": NAMES,
        "joining": {"mode": "desk", "accept_rules": True, "ask_nickname": True, **joining},
    }  # fmt: skip


async def let_in(stage: Stage, name: str = "王敏") -> int:
    await stage.people.start(stage.owner)
    await stage.calm()
    wang = await comes(stage, name)
    assert "R1" in await told(stage, wang), "the rules are read where they are agreed to"
    await stage.press(wang, "我同意", wang)
    await says(stage, wang, "王敏")
    assert "照这个样子再写一次：07-林晓" in await last(stage, wang)
    await says(stage, wang, "07-王敏")
    assert "昵称：07-王敏，合格" in await last(stage, stage.owner)
    assert "已同意群规" in await last(stage, stage.owner)
    await stage.press(stage.owner, "通过", stage.owner)
    await stage.later(60)
    assert await inside(stage, wang)
    return wang


async def test_rules_and_name_are_carried_over_and_the_gate_stays_open(database_url: str) -> None:  # X03, J04
    async with staged(database_url, policy(), clock=ManualClock(START)) as stage:
        wang = await let_in(stage)
        assert (await stage.people.member(stage.chat, wang))["status"] == "member", "not gated"
        known = await stage.known(wang)
        assert known.rules_accepted_at is not None
        case = await stage.case(wang)
        assert case.member.standing.nickname_asked_at is None
        assert case.member.standing.nick == "07-王敏"
        assert [row.step for row in await stage.decisions(wang) if row.rule == "gate"] == []
        await stage.people.post(stage.chat, wang, "大家早上好")
        await stage.later(60)
        asked_again = [row for row in await stage.decisions(wang) if row.issuer_kind == "rule"]
        assert asked_again == [], "nobody asks for the name again"


async def test_who_comes_without_having_asked_meets_the_gate_as_ever(database_url: str) -> None:  # X03
    async with staged(database_url, policy(), clock=ManualClock(START)) as stage:
        user = await stage.people.user_create("林晓")
        await stage.people.join(stage.chat, user)
        await stage.later(60)
        assert (await stage.people.member(stage.chat, user))["status"] == "restricted"


async def test_whoever_leaves_and_is_brought_back_is_not_given_old_answers(database_url: str) -> None:
    async with staged(database_url, policy(), clock=ManualClock(START)) as stage:
        wang = await let_in(stage)
        before = len(await stage.decisions(wang))
        await stage.people.leave(stage.chat, wang)
        await stage.later(60)
        await stage.people.join(stage.chat, wang)
        await stage.later(60)
        kept = [row for row in (await stage.decisions(wang))[before:] if row.issuer_kind == "person"]
        assert kept == []
