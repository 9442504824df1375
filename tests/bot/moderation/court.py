"""Moderator and books without Telegram: people write at moments the test names, notices arrive when it says so."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any, TypeVar

from bot.calendar import Calendar
from bot.clock import ManualClock
from bot.conduct import reversing
from bot.conduct.moderator import Moderator
from bot.storage import Storage, acts, books, deadlines, groups, members, policies
from bot.storage.acts import ActRow
from bot.storage.books import DecisionRow
from bot.storage.groups import GroupRow
from bot.storage.members import MemberRow
from bot.storage.unit import Unit
from bot.textscan import Scanner
from rules.conduct.case import Case
from rules.conduct.effects import Say
from rules.conduct.facts import Facts
from rules.conduct.policy import Policy
from rules.conduct.standing import BookRow, Standing
from rules.conduct.verdict import Verdict

T = TypeVar("T")
Make = Callable[[Case, Policy], Verdict]

NOON = 1_741_060_800  # 2025-03-04 12:00 in Shanghai
MINUTE, HOUR, DAY = 60, 3600, 86_400
CHAT, BOT, LEADER = -100_500, 1, 9
RULES = ("ad_without_red_packet", "nickname_format", "flooding", "insult", "blocked_text", "scam_newcomer")
SCANNER = Scanner.build()
AD = "加微信 abc12345 日赚500元 兼职 私聊 @moneychan https://t.me/moneychan 低价"
BLOCKED: dict[str, Any] = {"blocked_text": {"mode": "enforce", "words": ["badword"]}}
FINES: dict[str, Any] = {"ad_without_red_packet": {"mode": "enforce", "fines": True}}


class Court:
    """One group whose rules have held for long. Everybody is a member of old unless they join."""

    def __init__(self, storage: Storage) -> None:
        self.storage = storage
        self.clock = ManualClock(NOON)
        self.moderator = Moderator(scanner=SCANNER, clock=self.clock, bot_id=BOT)
        self.group = 0
        self.updates = self.messages = 0

    async def open(self, policy: Mapping[str, object], *, members: int = 200, chat: int = CHAT) -> int:
        async def work(unit: Unit) -> int:
            row = await groups.ensure(unit, chat, title="07营", kind="supergroup", owner_id=LEADER, at=NOON - 90 * DAY)
            await groups.update(
                unit, row.id, admins_at=NOON - DAY, member_count=members, bot_status="administrator",
                rule_began=dict.fromkeys(RULES, NOON - 80 * DAY),
                bot_rights=frozenset({"can_delete_messages", "can_restrict_members"}),
            )  # fmt: skip
            await policies.put(unit, "group", row.id, dict(policy), LEADER, NOON)
            return row.id

        opened = await self.write(work)
        self.group = self.group or opened
        return opened

    async def write(self, work: Callable[[Unit], Awaitable[T]]) -> T:
        return await self.storage.write(work)

    async def read(self, work: Callable[[Unit], Awaitable[T]]) -> T:
        async with self.storage.reading() as unit:
            return await work(unit)

    async def row(self, unit: Unit) -> GroupRow:
        return (await groups.by_ids(unit, [self.group]))[self.group]

    def message(self, user: int, text: str, at: int, *, message_id: int = 0, **more: Any) -> Facts:
        self.updates += 1
        self.messages += 1
        given: dict[str, Any] = {"kind": "message", "chat_id": CHAT, "name": "老赵", **more}
        return Facts(self.updates, user_id=user, at=at, message_id=message_id or self.messages, text=text, **given)

    async def says(self, user: int, text: str, at: int, **more: Any) -> Verdict:
        facts = self.message(user, text, at, **more)
        return (await self.write(lambda unit: self.moderator.moderate(unit, [facts])))[0]

    async def joins(self, user: int, at: int, name: str = "新人") -> Verdict:
        self.updates += 1
        facts = Facts(self.updates, "join", CHAT, user, at, name=name)
        return (await self.write(lambda unit: self.moderator.moderate(unit, [facts])))[0]

    async def leaves(self, user: int, at: int) -> None:
        self.updates += 1
        facts = Facts(self.updates, "leave", CHAT, user, at, name="新人")
        await self.write(lambda unit: self.moderator.moderate(unit, [facts]))

    async def accepts(self, user: int, at: int) -> None:
        await self.write(lambda unit: members.update(unit, self.group, user, rules_accepted_at=at))

    async def member(self, user: int) -> MemberRow:
        return (await self.read(lambda unit: members.load(unit, [(self.group, user)])))[self.group, user]

    async def leads(self, user: int, at: int, make: Make, by: int = LEADER) -> int | None:
        """A measure of a leader, or what a member presses."""
        self.updates += 1

        async def work(unit: Unit) -> int | None:
            case = await self.moderator.case_of(unit, await self.row(unit), user, at)
            verdict = make(case, await self.moderator.policy_of(unit, await self.row(unit)))
            key = f"talk:{self.updates}"
            return await self.moderator.record(unit, case, verdict, issuer_kind="person", issuer_id=by, key=key)

        return await self.write(work)

    async def undoes(self, decision_id: int, at: int) -> int | None:
        return await self.write(lambda unit: reversing.undo(unit, self.moderator, decision_id, LEADER, at))

    async def releases(self, decision_id: int, at: int) -> bool:
        return await self.write(lambda unit: reversing.release(unit, decision_id, at))

    async def performed(self, at: int, *, but: str = "") -> None:
        """All that is pending is done at `at`; acts of the kind `but` stay pending."""

        async def work(unit: Unit) -> None:
            for row in await self.acts_of(unit):
                if row.state == "pending" and row.not_before <= at and row.kind != but:
                    result = {"message_id": 9000 + row.id} if isinstance(row.act, Say) else {}
                    await acts.settle(unit, row.id, "done", at, result=result)

        await self.write(work)

    async def acts_of(self, unit: Unit, user: int = 0) -> list[ActRow]:
        rows = await books.decided_since(unit, 0, 10_000)
        return [act for row in rows if user in (0, row.user_id) for act in await acts.of_decision(unit, row.id)]

    async def acts(self, user: int = 0) -> list[ActRow]:
        return await self.read(lambda unit: self.acts_of(unit, user))

    async def decisions(self, user: int) -> list[DecisionRow]:
        """The oldest first."""
        return (await self.read(lambda unit: books.decisions_of(unit, self.group, user, 100)))[::-1]

    async def entries(self, user: int) -> list[BookRow]:
        found = await self.read(lambda unit: books.rows(unit, {(self.group, user)}, 0))
        return sorted(row for row in found.get((self.group, user), []) if row.entry_id)

    async def standing(self, user: int, at: int) -> Standing:
        async def work(unit: Unit) -> Standing:
            return (await self.moderator.case_of(unit, await self.row(unit), user, at)).member.standing

        return await self.read(work)

    async def rings(self, at: int) -> None:
        """The calendar looks at what is due."""
        self.clock.advance(at - self.clock.now())
        await Calendar(self.storage, self.moderator, self.clock, lambda: None).work()

    async def due(self, at: int) -> list[tuple[str, int]]:
        return [(row.kind, row.due_at) for row in await self.read(lambda unit: deadlines.due(unit, at, 100))]
