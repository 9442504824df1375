"""Ads: newer members who accepted the rules make them up, for all others a leader looks first (fairness 2, R04–R06)."""

from typing import Any

import pytest

from rules.conduct import fines, measures
from rules.conduct.case import MemberView, Recent
from rules.conduct.decide import decide
from rules.conduct.due import due
from rules.conduct.effects import Delete, Repost, Restrict, Say
from rules.conduct.facts import Entity, Media
from rules.conduct.standing import after
from tests.rules.conduct.make import CHECKS, DAY, GROUP, HOUR, MEMBER, NOON, Books, acts, case, kinds, policy, says

AD = "ad_without_red_packet"
FINES = policy(ad_without_red_packet={"fines": True}, ladder={"highest": "ask_to_leave"})


class Aside:
    text = "面膜特价"
    entities: tuple[Entity, ...] = ()
    media: tuple[Media, ...] = (Media("photo", "file"),)
    thread = 3


def test_a_newer_member_who_accepted_the_rules_is_asked_to_make_it_up() -> None:  # R06
    verdict = Books().say(AD, FINES, NOON)
    assert verdict.step == "fine"
    assert kinds(verdict) == ["violation", "reminder", "fine_opened"]
    fine = verdict.entries[-1]
    assert (fine.amount, fine.shares, fine.unit, fine.due_at) == (200, 100, "CNY", NOON + DAY)
    assert acts(verdict) == [Delete, Say]
    assert verdict.set_aside
    assert [(d.kind, d.due_at) for d in verdict.deadlines] == [("fine_due", NOON + DAY)]


def test_member_and_leader_find_their_buttons_under_the_notice() -> None:
    notice = says(Books().say(AD, FINES, NOON).acts)[0]
    assert [(b.action, b.audience) for row in notice.buttons for b in row] == [
        ("fine.withdraw", "member"),
        ("fine.paid", "leaders"),
        ("appeal.open", "member"),
    ]
    assert not notice.to_user
    assert notice.delete_after == DAY


OLDER: list[MemberView] = [
    MEMBER._replace(joined_at=None),
    MEMBER._replace(joined_at=NOON - 8 * DAY),
    MEMBER._replace(messages=11),
    MEMBER._replace(rules_accepted_at=None),
]


@pytest.mark.parametrize("member", OLDER, ids=["before the bot", "8 days", "11 messages", "rules not read"])
def test_for_all_others_the_ad_stays_until_a_leader_has_looked(member: MemberView) -> None:
    verdict = Books().say(AD, FINES, NOON, member)
    assert (verdict.step, verdict.held, verdict.entries) == ("hold", "leader", ())
    assert [(type(p.act), p.held) for p in verdict.acts] == [(Delete, "leader")]
    agreed = "case.fine" if member.rules_accepted_at is not None else "case.ad"
    assert [b.action for row in verdict.cards[0].buttons for b in row] == [agreed, "case.release", "case.ok"]
    assert verdict.set_aside


def test_who_was_here_before_the_rule_is_not_fined() -> None:
    began = GROUP._replace(rule_began={AD: NOON - HOUR})
    verdict = decide(case(AD)._replace(group=began), FINES, CHECKS)
    assert verdict.held == "leader"


def test_without_fines_in_the_policy_a_leader_looks() -> None:
    assert Books().say(AD, policy(), NOON).held == "leader"


def test_further_ads_in_the_same_breath_join_the_question() -> None:
    old = MEMBER._replace(joined_at=None)
    first = decide(case(AD, member=old), FINES, CHECKS)
    waiting = old._replace(standing=after(old.standing, first, 9, NOON))
    second = decide(case(AD, member=waiting, at=NOON + 9, message_id=501), FINES, CHECKS)
    assert (second.joins_case, second.held, second.cards, acts(second)) == (9, "leader", (), [Delete])
    assert second.acts[0].held == "leader"


def test_a_pass_covers_the_next_ad_and_only_that() -> None:  # R04
    books = Books()
    books.passes(NOON, NOON + DAY)
    covered = books.say(AD, FINES, NOON)
    assert (kinds(covered), covered.acts, covered.cards) == (["pass_used"], (), ())
    assert books.say(AD, FINES, NOON + HOUR, message_id=501).step == "fine"


def test_an_ad_that_a_pass_covers_may_be_edited() -> None:  # R04
    books = Books()
    books.passes(NOON, NOON + DAY)
    books.say(AD, FINES, NOON, message_id=50)
    assert not books.say(AD + "!", FINES, NOON + 2 * DAY, kind="edit", message_id=50).stands
    assert books.say(AD, FINES, NOON + 2 * DAY, kind="edit", message_id=51).step == "fine"


def test_after_a_fine_was_settled_the_next_ad_is_a_case_of_its_own() -> None:  # R06
    books = Books()
    books.say(AD, FINES, NOON)
    case_now = books.case(NOON + 300)
    books.write(fines.paid(case_now, FINES, case_now.member.standing.open_fines[0].fine_id, None), NOON + 300)
    further = books.say(AD, FINES, NOON + 1800, message_id=501)
    assert (further.step, further.joins_case) == ("fine", 0)


def test_a_pass_ends_and_a_later_pass_is_another_one() -> None:
    books = Books()
    books.passes(NOON - DAY, NOON)
    assert books.say(AD, FINES, NOON).step == "fine"
    books.passes(NOON + HOUR, NOON + 3 * DAY)
    assert kinds(books.say(AD, FINES, NOON + 2 * HOUR, message_id=501)) == ["pass_used"]
    books.passes(NOON + 2 * HOUR, NOON + 4 * DAY)
    assert kinds(books.say(AD, FINES, NOON + 3 * HOUR, message_id=502)) == ["pass_used"]


