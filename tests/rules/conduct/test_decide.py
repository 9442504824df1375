"""One place decides: the same way each time, never against the protected, and observing does nothing."""

from itertools import permutations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.conduct.case import Case
from rules.conduct.checks import Check
from rules.conduct.decide import combine, decide, verdicts
from rules.conduct.effects import HOUR, BanSender, Delete, Free, Readmit, Remove, Restrict, Say, SetTag, inverse
from rules.conduct.facts import Facts
from rules.conduct.findings import Finding
from rules.conduct.policy import Policy
from rules.conduct.replay import Difference, Summary, replay, summary
from rules.conduct.verdict import NOTHING, Verdict
from tests.rules.conduct.make import CHECKS, DAY, GROUP, MEMBER, NOON, RULES, Books, acts, case, kinds, policy
from tests.rules.conduct.strategies import cases, policies

FREE_HAND = policy(ladder={"highest": "remove"})
PROTECTED: list[dict[str, Any]] = [
    {"sender": "anonymous_admin"},
    {"sender": "linked_channel"},
    {"sender": "bot"},
    {"sender": "self"},
    {"sender": "telegram"},
    {"is_bot": True},
]


@pytest.mark.parametrize("facts", PROTECTED, ids=str)
def test_telegrams_own_senders_are_never_measured(facts: dict[str, Any]) -> None:  # A3
    for rule in RULES:
        assert decide(case(rule, **facts), FREE_HAND, CHECKS) == NOTHING


@pytest.mark.parametrize("status", ["creator", "administrator"])
def test_admins_are_never_measured(status: str) -> None:
    assert decide(case("insult", member=MEMBER._replace(status=status)), FREE_HAND, CHECKS) == NOTHING


def test_holders_of_a_role_are_never_measured_by_a_rule() -> None:  # fairness 12
    helper = MEMBER._replace(roles=frozenset(["homework_officer"]))
    assert decide(case("scam_newcomer", member=helper), FREE_HAND, CHECKS) == NOTHING


def test_whom_the_policy_exempts_is_never_measured() -> None:
    assert decide(case("insult"), policy(exempt={"user_ids": (42,)}), CHECKS) == NOTHING


@given(cases(protected=True), policies())
def test_no_act_ever_against_somebody_protected(judged: Case, rules: Policy) -> None:
    assert decide(judged, rules, CHECKS) == NOTHING


@given(cases(), policies())
def test_the_same_case_gives_the_same_verdict(judged: Case, rules: Policy) -> None:
    assert decide(judged, rules, CHECKS) == decide(judged, rules, CHECKS)


@given(cases(), policies(), st.permutations(CHECKS))
def test_the_order_of_checks_does_not_matter(judged: Case, rules: Policy, checks: list[tuple[str, Check]]) -> None:
    usual = decide(judged, rules, CHECKS)
    other = decide(judged, rules, tuple(checks))
    assert other._replace(findings=()) == usual._replace(findings=())
    assert sorted(other.findings) == sorted(usual.findings)


@given(cases(), policies())
def test_combining_twice_changes_nothing(judged: Case, rules: Policy) -> None:
    hits = [Finding(rule, True) for rule in RULES]
    each = verdicts(judged, rules, hits)
    together = combine(each)
    assert combine([together, together]) == together
    assert combine([*each, together]) == together
    assert all(combine(some) == combine(reversed(some)) for some in permutations(each, 2))


@given(cases(), policies(mode="observe"))
def test_observing_does_nothing(judged: Case, rules: Policy) -> None:
    verdict = decide(judged, rules, CHECKS)
    assert all(planned.simulated and not planned.held for planned in verdict.acts)
    assert not verdict.deadlines
    assert not verdict.held
    assert all(entry.kind in ("observed", "nickname_settled", "freed") for entry in verdict.entries)


@given(cases(), policies())
def test_every_restriction_and_removal_can_be_taken_back(judged: Case, rules: Policy) -> None:
    for planned in decide(judged, rules, CHECKS).acts:
        match planned.act:
            case Restrict(user_id=user):
                assert inverse(planned.act) == Free(user_id=user)
            case Remove(user_id=user):
                assert inverse(planned.act) == Readmit(user_id=user)
            case _:
                assert isinstance(planned.act, Delete | Say | Free)


@given(cases(sender="channel"), policies())
def test_a_channel_is_never_measured_by_a_user_id(judged: Case, rules: Policy) -> None:
    verdict = decide(judged, rules, CHECKS)
    assert all(isinstance(planned.act, Delete) for planned in verdict.acts)
    assert not any(isinstance(p.act, Restrict | Remove | Free | SetTag | BanSender) for p in verdict.acts)


@given(cases(), policies())
def test_every_act_ends_with_its_time(judged: Case, rules: Policy) -> None:  # fairness 5, U3
    for planned in decide(judged, rules, CHECKS).acts:
        late = planned.expires_at - judged.now
        assert 0 < late <= 2 * DAY
        if isinstance(planned.act, Restrict) and planned.act.until:
            assert late == HOUR
        if isinstance(planned.act, Say) and not planned.act.to_user and not planned.held:
            assert late == 600


