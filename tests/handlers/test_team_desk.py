"""Questions taken up, promised, passed on and handed over; who is asked first, and who may not answer (X12)."""

import pytest

from bot.desks import cards
from bot.storage import roles, setups, shifts, tickets
from bot.storage.tickets import TicketRow
from handlers.reading.weekhours import hours_of
from rules.conduct.effects import DAY, HOUR, Card, Phrase
from tests.handlers.camp import Camp
from tests.handlers.test_team import calendar

TAKE, BACK = "我来处理", "先放回去"
WORDS = (Phrase("conduct.card_quote", (("text", "想请大家看看这件事"),)),)


async def ask(camp: Camp, **more: object) -> int:
    """A question as any part of the bot asks it."""
    group, now = await camp.group(), int(camp.clock.now())
    async with camp.storage.unit() as unit:
        buttons = more.pop("buttons", ())
        number = await cards.ask(unit, group, Card("person_brake", WORDS, buttons), key=f"k{now}", at=now, **more)  # type: ignore[arg-type]
    await camp.go()
    return number


async def ticket(camp: Camp, number: int) -> TicketRow:
    async with camp.storage.reading() as unit:
        found = await tickets.get(unit, number)
    assert found is not None
    return found


async def second_leader(camp: Camp, name: str = "副班长") -> int:
    other = camp.telegram.member(name)
    camp.clock.advance(60)
    camp.telegram.do("promote", chat=camp.chat, user=other, rights="all")
    await camp.go()
    return other


async def inbox(camp: Camp, user: int) -> None:
    """All of it is read: Telegram lets the bot write to one person about once a second."""
    await camp.whispers(user, f"/inbox #{(await camp.group()).id}")
    for _ in range(6):
        await camp.later(2)


async def test_whoever_takes_a_question_up_stands_on_its_card_and_can_put_it_back(camp: Camp) -> None:
    desk, other = await camp.desk(), await second_leader(camp)
    camp.telegram.do("join", chat=desk, user=other)
    await camp.says(camp.lin, "加微信 abc12345 低价出售课程,日赚500,名额有限 https://t.me/some_shop")
    assert "由你来处理" in await camp.presses(camp.leader, TAKE, desk)
    assert "班长 在处理" in camp.last(desk)
    assert "前答复" in camp.last(desk)
    (number,) = [row.id for row in await waiting(camp)]
    assert "不在你手上" in await camp.presses(other, BACK, desk)
    assert (await ticket(camp, number)).taken_by == camp.leader
    camp.clock.advance(10)
    assert "放回去了" in await camp.presses(camp.leader, BACK, desk)
    assert "在处理" not in camp.last(desk)
    assert [row.actor_id for row in await camp.audited("ticket.taken")] == [camp.leader]
    camp.clock.advance(10)
    await camp.presses(camp.leader, "没问题", desk)
    assert await waiting(camp) == []


async def test_of_two_who_take_it_at_once_one_has_it(camp: Camp) -> None:  # Q1
    desk, other = await camp.desk(), await second_leader(camp)
    camp.telegram.do("join", chat=desk, user=other)
    await camp.says(camp.lin, "加微信 abc12345 低价出售课程,日赚500,名额有限 https://t.me/some_shop")
    shown = await camp.press_at_once(TAKE, camp.leader, other, chat=desk)
    assert "由你来处理" in shown[0]
    assert "已经在处理" in shown[1]


async def waiting(camp: Camp) -> list[TicketRow]:
    group = await camp.group()
    async with camp.storage.reading() as unit:
        return await tickets.pending(unit, [group.id])


async def test_the_inbox_holds_what_one_may_answer_oldest_promise_first(camp: Camp) -> None:
    now = int(camp.clock.now())
    await camp.starts(camp.leader)
    await camp.starts(camp.lin)
    group = await camp.group()
    async with camp.storage.unit() as unit:
        await roles.grant(unit, group.id, camp.lin, "reviewer", 1, 0)
        for text, audience, due_at, not_by in (
            ("不急的", "leaders", 0, 0), ("晚一点的", "reviewers", now + 2 * DAY, 0),
            ("快到的", "reviewers", now + DAY, 0), ("说我的", "reviewers", now + HOUR, camp.lin),
        ):  # fmt: skip
            words = (Phrase("conduct.card_quote", (("text", text),)),)
            await tickets.open_ticket(
                unit, group_id=group.id, kind="person_brake", decision_id=None, user_id=0, words=words, at=now,
                audience=audience, due_at=due_at, not_by=not_by,
            )  # fmt: skip
    await inbox(camp, camp.lin)
    said = camp.said(camp.lin)
    assert "2 件事" in said
    assert said.index("快到的") < said.index("晚一点的")
    assert "说我的" not in said
    assert "不急的" not in said
    camp.clock.advance(DAY + 60)
    await inbox(camp, camp.lin)
    assert "已经过了" in camp.said(camp.lin)
    await inbox(camp, camp.leader)
    said = camp.said(camp.leader)
    assert said.index("说我的") < said.index("快到的") < said.index("晚一点的") < said.index("不急的")


async def test_a_helper_is_not_asked_to_set_the_group_up(camp: Camp) -> None:
    group = await camp.group()
    await camp.starts(camp.lin)
    async with camp.storage.unit() as unit:
        await setups.begin(unit, group.id, camp.leader, int(camp.clock.now()))
        await roles.grant(unit, group.id, camp.lin, "volunteer", 1, 0)
    await inbox(camp, camp.lin)
    assert "设置没完成" not in camp.said(camp.lin)
    assert "没有等你决定" in camp.last(camp.lin)


