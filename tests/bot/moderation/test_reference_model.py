"""Random rule sets and random updates through the real moderator and a real database, beside the reference model."""

import asyncio
from collections.abc import Iterator
from typing import Any, NamedTuple

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from bot.storage import Storage, acts, members, open_storage, quiet
from bot.storage.acts import ActRow
from bot.storage.unit import Unit
from tests.bot.moderation.court import DAY, HOUR, NOON, Court
from tests.rules.conduct.make import policy
from tests.rules.conduct.reference_model import STEPS, Event, Ledger, Model

RULES = ("ad_without_red_packet", "flooding", "insult", "blocked_text", "scam_newcomer")
SAID = {
    "ad_without_red_packet": "姐妹们,我家面膜今天特价99元一盒,加微信 mask_wangmin 下单,满三盒包邮 {}",
    "insult": "你这个傻逼 {}",
    "blocked_text": "badword {}",
    "scam_newcomer": "USDT稳赚项目,带单老师一对一,日赚3000,拉人返佣,点 https://t.me/+AbCdEf123 进群 {}",
    "flooding": "快来看快来看",
}
SECTIONS: dict[str, dict[str, Any]] = {
    "flooding": {"messages": 50},
    "blocked_text": {"words": ("badword",)},
    "brakes": {"percent": 50, "least": 100, "most": 1000, "installation_most": 1000},
    "welcome": {"enabled": False},
}
GAPS = st.sampled_from([61, 600, HOUR, HOUR + 1, 2 * HOUR, DAY, 5 * DAY])
BETWEEN_EXAMPLES = 365 * DAY


class Example(NamedTuple):
    sections: dict[str, dict[str, Any]]
    steps: list[tuple[str, int]]


@st.composite
def examples(draw: st.DrawFn) -> Example:
    modes = {rule: {"mode": draw(st.sampled_from(["off", "enforce", "enforce", "enforce"]))} for rule in RULES}
    # What defrauds also advertises, and the harsher of both decides: the model knows texts that break one rule.
    left_out = draw(st.sampled_from(["ad_without_red_packet", "scam_newcomer"]))
    modes["scam_newcomer"], modes[left_out] = {"mode": "enforce"}, {"mode": "off"}
    fines = {"fines": draw(st.booleans())}
    ladder = {
        "highest": draw(st.sampled_from(STEPS)),
        "persuade_at": draw(st.integers(1, 3)),
        "valid_days": draw(st.integers(1, 21)),
        "pause_minutes": draw(st.sampled_from([30, 60, 600])),
        "severe_rules": draw(st.sampled_from([(), ("insult",)])),
    }
    sections = {rule: {**modes[rule], **SECTIONS.get(rule, {})} for rule in RULES}
    sections["ad_without_red_packet"] |= fines
    heard_of = [rule for rule in RULES if rule != left_out]
    steps = draw(st.lists(st.tuples(st.sampled_from(heard_of), GAPS), max_size=12))
    return Example({**SECTIONS, **sections, "ladder": ladder}, steps)


class Bench:
    """One member of one group for each example, each a year after the last, all in one database."""

    def __init__(self, storage: Storage) -> None:
        self.storage = storage
        self.number = 0

    async def ledgers(self, example: Example) -> tuple[Ledger, Ledger]:
        """What the books say, and what the model says."""
        self.number += 1
        at, user, chat = NOON + self.number * BETWEEN_EXAMPLES, 1000 + self.number, -1000 - self.number
        court, model = Court(self.storage), Model(policy("off", **example.sections))
        await court.open(plain(example.sections), chat=chat)
        for rule, gap in example.steps:
            at += gap
            await self.happens(court, user, chat, rule, at)
            model.happens(Event(rule, at))
        rows = [row for row in await court.entries(user) if row.kind != "held"]
        return [(row.at, row.kind, row.rule) for row in rows], model.ledger

    async def happens(self, court: Court, user: int, chat: int, rule: str, at: int) -> None:
        """A newcomer of an hour says it; for a flood, four times. What is posted about it is read a second later."""
        court.clock.advance(at - court.clock.now())
        known = {"joined_at": at - HOUR, "rules_accepted_at": at - HOUR, "messages": 0 if "scam" in rule else 10}
        if not court.messages:
            await court.says(user, "早上好", at - 600, chat_id=chat)
        await court.write(lambda unit: members.update(unit, court.group, user, **known))
        for number in range(4 if rule == "flooding" else 1):
            await court.says(user, SAID[rule].format(court.messages), at, chat_id=chat)
            if number == 3 or rule != "flooding":
                await court.write(lambda unit: heard(unit, at + 1))


async def heard(unit: Unit, at: int) -> None:
    while rows := await to_be_done(unit, at):
        for row in rows:
            await acts.settle(unit, row.id, "done", at, result={"message_id": row.id})


async def to_be_done(unit: Unit, at: int) -> list[ActRow]:
    """What counts as unasked is let go at once: how long a quiet group makes it wait is not what the model knows."""
    for group in await quiet.groups_with_waiting(unit, at):
        await quiet.let_go(unit, [row.id for row in await quiet.waiting(unit, group, at)], at)
    return [row for lane in (1, 2, 3) for row in await acts.due(unit, at, lane, 100)]


def plain(sections: dict[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """As an operator writes it: lists for tuples."""
    return {
        name: {key: list(value) if isinstance(value, tuple) else value for key, value in section.items()}
        for name, section in sections.items()
    }


@pytest.fixture
def bench(database_url: str) -> Iterator[tuple[asyncio.Runner, Bench]]:
    with asyncio.Runner(loop_factory=asyncio.new_event_loop) as runner:
        storage = runner.run(open_storage(database_url))
        yield runner, Bench(storage)
        runner.run(storage.close())


def test_the_books_of_the_database_say_what_the_model_says(bench: tuple[asyncio.Runner, Bench]) -> None:
    # Q1
    runner, books = bench
    kinds: set[str] = set()

    @settings(
        max_examples=40, deadline=None, derandomize=True, phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(examples())
    def agree(example: Example) -> None:
        written, expected = runner.run(books.ledgers(example))
        assert written == expected
        kinds.update(kind for _, kind, _ in written)

    agree()
    assert kinds >= {"violation", "reminder", "warning", "mute", "fine_opened", "read_only", "ask_to_leave", "removal"}
