"""A machine that writes, settles and takes back at random, beside a ledger of a few lines: both always say the same."""

import asyncio
import itertools
from collections.abc import Awaitable, Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from functools import partial
from pathlib import Path
from typing import TypeVar

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from bot.storage import AlreadyReversed, AlreadySettled, Overdrawn, Unit, books, checking, groups, merit, open_storage
from bot.storage.groups import GroupRow
from rules.conduct.effects import Entry
from rules.merit.transactions import ISSUED, Posting, Transaction, member
from tests.bot.storage.making import AT, FINE, decide

T = TypeVar("T")

PEOPLE = (11, 12, 13)
people = st.sampled_from(PEOPLE)
ENDS = st.sampled_from(["fine_paid", "fine_withdrawn", "fine_waived", "fine_void"])


class Ledger(RuleBasedStateMachine):
    fines = Bundle("fines")
    decided = Bundle("decided")

    def __init__(self, database: AbstractContextManager[str]) -> None:
        super().__init__()
        self.runner = asyncio.Runner(loop_factory=asyncio.new_event_loop)
        self.database = database
        self.storage = self.runner.run(open_storage(database.__enter__()))
        self.points = dict.fromkeys(PEOPLE, 0)
        self.open: dict[int, int] = {}
        self.ended_by: dict[int, int] = {}
        self.fine_of: dict[int, int] = {}
        self.reversed: set[int] = set()
        self.keys = 0

    def teardown(self) -> None:
        self.runner.run(self.storage.close())
        self.runner.close()
        self.database.__exit__(None, None, None)

    def write(self, work: Callable[[Unit], Awaitable[T]]) -> T:
        async def written() -> T:
            return await self.storage.write(work)

        return self.runner.run(written())

    def key(self) -> str:
        self.keys += 1
        return f"k{self.keys}"

    @initialize()
    def found(self) -> None:
        self.group: GroupRow = self.write(
            lambda unit: groups.ensure(unit, -1, title="07营", kind="group", owner_id=1, at=AT)
        )

    @rule(giver=st.sampled_from([0, *PEOPLE]), taker=people, amount=st.integers(1, 50), twice=st.booleans())
    def move(self, giver: int, taker: int, amount: int, twice: bool) -> None:
        """Points move between people or are issued; what is told twice counts once; nobody falls below nothing."""
        if giver == taker:
            return
        source, key = member(giver) if giver else ISSUED, self.key()
        moved = Transaction(key, "move", (Posting(member(taker), amount), Posting(source, -amount)))

        async def post(unit: Unit) -> bool:
            return await merit.post(unit, self.group.id, moved, at=AT, by=0, solvent=True)

        if giver and self.points[giver] < amount:
            try:
                self.write(post)
            except Overdrawn:
                return
            raise AssertionError("somebody spent more than there was")
        assert self.write(post)
        assert not (twice and self.write(post))
        self.points[taker] += amount
        if giver:
            self.points[giver] -= amount

    @rule(target=fines, person=people)
    def fine(self, person: int) -> int:
        key = self.key()
        number, [entry] = self.write(lambda unit: decide(unit, self.group, key, FINE, user_id=person))
        self.open[entry] = person
        self.fine_of[number] = entry
        return entry

    @rule(target=decided, fine=fines, how=ENDS)
    def settle(self, fine: int, how: str) -> int:
        """A fine ends once; ending it again is refused and leaves nothing."""
        key = self.key()
        entry = Entry("fine_paid", ref=fine)._replace(kind=how)  # type: ignore[arg-type]
        ended = fine in self.ended_by.values()
        try:
            number, _ = self.write(lambda unit: decide(unit, self.group, key, entry))
        except AlreadySettled:
            assert ended
            return 0
        assert not ended
        self.ended_by[number] = fine
        self.open.pop(fine, None)
        return number

    @rule(number=decided)
    def void(self, number: int) -> None:
        """An end that is taken back opens the fine again, once."""
        if number not in self.ended_by and number not in self.reversed:
            return
        key = self.key()
        try:
            self.write(lambda unit: decide(unit, self.group, key, Entry("void", ref=number), reverses=number))
        except AlreadyReversed:
            assert number in self.reversed
            return
        assert number not in self.reversed
        self.reversed.add(number)
        self.open[self.ended_by.pop(number)] = 0

    @invariant()
    def the_books_say_the_same(self) -> None:
        if not hasattr(self, "group"):
            return

        async def read() -> None:
            async with self.storage.reading() as unit:
                for person in PEOPLE:
                    found = await merit.balances(unit, self.group.id, person)
                    assert found.get("points", 0) == self.points[person] >= 0
                issued = (await merit.balance_of(unit, self.group.id, ISSUED)).get("points", 0)
                assert issued + sum(self.points.values()) == 0
                assert {row.entry_id for row in await books.open_fines(unit, self.group.id)} == set(self.open)
                assert await checking.check(unit) == []

        self.runner.run(read())


@pytest.fixture
def fresh(
    engine_name: str, request: pytest.FixtureRequest, tmp_path: Path
) -> Callable[[], AbstractContextManager[str]]:
    """A database of its own for each run of the machine."""
    if engine_name == "postgres":
        return partial(request.getfixturevalue("postgres").fresh, migrated=True)
    numbers, sqlite = itertools.count(), request.getfixturevalue("sqlite")

    @contextmanager
    def file() -> Iterator[str]:
        folder = tmp_path / str(next(numbers))
        folder.mkdir()
        yield sqlite.fresh(folder, migrated=True)

    return file


def test_whatever_is_written_settled_and_taken_back_the_books_agree(
    fresh: Callable[[], AbstractContextManager[str]],
) -> None:
    # Q2
    lightly = settings(max_examples=12, stateful_step_count=20, deadline=None, derandomize=True)
    run_state_machine_as_test(lambda: Ledger(fresh()), settings=lightly)  # type: ignore[arg-type]
