"""Fairness 1: reminded first, a burst is one case, no second step before the first was heard and an hour passed."""

import pytest

from rules.conduct.case import Recent
from rules.conduct.decide import decide
from rules.conduct.effects import Delete, Remove, Restrict, Say
from rules.conduct.ladder import STEPS
from rules.conduct.standing import after
from tests.rules.conduct.make import CHECKS, DAY, HOUR, MEMBER, NOON, Books, acts, case, judged, kinds, policy, says

FREE_HAND = policy(ladder={"highest": "remove"})


def test_the_first_event_of_a_rule_is_a_reminder_that_does_not_count() -> None:
    books = Books()
    verdict = books.say("insult", FREE_HAND, NOON)
    assert verdict.step == "remind"
    assert kinds(verdict) == ["violation", "reminder"]
    assert acts(verdict) == [Delete, Say]
    assert books.standing(NOON).warnings == 0


def test_a_burst_is_one_case_whose_messages_all_go() -> None:
    books = Books()
    books.say("insult", FREE_HAND, NOON)
    more = [books.say("insult", FREE_HAND, NOON + seconds, message_id=600 + seconds) for seconds in (2, 60, HOUR)]
    assert [verdict.joins_case for verdict in more] == [1, 1, 1]
    assert all(acts(verdict) == [Delete] and not verdict.entries for verdict in more)
    assert books.standing(NOON + HOUR).of("insult").events == 1


def test_the_steps_come_in_their_order_an_hour_apart() -> None:
    books = Books()
    steps = [books.say("insult", FREE_HAND, NOON + 2 * hour * HOUR).step for hour in range(4)]
    assert steps == list(STEPS)


def test_the_first_event_of_another_rule_is_a_reminder_again_and_all_warnings_count_together() -> None:
    books = Books()
    said = ["insult", "blocked_text", "insult", "blocked_text"]
    steps = [books.say(text, FREE_HAND, NOON + 2 * hour * HOUR).step for hour, text in enumerate(said)]
    assert steps == ["remind", "remind", "warn", "ask_to_leave"]


def test_no_second_step_before_the_notice_arrived() -> None:
    books = Books()
    books.write(judged("insult", FREE_HAND), NOON, delivered=False)
    assert books.say("insult", FREE_HAND, NOON + 60).joins_case == 1
    later = books.say("insult", FREE_HAND, NOON + 3 * HOUR)
    assert (later.step, kinds(later)) == ("remind", ["violation", "reminder"])


@pytest.mark.parametrize(("minutes", "step"), [(59, "delete"), (61, "warn")])
def test_the_pause_is_counted_from_the_notice(minutes: int, step: str) -> None:
    books = Books()
    books.say("insult", FREE_HAND, NOON)
    assert books.say("insult", FREE_HAND, NOON + 1 + minutes * 60).step == step


def test_the_pause_is_the_groups_own() -> None:
    books, patient = Books(), policy(ladder={"pause_minutes": 180})
    books.say("insult", patient, NOON)
    assert books.say("insult", patient, NOON + 2 * HOUR).joins_case == 1


def test_a_reminder_is_forgotten_after_its_days() -> None:
    books, short = Books(), policy(ladder={"valid_days": 3})
    books.say("insult", short, NOON)
    assert books.say("insult", short, NOON + 2 * DAY).step == "warn"
    assert Books().say("insult", short, NOON).step == "remind"
    assert books.say("insult", short, NOON + 9 * DAY).step == "remind"


@pytest.mark.parametrize("highest", STEPS)
def test_above_the_highest_step_a_leader_is_asked_and_the_act_waits(highest: str) -> None:
    books, capped = Books(), policy(ladder={"highest": highest})
    for number, step in enumerate(STEPS):
        verdict = books.say("insult", capped, NOON + 2 * number * HOUR)
        assert verdict.step == step
        if STEPS.index(step) > STEPS.index(highest):
            assert verdict.held == "leader"
            assert [card.kind for card in verdict.cards] == ["ladder"]
            assert {p.held for p in verdict.acts if not isinstance(p.act, Delete)} == {"leader"}
            # Reminders are no warnings: the third time somebody is spoken to is the second warning.
            assert dict(verdict.cards[0].words[1].params) == {"n": number}
            return
        assert not verdict.held
        told = {"ask_to_leave": ["asked"], "remove": ["removed"]}
        assert [card.kind for card in verdict.cards] == told.get(step, [])