@given(cases(), policies())
def test_replaying_under_the_same_policy_finds_no_difference(judged: Case, rules: Policy) -> None:
    before = summary(decide(judged, rules, CHECKS))
    assert replay([(1, judged, before)], rules, CHECKS) == []


def test_replaying_under_another_policy_tells_who_would_have_been_treated_otherwise() -> None:
    judged = case("insult")
    before = summary(decide(judged, FREE_HAND, CHECKS))
    found = replay([(5, judged, before)], policy("off"), CHECKS)
    assert found == [Difference(5, Summary("insult", "remind"), Summary("", "none"))]


def test_misses_are_findings_too() -> None:
    verdict = decide(case("你好"), FREE_HAND, CHECKS)
    assert [finding.hit for finding in verdict.findings] == [False] * len(RULES)
    assert not verdict.stands


def test_a_rule_that_is_off_is_not_even_asked() -> None:
    quiet = policy(insult={"mode": "off"})
    assert "insult" not in [finding.rule for finding in decide(case("insult"), quiet, CHECKS).findings]


def test_what_is_done_wins_over_what_is_observed() -> None:
    rules = policy("observe", insult={"mode": "enforce"})
    verdict = decide(case("scam_newcomer insult"), rules, CHECKS)
    assert (verdict.rule, verdict.mode) == ("insult", "enforce")


def test_more_of_an_open_case_is_milder_than_a_new_one_but_for_fraud() -> None:
    rules = policy(ladder={"highest": "remove"}, ad_without_red_packet={"fines": True})
    for rule, decides in (("insult", "ad_without_red_packet"), ("scam_newcomer", "scam_newcomer")):
        books = Books()
        books.say(rule, rules, NOON)
        more = books.say(f"{rule} ad_without_red_packet", rules, NOON + 60, message_id=501)
        assert (more.rule, more.joins_case) == (decides, 0 if rule == "insult" else 1)


def test_the_harsher_consequence_wins() -> None:
    verdict = decide(case("insult flooding ad_without_red_packet nickname_format"), FREE_HAND, CHECKS)
    assert (verdict.rule, verdict.step) == ("flooding", "mute")


def test_a_scam_is_deleted_and_muted_for_a_day_and_a_person_decides_the_rest() -> None:
    verdict = Books().say("scam_newcomer", FREE_HAND, NOON)
    assert [p.act for p in verdict.acts] == [Delete(message_ids=(500,)), Restrict(user_id=42, until=NOON + DAY)]
    assert [b.action for row in verdict.cards[0].buttons for b in row] == ["scam.remove", "case.undo"]
    assert kinds(verdict) == ["violation", "mute"]


def test_a_channel_loses_its_message_and_a_leader_decides_whether_it_may_speak() -> None:
    books = Books()
    speaks: dict[str, Any] = {"sender": "channel", "sender_chat_id": -100555}
    verdict = books.say("insult", FREE_HAND, NOON, **speaks)
    assert acts(verdict) == [Delete]
    assert [b.note for row in verdict.cards[0].buttons for b in row if b.action == "sender.ban"] == ["-100555"]
    assert books.say("insult", FREE_HAND, NOON + 9, **speaks).joins_case == 1


@pytest.mark.parametrize("kind", ["leave", "checkin"])
def test_leaving_and_checking_in_are_no_offence(kind: str) -> None:
    assert decide(case("insult", kind=kind), FREE_HAND, CHECKS) == NOTHING


def test_an_observed_burst_asks_leaders_once() -> None:
    books, watching = Books(), policy("observe")
    first = books.say("flooding", watching, NOON)
    assert [b.action for row in first.cards[0].buttons for b in row] == ["case.delete", "case.ad", "case.ok"]
    second = books.say("flooding", watching, NOON + 9)
    assert (second.cards, second.joins_case) == ((), 1)
    assert books.say("flooding", watching, NOON + 2 * HOUR).cards


def test_what_was_observed_counts_for_nothing_when_the_rule_is_switched_on() -> None:
    books = Books()
    books.say("insult", policy("observe"), NOON)
    assert books.say("insult", FREE_HAND, NOON + 60).step == "remind"


def test_facts_alone_make_no_case_of_a_clean_message() -> None:
    plain = case("早上好")._replace(group=GROUP._replace(measures=(NOON,) * 99))
    assert isinstance(plain.facts, Facts)
    assert decide(plain, FREE_HAND, CHECKS)._replace(findings=()) == Verdict()


def test_a_scam_that_is_repeated_stays_one_case_though_it_is_an_ad_as_well() -> None:  # fairness 1
    books, rules = Books(), policy(ad_without_red_packet={"fines": True})
    books.say("scam_newcomer ad_without_red_packet", rules, NOON)
    again = books.say("scam_newcomer ad_without_red_packet", rules, NOON + 60)
    assert (again.rule, again.joins_case, kinds(again)) == ("scam_newcomer", 1, [])
    assert Delete in acts(again)
