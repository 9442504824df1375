"""No step above a warning before the last one was heard and answered; nobody is silenced unheard (fairness 1)."""

from rules.conduct import measures
from rules.conduct.effects import HOUR, Restrict, Say
from rules.conduct.verdict import Verdict
from tests.rules.conduct.make import DAY, NOON, Books, acts, judged, kinds, policy

HIGH = policy(ladder={"highest": "remove"})
LATER = NOON + 2 * HOUR


def reminded_of_both() -> Books:
    books = Books()
    books.say("insult", HIGH, NOON)
    books.say("blocked_text", HIGH, NOON + 1)
    return books


def test_a_second_rule_goes_no_step_further_a_second_after_a_warning() -> None:
    books = reminded_of_both()
    warned = books.say("insult", HIGH, LATER)
    assert (warned.step, books.decisions) == ("warn", 3)
    at_once = books.say("blocked_text", HIGH, LATER + 2, message_id=501)
    assert (at_once.step, at_once.joins_case, at_once.entries) == ("delete", 3, ())
    assert books.say("blocked_text", HIGH, LATER + 2 * HOUR, message_id=502).step == "ask_to_leave"


def test_a_warning_that_never_arrived_is_given_again() -> None:
    books = reminded_of_both()
    unheard = judged("insult", HIGH, at=LATER, standing=books.standing(LATER))
    books.write(unheard, LATER, delivered=False)
    assert books.say("blocked_text", HIGH, LATER + 2 * HOUR, message_id=501).step == "warn"


def test_a_leader_may_go_on_at_once() -> None:
    books = reminded_of_both()
    books.say("insult", HIGH, LATER)
    assert measures.warn(books.case(LATER + 5), HIGH, "", "苏禾").step == "ask_to_leave"


def test_nobody_is_silenced_who_was_not_told_nor_long_after_the_event() -> None:
    books = reminded_of_both()
    books.say("insult", HIGH, LATER)
    asked: Verdict = books.say("blocked_text", HIGH, LATER + 2 * HOUR, message_id=502)
    notice = next(place for place, plan in enumerate(asked.acts) if isinstance(plan.act, Say))
    silence = next(plan for plan in asked.acts if isinstance(plan.act, Restrict))
    assert silence.after == notice
    assert silence.expires_at == asked.acts[notice].expires_at <= LATER + 3 * HOUR


def test_who_was_never_told_is_not_read_only_in_the_books_either() -> None:
    books = Books()
    books.write(measures.ask_to_leave(books.case(NOON), HIGH), NOON, delivered=False)
    assert books.standing(NOON + 60).read_only == ("ask_to_leave",)
    assert books.standing(NOON + HOUR).read_only == ()
    assert books.standing(NOON + HOUR).asked_to_leave_at == NOON


def test_words_said_once_are_one_event_however_often_they_are_edited() -> None:
    keeps = policy(insult={"delete": False})
    books = Books()
    books.say("insult", keeps, NOON, message_id=50)
    again = books.say("insult!", keeps, NOON + 2 * HOUR, kind="edit", message_id=50)
    assert (again.joins_case, again.entries, again.acts) == (1, (), ())
    assert books.say("insult", keeps, NOON + 4 * HOUR, message_id=51).step == "warn"


def test_a_message_that_goes_while_a_leader_is_asked_is_kept_for_its_author() -> None:  # fairness 11
    low = policy(ladder={"highest": "remind"})
    books = Books()
    books.say("insult", low, NOON)
    held = books.say("insult", low, NOON + 2 * HOUR, message_id=501)
    assert (held.held, held.set_aside, [p.held for p in held.acts]) == ("leader", True, ["", "leader"])
    assert kinds(held) == ["violation", "warning"]
    assert acts(held)[-1] is Say


def test_a_year_changes_nothing_about_what_has_no_end() -> None:
    books = Books()
    books.write(measures.ask_to_leave(books.case(NOON), HIGH), NOON)
    assert books.standing(NOON + 400 * DAY).read_only == ("ask_to_leave",)
