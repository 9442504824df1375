"""Whom a name could be taken for: disguises do not help, and people who share a short name are let be."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.textscan import Scanner
from bot.textscan.likeness import alike

SCANNER = Scanner.build()


def like(one: str, other: str) -> bool:
    return alike(SCANNER.likeness(one), SCANNER.likeness(other))


@pytest.mark.parametrize(
    ("leader", "other"),
    [
        ("灯塔营长", "灯塔营长"),
        ("灯塔营长", "灯 塔 营 长"),
        ("灯塔营长", "燈塔營長"),
        ("灯塔营长", "灯塔营长\u200b"),
        ("灯塔营长", "✅灯塔营长✅"),
        ("灯塔营长", "灯塔营主"),
        ("灯塔营长", "灯塔营长2"),
        ("运营官小林", "运营官小木木"),
        ("李老师", "李老师"),
        ("Anna Müller", "Anna Mu\u0308ller"),
        ("Anna Miller", "Anna Мiller"),
        ("Anna Miller", "АNNА МILLЕR"),
        ("linxiao", "linx1ao"),
        ("linxiao", "Iinxiao"),
        ("customer_care", "custorner_care"),
        ("Lighthouse Admin", "Ｌｉｇｈｔｈｏｕｓｅ　Ａｄｍｉｎ"),
        ("Lighthouse Admin", "Lighthouse Adm1n"),
        ("07营-林晓-上海", "07营_林晓_上海"),
        ("07营-林晓-上海", "07营｜林晓｜上海"),
        ("二口工", "ニロエ"),
    ],
)
def test_a_disguise_of_the_same_name_is_seen(leader: str, other: str) -> None:  # X01
    expected = "小木木" not in other
    assert like(leader, other) is expected


@pytest.mark.parametrize(
    ("leader", "other"),
    [
        ("小王", "小王"),
        ("小王", "小汪"),
        ("林晓", "林晓"),
        ("Anna", "Anna"),
        ("李老师", "王老师"),
        ("07营-林晓-上海", "07营-林晓-北京"),
        ("07营-林晓-上海", "07营-李晓-上海"),
        ("07营-林晓-上海", "08营-林晓-上海"),
        ("灯塔小助手1号", "灯塔小助手2号"),
        ("灯塔营长", "灯塔学员林晓"),
        ("Lighthouse Admin", "Lighthouse Member"),
        ("", ""),
        ("灯塔营长", ""),
        ("灯塔营长", "🌟🌟🌟"),
    ],
)
def test_people_who_share_a_short_name_or_a_form_of_names_are_let_be(leader: str, other: str) -> None:  # X01
    assert not like(leader, other)


@given(st.text(max_size=40), st.text(max_size=40))
def test_likeness_goes_both_ways_and_never_fails(one: str, other: str) -> None:  # X01
    assert like(one, other) == like(other, one)


@given(st.text(alphabet="灯塔营长林晓老师助手", min_size=4, max_size=12), st.integers(0, 11))
def test_one_more_character_is_seen(name: str, at: int) -> None:  # X01
    assert like(name, name[:at] + "真" + name[at:])
