"""The gate holds newcomers back from writing, once, by the group's choice, and one press opens it."""

from typing import Any

import pytest

from rules.conduct import gate, measures
from rules.conduct.case import Case
from rules.conduct.effects import Free, Restrict
from rules.conduct.verdict import NOTHING
from tests.rules.conduct.make import GROUP, HOUR, MEMBER, NOON, Books, case, kinds, policy

ON = policy("off", gate={"enabled": True, "hours": 12})
NEW = MEMBER._replace(rules_accepted_at=None)


def joins(member: Any = NEW, **group: Any) -> Case:
    made = case("", kind="join", member=member, message_id=0)
    return made._replace(group=GROUP._replace(**group))


def test_whoever_joins_may_only_read_and_is_looked_at_again_when_the_time_is_over() -> None:
    verdict = gate.closed(joins(), ON)
    assert [p.act for p in verdict.acts] == [Restrict(user_id=42)]
    assert verdict.acts[0].expires_at == NOON + HOUR
    assert kinds(verdict) == ["read_only"]
    assert [(d.kind, d.due_at) for d in verdict.deadlines] == [("gate_unanswered", NOON + 12 * HOUR)]


@pytest.mark.parametrize(
    "made",
    [
        joins(MEMBER),
        joins(NEW._replace(status="administrator")),
        joins(NEW._replace(roles=frozenset(["carer"]))),
        joins(kind="group"),
        case("", kind="join", member=NEW, sender="channel"),
    ],
    ids=["accepted before", "admin", "helper", "no supergroup", "channel"],
)
def test_nobody_else_is_held_back(made: Case) -> None:
    assert gate.closed(made, ON) == NOTHING


def test_without_the_groups_choice_there_is_no_gate() -> None:
    assert gate.closed(joins(), policy("off")) == NOTHING


def waiting() -> Books:
    books = Books()
    books.write(gate.closed(joins(), ON), NOON)
    return books


def test_one_press_opens_it() -> None:
    books = waiting()
    verdict = gate.opened(books.case(NOON + 60))
    books.write(verdict, NOON + 60)
    assert [p.act for p in verdict.acts] == [Free(user_id=42)]
    assert books.standing(NOON + 60).read_only == ()
    assert gate.opened(books.case(NOON + 61)) == NOTHING


def test_what_else_keeps_somebody_silent_stays() -> None:
    books = waiting()
    books.write(measures.mute(books.case(NOON + 5), ON, 600, ""), NOON + 5)
    assert [p.act for p in gate.opened(books.case(NOON + 60)).acts] == [Restrict(user_id=42, until=NOON + 605)]


def test_leaders_see_the_first_names_and_how_many_wait() -> None:
    (phrase,) = gate.said(tuple(f"n{i}" for i in range(30)), 12)
    params = dict(phrase.params)
    assert (params["n"], params["hours"]) == (30, 12)
    assert "n19" in str(params)
    assert "n20" not in str(params)
    assert [(b.action, b.audience, b.ref) for row in gate.buttons(4) for b in row] == [
        ("gate.free", "leaders", 4),
        ("gate.keep", "leaders", 4),
    ]
