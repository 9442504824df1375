"""Complaints and distress are heard and kept from every measure; fraud that borrows their words stays fraud."""

from typing import Any

import pytest

from rules.conduct.case import Case, Signal
from rules.conduct.decide import decide
from rules.conduct.effects import HOUR, Delete, Restrict, Say, against_member
from rules.conduct.policy import DEFAULTS, Policy
from rules.conduct.standing import Seen, after
from rules.conduct.verdict import Verdict
from tests.rules.conduct.make import MEMBER, NOON, case, policy

CONTACT, PRICE = Signal("contact.wechat", "加微信"), Signal("money.price", "98 元")
SEVERE = (Signal("fraud.task", "刷单", severe=True), Signal("fraud.loan", "秒批", severe=True), CONTACT)
ENFORCED = policy("enforce", ad_without_red_packet={"fines": True})


def heard(
    *names: str, signals: tuple[Signal, ...] = (), rules: Policy = ENFORCED, member: Any = MEMBER, **facts: Any
) -> Verdict:
    made: Case = case("原话", member=member, **facts)
    lists = tuple((name, "词") for name in names)
    return decide(made._replace(view=made.view._replace(lists=lists, signals=signals)), rules)


DISTRESS, COMPLAINT = "care.distress", "care.complaint"


@pytest.mark.parametrize("name", [DISTRESS, COMPLAINT])
@pytest.mark.parametrize("others", [(), ("insult",), ("blocked",), ("insult", "blocked")])
def test_nothing_is_deleted_fined_or_counted_whatever_else_was_said(name: str, others: tuple[str, ...]) -> None:  # F7
    verdict = heard(name, *others, reply_to=9)
    assert not any(against_member(plan.act) for plan in verdict.acts)
    assert [(entry.kind, entry.counted) for entry in verdict.entries] == [("observed", False)]
    assert (verdict.rule, verdict.step) == (name.removeprefix("care."), "record")
    assert [card.kind for card in verdict.cards] == [verdict.rule]


def test_no_mode_of_any_rule_turns_it_off() -> None:  # F7
    verdict = heard(DISTRESS, rules=policy("off"))
    assert [card.kind for card in verdict.cards] == ["distress"]


def test_whoever_is_in_distress_reads_a_word_alone_with_the_operators_help() -> None:  # F7
    rules = policy("enforce", care={"help_line": "全国热线 12356"})
    (line,) = [plan.act for plan in heard(DISTRESS, rules=rules).acts if isinstance(plan.act, Say)]
    assert (line.purpose, line.to_user, bool(line.alert)) == ("answer", 0, True)
    assert ("text", "全国热线 12356") in line.alert[0].params
    started = MEMBER._replace(started_bot=True)
    (said,) = [plan.act for plan in heard(DISTRESS, rules=rules, member=started).acts if isinstance(plan.act, Say)]
    assert said.to_user == MEMBER.user_id
    assert all("12356" not in str(phrase) for phrase in line.words), "the group reads nothing of it"


def test_quoted_words_and_homework_alert_marked_and_nobody_is_spoken_to() -> None:  # F7
    for verdict in (heard("care.distress.quoted"), heard(DISTRESS, forward="channel 9"), homework()):
        assert [card.kind for card in verdict.cards] == ["distress"]
        assert "protect.card_marked" in [phrase.key for phrase in verdict.cards[0].words]
        assert verdict.acts == ()


def homework() -> Verdict:
    made = case("#作业 他说他不想活了")
    view = made.view._replace(folded="#作业 他说他不想活了", lists=((DISTRESS, "不想活了"),))
    return decide(made._replace(view=view), DEFAULTS)


def test_a_burst_of_such_messages_asks_once_an_hour() -> None:  # F7
    told = MEMBER._replace(standing=MEMBER.standing._replace(observed=(Seen("distress", NOON - HOUR + 1, 77),)))
    verdict = heard(DISTRESS, member=told)
    assert (verdict.joins_case, verdict.cards, verdict.acts) == (77, (), ())
    longer_ago = MEMBER._replace(standing=MEMBER.standing._replace(observed=(Seen("distress", NOON - HOUR, 77),)))
    assert heard(DISTRESS, member=longer_ago).cards


def test_a_leader_in_distress_is_heard_as_well() -> None:  # F7
    leader = MEMBER._replace(status="administrator")
    assert [card.kind for card in heard(DISTRESS, member=leader).cards] == ["distress"]
    assert not heard(COMPLAINT, member=leader).stands


def test_fraud_that_speaks_of_complaints_stays_fraud() -> None:  # F7, R13
    verdict = heard(COMPLAINT, signals=SEVERE, member=MEMBER._replace(messages=0))
    assert verdict.rule == "scam_newcomer"
    assert any(isinstance(plan.act, Delete) and not plan.held for plan in verdict.acts)
    verdict = heard(DISTRESS, signals=SEVERE, member=MEMBER._replace(messages=50, joined_at=NOON - 90 * 86400))
    assert verdict.rule == "hijacked_member"


OLD_HAND = MEMBER._replace(messages=50, joined_at=NOON - 90 * 86400)