def test_the_message_itself_does_not_wait_for_the_leader() -> None:
    verdict = judged("insult", policy(ladder={"highest": "remind", "severe_rules": ()}))
    assert not verdict.held
    books, capped = Books(), policy(ladder={"highest": "remind"})
    books.say("insult", capped, NOON)
    second = books.say("insult", capped, NOON + 2 * HOUR)
    assert [p.held for p in second.acts] == ["", "leader"]


def test_a_severe_rule_needs_no_ladder() -> None:
    verdict = judged("insult", policy(ladder={"severe_rules": ("insult",), "removal": "ban"}))
    assert verdict.step == "remove"
    assert [p.act for p in verdict.acts if isinstance(p.act, Remove)] == [Remove(user_id=42, ban=True)]


@pytest.mark.parametrize(("removal", "ban"), [("kick", False), ("ban", True)])
def test_what_removal_means_is_policy(removal: str, ban: bool) -> None:
    books, rules = Books(), policy(ladder={"highest": "remove", "removal": removal})
    for number in range(4):
        last = books.say("insult", rules, NOON + 2 * number * HOUR)
    assert Remove(user_id=42, ban=ban) in [p.act for p in last.acts]


def test_who_is_asked_to_leave_may_only_read_and_has_three_ways() -> None:
    books, rules = Books(), policy(ladder={"highest": "ask_to_leave"})
    for number in range(3):
        asked = books.say("insult", rules, NOON + 2 * number * HOUR)
    assert Restrict(user_id=42) in [p.act for p in asked.acts]
    pressed = [button.action for row in says(asked.acts)[-1].buttons for button in row]
    assert pressed == ["notice.show", "leave.stay", "appeal.open", "leave.go"]
    assert all(b.user_id == 42 for row in says(asked.acts)[-1].buttons for b in row)
    standing = books.standing(NOON + 5 * HOUR)
    assert (standing.read_only_for, standing.warnings, standing.asked) == ("ask_to_leave", 2, 1)
    assert [d.kind for d in asked.deadlines] == ["leave_unanswered"]


def test_a_burst_that_waits_for_a_leader_asks_once() -> None:
    books, rules = Books(), policy(ladder={"highest": "remind"})
    books.say("insult", rules, NOON)
    at = NOON + 2 * HOUR
    first = judged("insult", rules, at=at, standing=books.standing(at))
    waiting = after(books.standing(at), first, 9, at)
    second = judged("insult", rules, at=at + 5, standing=waiting)
    assert (second.joins_case, second.held, second.cards) == (9, "leader", ())


def test_the_rest_of_an_album_goes_like_the_part_that_was_judged() -> None:  # fairness 8
    books, low = Books(), policy(ladder={"highest": "remind"})
    books.say("insult", low, NOON)
    at = NOON + 2 * HOUR
    judged_one = books.say("insult", low, at, album_id="a", message_id=501)
    assert [p.held for p in judged_one.acts] == ["", "leader"]
    part = MEMBER._replace(standing=books.standing(at), recent=(Recent(501, at, 0, "a"),))
    rest = decide(case("", member=part, at=at, album_id="a", message_id=502), low, CHECKS)
    assert (rest.rule, rest.joins_case, rest.set_aside) == ("insult", 2, True)
    assert [(type(p.act), p.held) for p in rest.acts] == [(Delete, "")]


def test_where_the_judged_part_of_an_album_stays_the_rest_stays_too() -> None:  # fairness 8
    books, kept = Books(), policy(insult={"mode": "enforce", "delete": False})
    judged_one = books.say("insult", kept, NOON, album_id="a", message_id=501)
    assert acts(judged_one) == [Say]
    part = MEMBER._replace(standing=books.standing(NOON), recent=(Recent(501, NOON, 0, "a"),))
    assert not decide(case("", member=part, at=NOON, album_id="a", message_id=502), kept, CHECKS).stands
