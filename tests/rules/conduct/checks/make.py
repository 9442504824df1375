"""Cases for checks: a member of ten days who says something at noon."""

from dataclasses import replace
from datetime import UTC
from typing import Any

from rules.conduct.case import Case, GroupView, MemberView, Signal, TextView
from rules.conduct.facts import Facts
from rules.conduct.policy import DEFAULTS, Policy

NOON = 1_741_060_800
HOUR, DAY = 3600, 86400
PROMPT = 77

GROUP = GroupView(7, -1007, 1, "07营", UTC, "UTC", bot_joined_at=NOON - 30 * DAY, prompts=frozenset({PROMPT}))
MEMBER = MemberView(42, "老赵", joined_at=NOON - 10 * DAY, messages=50)

STRONG = Signal("earn.money", "日赚五百", severe=True)
STRONG_TOO = Signal("launder.crew", "跑分", severe=True)
WEAK = Signal("contact.handle", "@abcde", weak=True)
WEAK_TOO = Signal("offer.price", "5 元", weak=True)


def case(view: TextView | None = None, *, member: dict[str, Any] | None = None, group: dict[str, Any] | None = None,
         kind: Any = "message", **facts: Any) -> Case:  # fmt: skip
    said = Facts(1, kind, -1007, 42, NOON, 500, **{"text": "…", "name": "老赵", **facts})
    return Case(said, view or TextView(), MEMBER._replace(**(member or {})), GROUP._replace(**(group or {})))


def policy(rule: str, **values: Any) -> Policy:
    return replace(DEFAULTS, **{rule: replace(getattr(DEFAULTS, rule), **values)})


def told(finding: Any) -> dict[str, Any]:
    return dict(finding.seen)
