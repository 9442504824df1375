"""Warned, muted, fined, appealed, shortened, taken back and run out in any order, with the database below (Q2)."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import AbstractContextManager
from typing import TypeVar

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from bot import due, membership
from bot.clock import ManualClock
from bot.conduct import appeals, everywhere, reversing
from bot.conduct.moderator import Moderator
from bot.storage import Unit, acts, books, checking, deadlines, groups, members, merit, open_storage
from bot.storage import appeals as stored
from bot.storage.books import DecisionRow
from bot.storage.groups import GroupRow
from rules.conduct import fines, measures
from rules.conduct.case import Case
from rules.conduct.effects import HOUR, Act, Free, Readmit, Remove, Restrict
from rules.conduct.facts import Facts
from rules.conduct.policy import Policy
from rules.conduct.shorten import shorten
from rules.conduct.verdict import Verdict
from rules.merit.transactions import ISSUED, award, member
from tests.bot.storage.making import AT
from tests.bot.storage.test_ledger import fresh as fresh
from tests.handlers.camp import SCANNER

T = TypeVar("T")
Make = Callable[[Case, Policy], Verdict]
BOT, PERSON, LEADERS = 999, 42, (7, 8)
POLICY = {
    "ladder": {"highest": "remove"}, "ad_without_red_packet": {"mode": "enforce", "fines": True},
    "brakes": {"least": 1000, "most": 1000, "percent": 100, "installation_most": 100_000},
}  # fmt: skip
TAKEN = ("warn", "ask_to_leave", "remove", "mute", "fine")


class OneProcedure(RuleBasedStateMachine):
    """One member whose sentence is carried out at once by a Telegram of four acts."""

    def __init__(self, database: AbstractContextManager[str]) -> None:
        super().__init__()
        self.runner = asyncio.Runner(loop_factory=asyncio.new_event_loop)
        self.database = database
        self.storage = self.runner.run(open_storage(database.__enter__()))
        self.now, self.keys, self.silent_until, self.removed = AT, 0, 0, False
        self.moderator = Moderator(scanner=SCANNER, clock=ManualClock(AT), bot_id=BOT, configured=POLICY)

    def teardown(self) -> None:
        self.runner.run(self.storage.close())
        self.runner.close()
        self.database.__exit__(None, None, None)

    def write(self, work: Callable[[Unit], Awaitable[T]]) -> T:
        """In one Unit, and what it asked of Telegram is done."""
        self.now += 2

        async def written() -> T:
            done = await self.storage.write(work)
            await self.storage.write(self.perform)
            return done

        return self.runner.run(written())

    async def perform(self, unit: Unit) -> None:
        for row in await acts.pending_of_group(unit, self.group.id):
            await self.told(unit, row.act)
            await acts.settle(unit, row.id, "done", self.now, result={"invite_link": f"https://t.me/+{row.id}"})

    async def told(self, unit: Unit, act: Act) -> None:
        match act:
            case Restrict(until=until):
                self.silent_until = until or 1 << 62
            case Free():
                self.silent_until = 0
            case Remove() | Readmit():
                self.removed = isinstance(act, Remove)
                status = "kicked" if self.removed else "left"
                await members.set_status(unit, self.group.id, PERSON, status, at=self.now)
            case _:
                pass

    async def take(self, unit: Unit, make: Make, key: str = "", message: int = 0) -> int | None:
        case = await self.moderator.case_of(unit, self.group, PERSON, self.now)
        if message:
            case = case._replace(facts=case.facts._replace(message_id=message, text="加微信进群", kind="message"))
        verdict = make(case, await self.moderator.policy_of(unit, self.group))
        self.keys += 1
        return await self.moderator.record(
            unit, case, verdict, issuer_kind="person", issuer_id=LEADERS[0], key=key or f"k{self.keys}"
        )

    @initialize()
    def begun(self) -> None:
        async def founded(unit: Unit) -> GroupRow:
            group = await groups.ensure(unit, -1, title="07营", kind="supergroup", owner_id=1, at=AT)
            rights = frozenset({"can_invite_users", "can_restrict_members", "can_delete_messages"})
            await groups.update(unit, group.id, bot_status="administrator", bot_rights=rights, admins_at=AT)
            row = {"name": "老赵", "joined_at": AT - HOUR, "rules_accepted_at": AT - HOUR}
            await members.set_status(unit, group.id, PERSON, "member", at=AT - HOUR, **row)  # type: ignore[arg-type]
            return (await groups.by_ids(unit, [group.id]))[group.id]

        self.group = self.runner.run(self.storage.write(founded))

    @rule(what=st.sampled_from(["warn", "ask", "remove", "ban", "readmit", "unmute", "stay", "pardon"]))
    def measured(self, what: str) -> None:
        made: dict[str, Make] = {
            "warn": lambda c, p: measures.warn(c, p, "", "苏禾"), "ask": measures.ask_to_leave,
            "remove": lambda c, p: measures.remove(c, p, False, ""),
            "ban": lambda c, p: measures.remove(c, p, True, ""),
            "readmit": measures.readmit, "unmute": measures.unmute, "stay": measures.stay, "pardon": measures.pardon,
        }  # fmt: skip
        self.write(lambda unit: self.take(unit, made[what]))

    @rule(minutes=st.integers(1, 5000))
    def muted(self, minutes: int) -> None:
        self.write(lambda unit: self.take(unit, lambda c, p: measures.mute(c, p, minutes * 60, "")))

    @rule(points=st.integers(0, 5))
    def fined(self, points: int) -> None:
        """What it costs in points is posted with it; nobody has fewer than none."""

        async def fine(unit: Unit) -> None:
            number = await self.take(unit, lambda c, p: measures.open_fine(c, p, ""), message=500 + self.keys)
            held = (await merit.balances(unit, self.group.id, PERSON)).get("points", 0)
            toll = min(points, held)
            if number and toll:
                moved = award(f"decision:{number}:toll", "toll", PERSON, -toll)
                await merit.post(unit, self.group.id, moved, at=self.now, by=LEADERS[0], solvent=True)

        self.write(fine)

    @rule(how=st.sampled_from(["paid", "withdrawn", "waived"]))
    def settled(self, how: str) -> None:
        def settle(case: Case, policy: Policy) -> Verdict:
            owed = case.member.standing.open_fines
            if not owed:
                return Verdict()
            if how == "paid":
                return fines.paid(case, policy, owed[0].fine_id, None)
            return (fines.withdrawn if how == "withdrawn" else fines.waived)(case, policy, owed[0].fine_id)

        self.write(lambda unit: self.take(unit, settle))

    @rule(points=st.integers(1, 3))
    def earned(self, points: int) -> None:
        self.keys += 1
        given = award(f"k{self.keys}", "checkin", PERSON, points)
        self.write(lambda unit: merit.post(unit, self.group.id, given, at=self.now, by=0))

    @rule()
    def came_back(self) -> None:
        """By the link or any other way, as long as no door is shut."""
        facts = Facts(1, kind="join", chat_id=-1, user_id=PERSON, at=self.now + 100, name="老赵")
        if not self.removed:
            self.write(lambda unit: membership.joined(unit, self.group, facts, greet=False))

    async def standing(self, unit: Unit) -> list[DecisionRow]:
        found = await books.decisions_of(unit, self.group.id, PERSON, 100)
        return [row for row in found if row.state == "standing" and row.step in TAKEN]

    @rule(pick=st.integers(0, 9))
    def appealed(self, pick: int) -> None:
        async def appeal(unit: Unit) -> None:
            found = await self.standing(unit)
            if not found:
                return
            row = found[pick % len(found)]
            known = await stored.of_decision(unit, row.id)
            due_at = await appeals.promised_at(unit, self.moderator, self.group, self.now)
            made = await appeals.begin(unit, self.group, row, (), "", key=f"a{row.id}", at=self.now, due_at=due_at)
            assert (made is None) == any(each.state == "open" for each in known)

        self.write(appeal)

    @rule(how=st.sampled_from(["accepted", "refused", "shortened"]), twice=st.booleans())
    def reviewed(self, how: str, twice: bool) -> None:
        async def review(unit: Unit) -> None:
            waiting = [each for each in await stored.of_person(unit, self.group.id, PERSON, 0) if each.state == "open"]
            if not waiting:
                return
            one = waiting[0]
            assert await stored.end(unit, one.id, how, LEADERS[1], self.now, "看过了")
            assert not (twice and await stored.end(unit, one.id, "refused", LEADERS[0], self.now))
            if how == "accepted":
                await everywhere.undo(unit, self.moderator, one.decision_id, LEADERS[1], self.now)
            elif how == "shortened":
                entries = await books.rows_of(unit, one.decision_id)
                key = reversing.shortening(one.decision_id)
                await self.take(unit, lambda c, p: shorten(one.decision_id, "", entries, c)[0], key)

        self.write(review)

    @rule(pick=st.integers(0, 9), twice=st.booleans())
    def taken_back(self, pick: int, twice: bool) -> None:
        async def undo(unit: Unit) -> None:
            found = await self.standing(unit)
            if found:
                number = found[pick % len(found)].id
                assert await everywhere.undo(unit, self.moderator, number, LEADERS[1], self.now)
                again = twice and await everywhere.undo(unit, self.moderator, number, LEADERS[0], self.now)
                assert not again

        self.write(undo)

    @rule(hours=st.sampled_from([1, 12, 48, 72, 24 * 22]))
    def time_passes(self, hours: int) -> None:
        self.now += hours * HOUR

        async def look(unit: Unit) -> None:
            await acts.expire(unit, self.now)
            for row in await deadlines.due(unit, self.now, 100):
                await due.settle(unit, self.moderator, row, self.now)

        self.write(look)

    @invariant()
    def the_books_and_telegram_agree(self) -> None:
        """No sanction is an orphan, nothing is below zero, the journal sums to the balance, no promise is forgotten."""
        if not hasattr(self, "group"):
            return

        async def read() -> None:
            async with self.storage.reading() as unit:
                case = await self.moderator.case_of(unit, self.group, PERSON, self.now)
                standing = case.member.standing
                means = 1 << 62 if standing.read_only else standing.muted_until or 0
                silent = self.silent_until if self.silent_until > self.now else 0
                assert (means if means > self.now else 0) == silent
                assert standing.removed == self.removed
                assert min(standing.warnings, standing.asked, standing.fines_total) >= 0
                held = (await merit.balances(unit, self.group.id, PERSON)).get("points", 0)
                issued = (await merit.balance_of(unit, self.group.id, ISSUED)).get("points", 0)
                assert held == -issued >= 0
                assert (await merit.balance_of(unit, self.group.id, member(PERSON))).get("points", 0) == held
                for each in await stored.of_person(unit, self.group.id, PERSON, 0):
                    assert each.state != "open" or not each.due_at or each.due_at > self.now - 2 * HOUR
                assert await checking.check(unit) == []

        self.runner.run(read())


def test_whatever_is_decided_appealed_and_taken_back_the_books_and_telegram_agree(
    fresh: Callable[[], AbstractContextManager[str]],
) -> None:
    # Q2
    lightly = settings(max_examples=15, stateful_step_count=25, deadline=None, derandomize=True)
    run_state_machine_as_test(lambda: OneProcedure(fresh()), settings=lightly)  # type: ignore[arg-type]
