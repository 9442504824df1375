"""What leaders do by hand, what members answer, and what follows when nobody answers (R08–R10, fairness 4)."""

from collections.abc import Callable

import pytest

from rules.conduct import measures
from rules.conduct.case import Case
from rules.conduct.due import due
from rules.conduct.effects import BanSender, Delete, Free, Readmit, Remove, Restrict, Say, UnbanSender
from rules.conduct.verdict import NOTHING, Verdict
from tests.rules.conduct.make import DAY, HOUR, MEMBER, NOON, Books, acts, case, kinds, policy, says

ON = policy()
FREE_HAND = policy(ladder={"highest": "remove"})


def test_a_leaders_warning_counts_at_once() -> None:
    books = Books()
    verdict = measures.warn(books.case(NOON), ON, "跑题了", "苏禾")
    books.write(verdict, NOON)
    assert (verdict.step, kinds(verdict), verdict.entries[0].note) == ("warn", ["warning"], "跑题了")
    assert books.standing(NOON).warnings == 1


def test_warnings_by_hand_and_by_rule_stand_on_one_ladder() -> None:
    books = Books()
    books.write(measures.warn(books.case(NOON), FREE_HAND, "", "苏禾"), NOON)
    books.say("insult", FREE_HAND, NOON + HOUR)
    assert books.say("insult", FREE_HAND, NOON + 3 * HOUR).step == "ask_to_leave"


def test_the_second_warning_asks_leaders_whether_to_go_further() -> None:
    books = Books()
    books.write(measures.warn(books.case(NOON), ON, "", "苏禾"), NOON)
    second = measures.warn(books.case(NOON + HOUR), ON, "", "苏禾")
    assert second.step == "warn"
    assert [b.action for row in second.cards[0].buttons for b in row] == ["ladder.ask_to_leave", "case.not_now"]


def test_a_leaders_yes_asks_to_leave_without_touching_a_message() -> None:
    verdict = measures.ask_to_leave(case("你好"), ON)
    assert acts(verdict) == [Say, Restrict]
    assert kinds(verdict) == ["warning", "ask_to_leave", "read_only"]


@pytest.mark.parametrize(("seconds", "stays"), [(-5, 60), (20, 60), (600, 600), (400 * DAY, 365 * DAY)])
def test_a_mute_never_becomes_one_for_ever(seconds: int, stays: int) -> None:  # A6
    verdict = measures.mute(case(""), ON, seconds, "")
    assert verdict.acts[0].act == Restrict(user_id=42, until=NOON + stays)
    assert verdict.entries[0].until == NOON + stays


def test_unmuting_frees_from_whatever_it_was() -> None:
    books = Books()
    books.write(measures.ask_to_leave(books.case(NOON), ON), NOON)
    books.write(measures.mute(books.case(NOON + 1), ON, 600, ""), NOON + 1)
    verdict = measures.unmute(books.case(NOON + 2), ON)
    books.write(verdict, NOON + 2)
    assert verdict.acts[0].act == Free(user_id=42)
    standing = books.standing(NOON + 3)
    assert (standing.read_only, standing.muted_until, standing.asked_to_leave_at) == ((), None, None)


@pytest.mark.parametrize("ban", [True, False])
def test_removing_takes_the_message_along_and_readmitting_opens_the_door(ban: bool) -> None:
    verdict = measures.remove(case("广告"), ON, ban, "")
    assert [p.act for p in verdict.acts] == [Delete(message_ids=(500,)), Remove(user_id=42, ban=ban)]
    assert acts(measures.readmit(case(""), ON)) == [Readmit]


def test_a_channel_is_banned_as_a_sender_and_let_in_again_as_one() -> None:
    channel = case("", sender="channel", sender_chat_id=-100555, message_id=0)
    assert [p.act for p in measures.remove(channel, ON, True, "").acts] == [BanSender(sender_chat_id=-100555)]
    assert [p.act for p in measures.readmit(channel, ON).acts] == [UnbanSender(sender_chat_id=-100555)]


PERSONAL: list[Callable[[Case], Verdict]] = [
    lambda c: measures.warn(c, ON, "", "苏禾"),
    lambda c: measures.mute(c, ON, 600, ""),
    lambda c: measures.unmute(c, ON),
    lambda c: measures.ask_to_leave(c, ON),
    lambda c: measures.open_fine(c, ON, ""),
]


