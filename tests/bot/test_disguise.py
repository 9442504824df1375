"""Whoever reads a captured case finds nobody in it, and it still comes out as it did."""

import re
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.conduct.capturing import capture, read, replayed, written
from bot.conduct.disguise import disguise, hidden, masked
from bot.textscan import Scanner
from rules.conduct.case import Alike, Case, GroupView, MemberView, Recent, TextView
from rules.conduct.facts import Entity, Facts, Media
from rules.conduct.policy import DEFAULTS, Policy
from rules.conduct.policy_layers import load

SCANNER = Scanner.build()
NAMES = {"林晓": "甲乙", "linxiao": "abcdefg"}
PERSONAL = {
    "加微信 mask_wangmin 下单": "mask_wangmin",
    "加V信zhou5200了解": "zhou5200",
    "vx:linlin 详聊": "linlin",
    "电话13912345678": "13912345678",
    "电话 139-1234-5678": "139-1234-5678",
    "电话１３９１２３４５６７８": "１３９１２３４５６７８",
    "QQ 2837465": "2837465",
    "一三九一二三四五六七八": "一三九一二三四五六七八",
    "问 @linxiao_01 就好": "linxiao_01",
    "写信 lin.xiao@example.org": "lin.xiao",
    "看 https://shop.wangmin.cn/a1?u=7": "wangmin",
    "进群 t.me/+AbCdEf123": "AbCdEf123",
    "林晓说的": "林晓",
    "找 linxiao": "linxiao",
}


@pytest.mark.parametrize(("text", "secret"), PERSONAL.items())
def test_what_names_somebody_is_replaced_by_as_much(text: str, secret: str) -> None:
    plain = hidden(text, NAMES)
    assert secret not in plain
    assert len(plain) == len(text)


@pytest.mark.parametrize("text", ["今天特价99元一盒,满三盒包邮", "日赚3000,稳赚不赔", "USDT 免费空投", "第12天打卡"])
def test_ordinary_words_and_prices_stay(text: str) -> None:
    assert hidden(text, NAMES) == text


@given(st.text())
def test_a_text_is_as_long_as_before_in_telegrams_units(text: str) -> None:
    def units(words: str) -> int:
        return len(words.encode("utf-16-le", "surrogatepass"))

    assert units(hidden(text, NAMES)) == units(text)


@given(st.text(max_size=40))
def test_a_mask_hides_the_same_twice(text: str) -> None:
    assert masked(masked(text)) == masked(text)


@given(st.text("林晓王敏赵周"), st.text("abcxyz"), st.text("0123456789"))
def test_a_mask_tells_nothing_but_the_shape(han: str, letters: str, digits: str) -> None:
    shape = "中" * len(han) + "a" * len(letters) + "0" * len(digits)
    assert masked(han + letters + digits) == masked(shape)


def case_of(text: str, **more: object) -> Case:
    facts = Facts(
        991, "message", -100777, 555_001, 1_740_963_600, 12, name="07营-林晓-上海", username="linxiao", tag="林晓",
        text=text, entities=(Entity("text_mention", 0, 2, user_id=555_002),), quote="林晓:好", forward="林晓的频道",
        reply_user_id=555_003, by_user_id=555_004, album_id="album77", media=(Media("photo", "FILE77", "林晓.jpg"),),
        invite_link="https://t.me/+secret",
    )._replace(**more)  # type: ignore[arg-type]  # fmt: skip
    view = TextView(fold_hash=77)
    member = MemberView(555_001, "07营-林晓-上海", "linxiao", nick="林晓", joined_at=1_740_963_000,
                        recent=(Recent(11, 1_740_963_599, 77), Recent(10, 1_740_963_598, 78)))  # fmt: skip
    return Case(facts, view, member, GroupView(77, -100777, 555_009, "林晓的营", ZoneInfo("UTC"), "UTC"))


def test_no_name_id_or_file_is_left_in_the_file() -> None:
    policy = load([("test", {"exempt": {"user_ids": [555_002]}, "nickname_format": {"example": "林晓"}})]).policy
    text = written(capture(case_of("林晓 加微信 linxiao_88"), policy, SCANNER))
    for secret in ("林晓", "linxiao", "55500", "100777", "FILE77", "album77", "secret", "991"):
        assert secret not in text.replace(DEFAULTS.nickname_format.example, ""), secret


def resembling(case: Case, *paired: int) -> Case:
    """The same from somebody whose name is like that of a leader."""
    leader = Alike(555_007, "07营-林晓-上海", "linxiao_boss")
    standing = case.member.standing._replace(paired=paired)
    return case._replace(view=case.view._replace(resembles=(leader,)), member=case.member._replace(standing=standing))


def test_a_leader_whom_a_name_resembles_is_disguised_and_still_resembled() -> None:
    policy = load([("test", {"impersonates_staff": {"mode": "enforce"}, "care": {"help_line": "林医生 13912345678"},
                             "about": {"theme": "林晓的课"}})]).policy  # fmt: skip
    captured = capture(resembling(case_of("好", entities=(), forward=""), 555_008), policy, SCANNER)
    assert (captured.expected["rule"], captured.expected["cards"]) == ("impersonates_staff", ["impersonates_staff"])
    text = written(captured)
    for secret in ("林", "linxiao", "55500", "13912345678"):
        assert secret not in text.replace(DEFAULTS.nickname_format.example, ""), secret
    assert replayed(read(text), SCANNER) == captured.expected


def test_a_pair_leaders_were_asked_about_is_still_that_pair() -> None:
    policy = load([("test", {"impersonates_staff": {"mode": "enforce"}})]).policy
    captured = capture(resembling(case_of("好", entities=(), forward=""), 555_007), policy, SCANNER)
    assert captured.expected["hits"] == []


def test_the_same_person_keeps_one_number() -> None:
    case, policy = disguise(case_of("好", by_user_id=555_001), DEFAULTS)
    assert case.facts.by_user_id == case.facts.user_id == case.member.user_id != case.facts.reply_user_id
    assert case.facts.chat_id == case.group.chat_id < 0
    assert policy == DEFAULTS


def test_a_name_still_fits_the_format_it_fitted() -> None:
    policy = load([("test", {"nickname_format": {"mode": "enforce"}})]).policy
    case, _ = disguise(case_of("好"), policy)
    assert re.fullmatch(policy.nickname_format.pattern, case.facts.name)


def test_what_is_read_back_comes_out_the_same() -> None:
    policy: Policy = load([("test", {"insult": {"mode": "enforce"}})]).policy
    captured = capture(case_of("林晓你这个傻逼", entities=(), forward=""), policy, SCANNER)
    assert captured.expected["hits"] == ["insult"]
    again = read(written(captured))
    assert again == captured
    assert replayed(again, SCANNER) == captured.expected


def test_a_policy_that_nobody_knows_any_more_is_refused_in_words() -> None:
    text = written(capture(case_of("好"), DEFAULTS, SCANNER)).replace('"insult.delete"', '"insult.deleted"')
    with pytest.raises(ValueError, match=r"insult\.deleted"):
        read(text)
