"""Links, files, forwards and ads wait where a group agreed so; what could not come back is never taken down (R03)."""

from typing import Any

import pytest

from rules.conduct.case import Recent, TextView
from rules.conduct.checks import needs_approval
from rules.conduct.decide import decide
from rules.conduct.effects import Delete
from rules.conduct.facts import Entity, Media
from rules.conduct.policy import Policy
from rules.conduct.standing import CLEAN, after
from tests.rules.conduct.checks.make import DAY, NOON, PROMPT, STRONG, STRONG_TOO, case, policy, told

FILE = (Media("document", "file-1", "课表.pdf", mime="application/pdf"),)


def of_all(**values: object) -> Policy:
    return policy("needs_approval", mode="enforce", whom="all", **values)


def waits(rules: Policy, **facts: Any) -> object:
    return told(needs_approval.check(case(**facts), rules)).get("waits", ())


def test_links_are_found_in_the_text_behind_words_and_on_buttons() -> None:  # R03
    hidden = Entity("text_link", 0, 2, "https://shop.example.com")
    assert waits(of_all(), text="看 https://example.com") == ("link",)
    assert waits(of_all(), text="看看", entities=(hidden,)) == ("link",)
    assert waits(of_all(), text="看看", buttons=("来", "https://t.me/x")) == ("link",)
    assert waits(of_all(), text="看看 example.com", entities=(Entity("url", 3, 11),)) == ("link",)
    assert waits(of_all(allow_links=("example.com",)), text="看看", entities=(hidden,)) == ()


def test_files_and_forwards_wait_and_pictures_do_not() -> None:  # R03
    assert waits(of_all(), media=FILE) == ("file",)
    assert waits(of_all(), forward="user:老王") == ("forward",)
    assert waits(of_all(), media=(Media("photo", "p"),)) == ()
    assert waits(of_all(kinds=("forward",)), media=FILE) == ()


def test_what_could_not_be_posted_again_is_left_where_it_is() -> None:  # R03
    assert waits(of_all(), forward="user:老王", media=(Media("poll", words="去不去"),)) == ()
    assert waits(of_all(), forward="user:老王", media=(Media("document", ""),)) == ()


def test_an_ad_waits_where_ads_were_named_and_is_no_ad_case_then() -> None:  # R03
    rules = of_all(kinds=("ad",))
    said = case(TextView(signals=(STRONG, STRONG_TOO)))
    verdict = decide(said, rules)
    assert (verdict.rule, verdict.step) == ("needs_approval", "hold")
    assert [entry for entry in verdict.entries if entry.counted] == []


@pytest.mark.parametrize(
    ("whom", "joined", "messages", "waits"),
    [("all", 30, 99, True), ("newcomers", 2, 3, True), ("newcomers", 30, 3, False), ("newcomers", 2, 99, False),
     ("newcomers", None, 1, False), ("chosen", 2, 3, False)],
)  # fmt: skip
def test_whose_messages_wait(whom: str, joined: int | None, messages: int, waits: bool) -> None:  # R03
    member = {"joined_at": None if joined is None else NOON - joined * DAY, "messages": messages}
    rules = policy("needs_approval", mode="enforce", whom=whom)
    assert needs_approval.check(case(member=member, text="https://a.example"), rules).hit == waits
    chosen = policy("needs_approval", mode="enforce", whom=whom, user_ids=(42,))
    assert needs_approval.check(case(member=member, text="https://a.example"), chosen).hit


def test_homework_answers_and_channels_do_not_wait() -> None:  # fairness 8
    assert waits(of_all(), media=FILE, reply_to=PROMPT) == ()
    assert waits(of_all(), text="https://a.example", sender="channel") == ()


def test_leaders_partners_and_whoever_has_a_task_do_not_wait() -> None:  # R03, fairness 12
    rules = of_all()
    assert decide(case(text="https://a.example"), rules).stands
    assert not decide(case(text="https://a.example", member={"status": "administrator"}), rules).stands
    assert not decide(case(text="https://a.example", member={"roles": frozenset({"volunteer"})}), rules).stands


def test_it_is_no_offence_and_what_is_one_comes_first() -> None:  # R03
    verdict = decide(case(text="https://a.example"), of_all())
    assert {entry.kind for entry in verdict.entries} == {"observed"}
    assert verdict.set_aside
    assert verdict.deadlines[0].kind == "approval_due"
    insult = decide(case(TextView(lists=(("insult", "…"),)), text="https://a.example"), enforcing_insults())
    assert insult.rule == "insult"


def enforcing_insults() -> Policy:
    return Policy(needs_approval=of_all().needs_approval, insult=policy("insult", mode="enforce").insult)


def test_beyond_the_brake_it_stays_until_a_leader_says_so() -> None:  # fairness 3
    full = {"measures": tuple(NOON - n for n in range(10)), "member_count": 50}
    verdict = decide(case(text="https://a.example", group=full), of_all())
    assert (verdict.held, [card.kind for card in verdict.cards]) == ("brake", ["brake"])
    assert {plan.held for plan in verdict.acts} == {"brake"}
    assert {each.kind for each in verdict.deadlines} == {"approval_due", "approval_ask"}


def test_the_parts_of_an_album_are_one_matter() -> None:  # fairness 8
    first = case(text="https://a.example", media=(Media("photo", "1"),), album_id="A")
    verdict = decide(first, of_all())
    standing = after(CLEAN, verdict, 9, NOON)
    member = {"standing": standing, "recent": (Recent(500, NOON, 1, "A"),)}
    second = decide(case(text="", media=(Media("photo", "2"),), album_id="A", member=member), of_all())
    assert (second.joins_case, second.set_aside) == (9, True)
    assert [plan.act for plan in second.acts] == [Delete(message_ids=(500,))]
