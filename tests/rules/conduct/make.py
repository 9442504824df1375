"""Cases, policies and checks for tests: a rule is hit by a message that contains its name."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any
from zoneinfo import ZoneInfo

from rules.conduct.case import Case, GroupView, MemberView, TextView
from rules.conduct.checks import Checks
from rules.conduct.decide import CONSEQUENCES, decide
from rules.conduct.effects import DAY, HOUR, Act, Entry, Planned, Say
from rules.conduct.facts import Facts
from rules.conduct.findings import Finding
from rules.conduct.policy import DEFAULTS, Policy
from rules.conduct.standing import WAITING, BookRow, Standing, after, rows_of, sum_up
from rules.conduct.verdict import Verdict

SHANGHAI = ZoneInfo("Asia/Shanghai")
NOON = 1_741_060_800  # 2025-03-04 12:00 in Shanghai
RULES = tuple(CONSEQUENCES)


def check_of(rule: str) -> Callable[[Case, Policy], Finding]:
    def check(case: Case, policy: Policy) -> Finding:
        return Finding(rule, rule in case.facts.text, (("text", case.facts.text),))

    return check


CHECKS: Checks = tuple((rule, check_of(rule)) for rule in RULES)


def policy(mode: str = "enforce", **changes: dict[str, Any]) -> Policy:
    """All rules in `mode`; `changes` by section: `ladder={"highest": "remove"}`."""
    sections: dict[str, dict[str, Any]] = {rule: {"mode": mode} for rule in RULES}
    for section, values in changes.items():
        sections[section] = {**sections.get(section, {}), **values}
    return replace(DEFAULTS, **{name: replace(getattr(DEFAULTS, name), **values) for name, values in sections.items()})


GROUP = GroupView(7, -1007, 1, "07营", SHANGHAI, "Asia/Shanghai", member_count=200, bot_joined_at=NOON - 30 * DAY)
MEMBER = MemberView(
    42, "老赵", joined_at=NOON - DAY, first_seen=NOON - DAY, last_seen=NOON, messages=3, rules_accepted_at=NOON - DAY
)


def case(text: str = "你好", *, at: int = NOON, member: MemberView = MEMBER, **facts: Any) -> Case:
    said: dict[str, Any] = {"message_id": 500, "kind": "message", "name": member.name, **facts}
    return Case(
        Facts(1, chat_id=-1007, user_id=member.user_id, at=at, text=text, **said), TextView(), member, GROUP
    )  # fmt: skip


def judged(text: str, rules: Policy, *, at: int = NOON, standing: Standing | None = None, **facts: Any) -> Verdict:
    member = MEMBER if standing is None else MEMBER._replace(standing=standing)
    return decide(case(text, at=at, member=member, **facts), rules, CHECKS)


class Books:
    """The books of one member, told through verdicts; notices arrive a second later."""

    def __init__(self) -> None:
        self.rows: list[BookRow] = []
        self.decisions = 0

    def write(self, verdict: Verdict, at: int, delivered: bool = True) -> int:
        self.decisions += 1
        for row in rows_of(verdict, self.decisions, at) if not verdict.held and not verdict.joins_case else ():
            arrived = at + 1 if delivered and row.noticed else None
            self.rows.append(row._replace(entry_id=len(self.rows) + 1, notice_at=arrived))
        if verdict.held in WAITING and not verdict.joins_case:
            self.rows.append(BookRow(0, self.decisions, WAITING[verdict.held], verdict.rule, at))
        return self.decisions

    def standing(self, now: int) -> Standing:
        return sum_up(self.rows, now)

    def say(self, text: str, rules: Policy, at: int, member: MemberView = MEMBER, **facts: Any) -> Verdict:
        verdict = decide(case(text, at=at, member=member._replace(standing=self.standing(at)), **facts), rules, CHECKS)
        if verdict.stands:
            self.write(verdict, at)
        return verdict

    def passes(self, at: int, until: int) -> None:
        """A red packet was announced beforehand."""
        self.write(Verdict(rule="ad_without_red_packet", entries=(Entry("pass_granted", until=until),)), at)

    def case(self, at: int, member: MemberView = MEMBER, **facts: Any) -> Case:
        """A case without a message."""
        return case("", at=at, member=member._replace(standing=self.standing(at)), message_id=0, **facts)


def kinds(verdict: Verdict) -> list[str]:
    return [entry.kind for entry in verdict.entries]


def acts(verdict: Verdict) -> list[type[Act]]:
    return [type(planned.act) for planned in verdict.acts]


def says(planned: Iterable[Planned]) -> list[Say]:
    return [p.act for p in planned if isinstance(p.act, Say)]


__all__ = ["CHECKS", "DAY", "GROUP", "HOUR", "MEMBER", "NOON", "RULES", "Books", "acts", "after", "case", "judged"]