async def test_a_silent_leaders_question_goes_to_whoever_stands_in_once(camp: Camp) -> None:  # X12, N13
    other = await second_leader(camp)
    for user in (camp.leader, other):
        await camp.starts(user)
    assert "我请 副班长 接着看" in await camp.asks(camp.leader, f"/backup {camp.leader} {other}")
    number = await ask(camp)
    await inbox(camp, camp.leader)
    await camp.taps(camp.leader, TAKE)
    assert (await ticket(camp, number)).taken_by == camp.leader
    await later(camp, 11 * HOUR)
    assert (await ticket(camp, number)).escalated_at == 0
    for _ in range(3):
        await later(camp, 12 * HOUR)
    row = await ticket(camp, number)
    assert (row.taken_by, row.state) == (other, "open")
    assert "班长 那边一直没有动静" in camp.said(other)
    assert camp.said(other).count("没有动静") == 1
    assert "我请 副班长 接着看了" in camp.said(camp.leader)
    (passed,) = await camp.audited("desk.passed_on")
    assert (passed.actor_kind, passed.before, passed.target_id) == ("clock", {"taken_by": camp.leader}, other)


async def later(camp: Camp, seconds: int) -> None:
    """In small steps, as a calendar looks."""
    for _ in range(seconds // HOUR):
        camp.clock.advance(HOUR)
        await calendar(camp)


async def test_what_nobody_takes_up_in_time_is_shown_to_whoever_owns_it_all(camp: Camp) -> None:
    boss = camp.telegram.person("机器人的主人")
    await camp.starts(boss)
    await camp.set_group(owner_id=boss)
    number = await ask(camp, due_at=int(camp.clock.now()) + 2 * DAY, audience="reviewers")
    await later(camp, 24 * HOUR)
    assert "还没有人接手" in camp.said(boss)
    row = await ticket(camp, number)
    assert (row.taken_by, bool(row.escalated_at)) == (0, True)


async def test_an_answer_in_time_passes_nothing_on(camp: Camp) -> None:
    number = await ask(camp, due_at=int(camp.clock.now()) + 2 * DAY)
    async with camp.storage.unit() as unit:
        await tickets.answer(unit, number, camp.leader, int(camp.clock.now()), "done")
    await later(camp, 48 * HOUR)
    assert await camp.audited("desk.passed_on") == []


async def test_a_private_card_goes_to_whoever_is_on_shift(camp: Camp) -> None:  # N13
    other = await second_leader(camp)
    for user in (camp.leader, other):
        await camp.starts(user)
    await camp.set_group(set_up_by=camp.leader)
    assert "每天 00:00-24:00 由 副班长 值班" in await camp.asks(camp.leader, f"/shift {other} 每天 00:00-24:00")
    await ask(camp)
    assert "想请大家看看这件事" in camp.said(other)
    assert "想请大家看看这件事" not in camp.said(camp.leader)


async def test_a_card_never_goes_to_whoever_may_not_answer_it(camp: Camp) -> None:
    other = await second_leader(camp)
    for user in (camp.leader, other):
        await camp.starts(user)
    await camp.set_group(set_up_by=camp.leader)
    await ask(camp, not_by=camp.leader)
    assert "想请大家看看这件事" in camp.said(other)
    assert "想请大家看看这件事" not in camp.said(camp.leader)


async def test_shifts_are_listed_and_removed(camp: Camp) -> None:
    await camp.starts(camp.leader)
    await camp.says(camp.leader, f"/shift {camp.lin} 周一 19:00-22:00")
    await camp.says(camp.leader, "/shift")
    assert "周一 19:00-22:00 林晓" in camp.last(camp.leader)
    await camp.taps(camp.leader, "删：周一 19:00-22:00 林晓")
    group = await camp.group()
    async with camp.storage.reading() as unit:
        assert await shifts.of_group(unit, group.id) == []
    assert "发 /shift @对方" in await camp.asks(camp.leader, f"/shift {camp.lin} 明天晚上")
    assert [row.action for row in await camp.audited("shift.remove")] == ["shift.remove"]


def test_hours_are_understood_as_people_write_them() -> None:
    for words in (
        "周一 19:00-22:00",
        "星期一 19:00–22:00",
        "19:00-22:00 周一",
        "Mon 19:00-22:00",
        "週一 19：00-22：00",
    ):
        assert hours_of(words) == ((0,), 1140, 1320), words
    assert hours_of("每天 8:00-24:00") == (tuple(range(7)), 480, 1440)
    for wrong in (
        "",
        "周一",
        "周八 19:00-22:00",
        "周一 22:00-19:00",
        "周一 19:00-25:00",
        "周一 19:70-22:00",
        "周一 1-2",
    ):
        assert hours_of(wrong) is None, wrong


async def test_who_stands_in_needs_a_role_and_is_somebody_else(camp: Camp) -> None:
    assert "还没有角色" in await camp.asks(camp.leader, f"/backup {camp.leader} {camp.lin}")
    assert "自己顶不了自己" in await camp.asks(camp.leader, f"/backup {camp.leader} {camp.leader}")
    assert "请人顶上" in await camp.asks(camp.leader, f"/backup {camp.leader}")


async def test_what_only_has_to_be_known_is_put_away_and_not_taken_up(camp: Camp) -> None:
    await camp.starts(camp.leader)
    group, now = await camp.group(), int(camp.clock.now())
    async with camp.storage.unit() as unit:
        await cards.ask(unit, group, Card("act_unknown", WORDS), key="known", at=now)
    await inbox(camp, camp.leader)
    assert camp.with_button("知道了", camp.leader)
    with pytest.raises(AssertionError):
        camp.with_button(TAKE, camp.leader)