@pytest.mark.parametrize("measure", PERSONAL)
def test_nobody_can_measure_whom_telegram_protects_nor_a_channel_as_a_person(
    measure: Callable[[Case], Verdict],
) -> None:  # A3
    assert measure(case("", member=MEMBER._replace(status="administrator"))) == NOTHING
    assert measure(case("", sender="anonymous_admin")) == NOTHING
    assert measure(case("", sender="channel", sender_chat_id=-100555)) == NOTHING
    assert measures.remove(case("", member=MEMBER._replace(status="creator")), ON, True, "") == NOTHING


def test_a_leader_may_measure_who_only_has_a_role_of_the_bot() -> None:
    helper = MEMBER._replace(roles=frozenset(["carer"]))
    assert measures.warn(case("", member=helper), ON, "", "苏禾").stands


def asked() -> Books:
    books = Books()
    books.write(measures.ask_to_leave(books.case(NOON), ON), NOON)
    return books


def test_who_stays_may_write_again_and_is_not_asked_twice() -> None:
    books = asked()
    verdict = measures.stay(books.case(NOON + HOUR), ON)
    books.write(verdict, NOON + HOUR)
    assert acts(verdict) == [Free]
    assert measures.stay(books.case(NOON + HOUR), ON) == NOTHING
    books.say("insult", FREE_HAND, NOON + 2 * HOUR)
    assert books.say("insult", FREE_HAND, NOON + 4 * HOUR).step == "remove"


def test_who_leaves_may_come_back() -> None:
    verdict = measures.leave(asked().case(NOON + HOUR), ON)
    assert [p.act for p in verdict.acts] == [Remove(user_id=42, ban=False)]


def test_no_answer_is_acted_on_only_where_the_person_was_here() -> None:  # fairness 4
    at = NOON + DAY + 60
    here = due(asked().case(at, MEMBER._replace(last_seen=NOON + HOUR)), "leave_unanswered", 1, FREE_HAND)
    assert (here.step, Remove in acts(here)) == ("remove", True)
    away = due(asked().case(at, MEMBER._replace(last_seen=NOON)), "leave_unanswered", 1, FREE_HAND)
    assert (away.acts, away.entries, [c.kind for c in away.cards]) == ((), (), ["unanswered"])


def test_without_a_free_hand_a_leader_decides_about_silence() -> None:
    verdict = due(asked().case(NOON + DAY + 60), "leave_unanswered", 1, ON)
    assert (verdict.acts, [card.kind for card in verdict.cards]) == ((), ["unanswered"])


def test_a_question_that_was_let_go_late_has_its_whole_time() -> None:
    verdict = due(asked().case(NOON + 5 * HOUR), "leave_unanswered", 1, FREE_HAND)
    assert (verdict.acts, [d.due_at for d in verdict.deadlines]) == ((), [NOON + 1 + DAY])


def test_a_deadline_of_a_matter_that_is_over_does_nothing() -> None:
    for kind in ("fine_due", "nickname_remind", "nickname_due", "leave_unanswered", "mute_over", "pass_over"):
        assert due(case(""), kind, 1, FREE_HAND) == NOTHING


def test_who_became_an_admin_meanwhile_is_left_alone() -> None:
    admin = MEMBER._replace(status="administrator")
    assert due(asked().case(NOON + 2 * DAY, admin), "leave_unanswered", 1, FREE_HAND) == NOTHING


def test_a_pardon_ends_an_open_question() -> None:
    books = asked()
    verdict = measures.pardon(books.case(NOON + HOUR), ON, reason="谈过了")
    books.write(verdict, NOON + HOUR)
    assert Free in acts(verdict)
    standing = books.standing(NOON + HOUR)
    assert (standing.warnings, standing.asked, standing.read_only) == (0, 0, ())


def test_accepting_the_rules_is_written_down() -> None:
    assert kinds(measures.accept_rules(case(""), ON)) == ["rules_accepted"]


def test_a_leaders_delete_keeps_the_text_for_an_undo() -> None:
    verdict = measures.delete_message(case("你好"), ON)
    assert (acts(verdict), verdict.set_aside, verdict.entries) == ([Delete], True, ())


def test_in_the_group_only_a_line_shows_and_the_rest_is_for_one_pair_of_eyes() -> None:
    (line,) = says(measures.warn(case(""), ON, "跑题了", "苏禾").acts)
    assert [phrase.key for phrase in line.words] == ["conduct.line"]
    assert [phrase.key for phrase in line.alert] == ["conduct.rule_reason_from", "conduct.short_warn"]
    assert line.buttons[0][0].action == "notice.show"
    assert line.delete_after == 3600
