"""An advertisement is several different signals in the sender's own words; a swindler shows severe ones at once."""

import pytest

from rules.conduct.case import Signal, TextView
from rules.conduct.checks import ad_without_red_packet, scam_newcomer
from rules.conduct.policy import DEFAULTS
from tests.rules.conduct.checks.make import (
    DAY,
    GROUP,
    HOUR,
    NOON,
    PROMPT,
    STRONG,
    STRONG_TOO,
    WEAK,
    WEAK_TOO,
    case,
    policy,
    told,
)


def ad(*signals: Signal, **more: object) -> bool:
    return ad_without_red_packet.check(case(TextView(signals=signals), **more), DEFAULTS).hit  # type: ignore[arg-type]


def test_two_signals_make_an_advertisement_and_one_does_not() -> None:  # R04
    assert ad(STRONG, WEAK)
    assert ad(STRONG, STRONG_TOO)
    assert not ad(STRONG)


def test_weak_signals_alone_never_make_one() -> None:
    assert not ad(WEAK, WEAK_TOO, Signal("structure.forward", "channel:X", weak=True))


def test_how_many_are_needed_is_for_the_group_to_say() -> None:
    view = TextView(signals=(STRONG, WEAK))
    assert not ad_without_red_packet.check(case(view), policy("ad_without_red_packet", min_signals=3)).hit
    assert ad_without_red_packet.check(
        case(TextView(signals=(STRONG,))), policy("ad_without_red_packet", min_signals=1)
    ).hit


def test_an_answer_to_a_prompt_and_homework_are_no_advertisements() -> None:  # fairness 8
    assert not ad(STRONG, WEAK, reply_to=PROMPT)
    assert ad(STRONG, WEAK, reply_to=400)
    homework = TextView("#作业 写一则广告", signals=(STRONG, WEAK))
    assert not ad_without_red_packet.check(case(homework), DEFAULTS).hit


def test_a_mere_warning_is_none_but_a_warning_with_an_address_is() -> None:
    warning, address = Signal("talk.warning", "骗局", weak=True), Signal("contact.wechat", "加微信")
    assert not ad(STRONG, STRONG_TOO, warning)
    assert not ad(STRONG, WEAK_TOO, warning)
    assert not ad(address, warning)
    assert ad(STRONG, warning, address)
    assert not scam(TextView(signals=(STRONG, STRONG_TOO, warning)))
    assert scam(TextView(signals=(STRONG, STRONG_TOO, warning, address)))


def test_the_finding_names_every_signal_with_its_word() -> None:
    seen = told(ad_without_red_packet.check(case(TextView(signals=(STRONG, WEAK))), DEFAULTS))
    assert seen == {
        "signals": ("earn.money: 日赚五百", "contact.handle: @abcde"),
        "strong": 1,
        "needed": 2,
        "answer": False,
    }


def test_a_miss_says_what_it_saw() -> None:
    finding = ad_without_red_packet.check(case(TextView(signals=(WEAK,))), DEFAULTS)
    assert not finding.hit
    assert told(finding)["signals"] == ("contact.handle: @abcde",)


NEWCOMER = {"joined_at": NOON - HOUR, "messages": 0}
SWINDLE = TextView(signals=(STRONG, STRONG_TOO))


def scam(view: TextView = SWINDLE, **more: object) -> bool:
    return scam_newcomer.check(case(view, **{"member": NEWCOMER, **more}), DEFAULTS).hit  # type: ignore[arg-type]


def test_a_newcomer_with_two_severe_signals_is_a_swindler() -> None:
    assert scam()
    assert scam(reply_to=PROMPT)
    assert not scam(TextView(signals=(STRONG, WEAK, WEAK_TOO)))


@pytest.mark.parametrize(
    "member",
    [
        {"joined_at": None, "messages": 0},
        {"joined_at": GROUP.bot_joined_at, "messages": 0},
        {"joined_at": NOON - DAY - 1, "messages": 0},
        {"joined_at": NOON - HOUR, "messages": 3},
    ],
    ids=["here before the bot, unseen", "here when the bot came", "here for a day", "fourth message"],
)
def test_whoever_is_no_newcomer_is_never_taken_for_a_swindler(member: dict[str, object]) -> None:
    assert not scam(member=member)
    assert told(scam_newcomer.check(case(SWINDLE, member=member), DEFAULTS))["severe"] == (
        "earn.money: 日赚五百",
        "launder.crew: 跑分",
    )


def test_the_third_message_still_counts_and_so_does_an_edit_of_it() -> None:
    assert scam(member={"joined_at": NOON - HOUR, "messages": 2})
    assert scam(member={"joined_at": NOON - HOUR, "messages": 3}, kind="edit")
    assert not scam(member={"joined_at": NOON - HOUR, "messages": 4}, kind="edit")


def test_a_swindle_is_severe() -> None:
    assert scam_newcomer.check(case(SWINDLE, member=NEWCOMER), DEFAULTS).severe