def test_a_granted_pass_ends_after_its_hours() -> None:
    verdict = measures.grant_pass(case(""), FINES)
    assert [(e.kind, e.until) for e in verdict.entries] == [("pass_granted", NOON + DAY)]


def test_an_ad_that_is_edited_in_is_judged_as_well() -> None:
    assert Books().say(AD, FINES, NOON, kind="edit").step == "fine"


def test_an_album_goes_as_one_message() -> None:  # fairness 8
    verdict = Books()
    verdict.say(AD, FINES, NOON, album_id="a", message_id=500)
    part = MEMBER._replace(standing=verdict.standing(NOON), recent=(Recent(500, NOON, 0, "a"),))
    rest = decide(case("", member=part, album_id="a", message_id=501), FINES, CHECKS)
    assert (rest.joins_case, acts(rest)) == (1, [Delete])
    other = decide(case("", member=part, album_id="b", message_id=502), FINES, CHECKS)
    assert not other.stands


def test_the_rest_of_a_held_album_waits_with_it() -> None:
    old = MEMBER._replace(joined_at=None)
    first = decide(case(AD, member=old, album_id="a"), FINES, CHECKS)
    waiting = old._replace(standing=after(old.standing, first, 9, NOON), recent=(Recent(500, NOON, 0, "a"),))
    rest = decide(case("", member=waiting, album_id="a", message_id=501), FINES, CHECKS)
    assert (rest.joins_case, rest.held, rest.acts[0].held) == (9, "leader", "leader")


def opened(at: int = NOON) -> Books:
    books = Books()
    books.say(AD, FINES, at)
    return books


def fine_id(books: Books, now: int) -> int:
    return books.standing(now).open_fines[0].fine_id


def test_a_packet_in_time_brings_the_ad_back_under_its_label_and_costs_nothing() -> None:  # R18
    books, at = opened(), NOON + 2 * HOUR
    verdict = fines.paid(books.case(at), FINES, fine_id(books, at), Aside())
    books.write(verdict, at)
    (repost,) = [p.act for p in verdict.acts if isinstance(p.act, Repost)]
    assert (repost.text, repost.media, repost.thread, repost.author.user_id) == (Aside.text, Aside.media, 3, 42)
    assert verdict.cancels == 1
    standing = books.standing(NOON + 2 * DAY)
    assert (standing.open_fines, standing.warnings, standing.fines_total) == ((), 0, 1)
    assert not due(books.case(NOON + 2 * DAY), "fine_due", 1, FINES).stands


@pytest.mark.parametrize("settle", [fines.withdrawn, fines.waived])
def test_withdrawn_or_waived_it_is_settled_once(settle: Any) -> None:
    books, at = opened(), NOON + HOUR
    number = fine_id(books, at)
    books.write(settle(books.case(at), FINES, number), at)
    assert books.standing(at).open_fines == ()
    assert not settle(books.case(at), FINES, number).stands
    assert not fines.paid(books.case(at), FINES, number, None).stands


def test_unpaid_in_time_it_is_a_warning() -> None:
    books, at = opened(), NOON + DAY + 1
    verdict = due(books.case(at), "fine_due", 1, FINES)
    books.write(verdict, at)
    assert (verdict.step, kinds(verdict)) == ("warn", ["fine_overdue", "warning"])
    assert books.standing(at).open_fines[0].overdue
    assert not due(books.case(at + 1), "fine_due", 1, FINES).stands


def test_whoever_was_never_told_is_told_and_has_the_whole_time() -> None:
    books = Books()
    books.write(decide(case(AD), FINES, CHECKS), NOON, delivered=False)
    verdict = due(books.case(NOON + DAY), "fine_due", 1, FINES)
    assert (kinds(verdict), acts(verdict)) == ([], [Say])
    assert [d.due_at for d in verdict.deadlines] == [NOON + 2 * DAY]


def test_a_further_ad_while_one_is_overdue_is_made_up_for_and_warned_at_once() -> None:  # storyline D9
    books = opened()
    books.write(due(books.case(NOON + DAY + 1), "fine_due", 1, FINES), NOON + DAY + 1)
    third = books.say(AD, FINES, NOON + DAY + 4 * HOUR)
    assert kinds(third) == ["violation", "fine_opened", "warning", "ask_to_leave", "read_only"]
    assert Restrict in acts(third)
    standing = books.standing(NOON + 2 * DAY)
    assert (standing.warnings, standing.fines_total, len(standing.open_fines)) == (2, 2, 2)


def test_a_second_ad_after_a_settled_one_is_no_warning() -> None:
    books = opened()
    books.write(fines.withdrawn(books.case(NOON + HOUR), FINES, fine_id(books, NOON)), NOON + HOUR)
    again = books.say(AD, FINES, NOON + 3 * HOUR)
    assert kinds(again) == ["violation", "fine_opened"]


def test_removal_voids_what_is_open() -> None:
    books = opened()
    verdict = measures.remove(books.case(NOON + HOUR), FINES, True, "")
    assert kinds(verdict) == ["removal", "fine_void"]
    books.write(verdict, NOON + HOUR)
    assert books.standing(NOON + HOUR).open_fines == ()


def test_a_leader_opens_a_fine_for_an_ad_that_was_held() -> None:
    old = MEMBER._replace(joined_at=None)
    verdict = measures.open_fine(case(AD, member=old), FINES, "广告请带红包")
    assert (verdict.step, acts(verdict), verdict.set_aside) == ("fine", [Delete, Say], True)
    assert verdict.entries[-1].note == "广告请带红包"