def test_distress_beside_fraud_is_seen_by_a_leader_and_the_fraud_goes_all_the_same() -> None:  # F7, R13
    rules = policy("enforce", hijacked_member={"mode": "enforce"})
    verdict = heard(DISTRESS, signals=SEVERE, member=OLD_HAND, rules=rules)
    assert (verdict.rule, [card.kind for card in verdict.cards]) == ("hijacked_member", ["hijack", "distress"])
    assert ("observed", "distress") in [(entry.kind, entry.rule) for entry in verdict.entries]
    assert any(isinstance(plan.act, Delete) for plan in verdict.acts)
    assert not any("care" in str(plan.act) for plan in verdict.acts), "nobody is consoled for a fraud"


def test_distress_beside_fraud_that_is_only_observed_or_held_is_heard_first() -> None:  # F7, R13
    watched = policy("enforce", hijacked_member={"mode": "observe"})
    verdict = heard(DISTRESS, signals=SEVERE, member=OLD_HAND, rules=watched)
    assert (verdict.rule, [card.kind for card in verdict.cards]) == ("distress", ["distress"])
    assert verdict.acts, "the person reads a word as well"


def test_beside_distress_fraud_alone_is_acted_upon_and_nobody_is_fined() -> None:  # F7, R13
    watched = policy("enforce", ad_without_red_packet={"fines": True}, scam_newcomer={"mode": "observe"})
    newcomer = MEMBER._replace(messages=0, joined_at=NOON - HOUR, rules_accepted_at=NOON - HOUR)
    assert heard(signals=SEVERE, member=newcomer, rules=watched).step == "fine"
    verdict = heard(DISTRESS, "blocked", signals=SEVERE, member=newcomer, rules=watched)
    assert (verdict.rule, [entry.kind for entry in verdict.entries]) == ("distress", ["observed"])
    assert not any(against_member(plan.act) for plan in verdict.acts)


def test_a_complaint_beside_fraud_that_is_only_observed_is_no_advertisement_to_fine() -> None:  # F7, R13
    watched = policy("enforce", scam_newcomer={"mode": "observe"}, ad_without_red_packet={"fines": True})
    newcomer = MEMBER._replace(messages=0, rules_accepted_at=NOON - HOUR)
    verdict = heard(COMPLAINT, signals=(*SEVERE, PRICE), member=newcomer, rules=watched)
    assert (verdict.rule, verdict.held, verdict.entries) == ("ad_without_red_packet", "leader", ())


def test_more_of_one_fraud_asks_about_distress_once() -> None:  # F7, R13
    told = MEMBER._replace(messages=0, standing=MEMBER.standing._replace(observed=(Seen("distress", NOON - 60, 77),)))
    verdict = heard(DISTRESS, signals=SEVERE, member=told)
    assert (verdict.rule, [card.kind for card in verdict.cards if card.kind == "distress"]) == ("scam_newcomer", [])


def test_an_advertisement_for_complaining_stays_until_a_leader_has_looked() -> None:  # F7, R04
    """投诉退款加微信 xxx 办理: it may be one, and it may be somebody who was cheated."""
    verdict = heard(COMPLAINT, signals=(CONTACT, PRICE))
    assert (verdict.rule, verdict.held) == ("ad_without_red_packet", "leader")
    assert all(plan.held for plan in verdict.acts)
    assert verdict.entries == ()
    assert not any(isinstance(plan.act, Restrict) for plan in verdict.acts)


def test_where_advertisements_are_only_observed_such_a_one_is_too() -> None:  # F7
    verdict = heard(COMPLAINT, signals=(CONTACT, PRICE), rules=policy("observe"))
    assert (verdict.rule, verdict.mode) == ("ad_without_red_packet", "observe")


def test_a_channel_that_complains_is_a_channel() -> None:  # F7
    verdict = heard(COMPLAINT, "blocked", sender="channel", sender_chat_id=-1009)
    assert verdict.rule == "blocked_text"


def test_supergroups_have_a_link_to_the_message_on_the_card() -> None:  # F7
    made = case("原话")
    group = made.group._replace(chat_id=-1001234)
    made = made._replace(group=group, view=made.view._replace(lists=((DISTRESS, "词"),)))
    (card,) = decide(made, DEFAULTS).cards
    assert [button.url for row in card.buttons for button in row] == ["https://t.me/c/1234/500", ""]


def test_a_complaint_that_is_an_ad_too_stays_until_a_leader_has_looked_once() -> None:  # F7, R04
    first = heard(COMPLAINT, signals=(CONTACT, PRICE))
    assert (first.rule, first.held, [p.held for p in first.acts]) == ("ad_without_red_packet", "leader", ["leader"])
    waiting = MEMBER._replace(standing=after(MEMBER.standing, first, 9, NOON))
    more = heard(COMPLAINT, signals=(CONTACT, PRICE), member=waiting, message_id=501)
    assert (more.joins_case, more.acts, more.cards) == (9, (), ())
    announced = MEMBER._replace(standing=MEMBER.standing._replace(pass_until=NOON + HOUR))
    assert [e.kind for e in heard(COMPLAINT, signals=(CONTACT, PRICE), member=announced).entries] == ["pass_used"]
