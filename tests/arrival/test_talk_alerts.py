"""An alert holds 200 characters: names and reasons give way first, the way out never."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.conduct.appeals import SHORT
from handlers.saying.fitting import fitting
from rules.conduct.effects import Mention, Phrase, Value
from tests.handlers.camp import INSULT, TEXTS, Camp

LANGUAGES = ("zh_Hans", "en")
WAYS = ("remind", "warn", "ask_to_leave", "mute", "fine", "fine_points", "fine_other")
RULES = ("reason", "reason_from", "plain_from", "insult", "blocked_text", "flooding", "ad_without_red_packet")
ALONE = (
    "conduct.undone", "conduct.undone_offer", "conduct.lifted", "conduct.lifted_offer", "conduct.pardoned",
    "conduct.fine_waived", "appeals.noted_rule", "appeals.noted_person", "appeals.noted_before", "appeals.kept",
    "appeals.shortened_mute", "appeals.shortened_counts", "appeals.shortened_asked", "appeals.shortened_removed",
    "appeals.late", "appeals.stays", "appeals.not_yours", "appeals.too_late",
)  # fmt: skip


def said(key: str, name: str, words: str) -> Phrase:
    values: dict[str, Value] = {
        "name": Mention(42, name), "issuer": name, "reason": words, "group_goal": words[:120], "n": 2, "max": 2,
        "hours": 24, "minutes": 10, "deadline": "03-04 12:00", "amount": 200, "shares": 100, "unit": "CNY",
        "number": "123456", "until": "03-04 12:00", "due": "03-04 12:00", "days": 365,
        "pattern": words[:30], "example": words[:30],
    }  # fmt: skip
    return Phrase(key, tuple(values.items()))


def shown(words: tuple[Phrase, ...], language: str) -> str:
    return TEXTS.plain(fitting(TEXTS, words, language), language, 9999)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("rule", RULES)
@given(name=st.text(min_size=1, max_size=130), words=st.text(min_size=1, max_size=1000))
def test_the_way_out_stands_whole_however_long_the_reason_is(
    language: str, way: str, rule: str, name: str, words: str
) -> None:  # X14
    way_out = said(f"conduct.short_{way}", name, words)
    text = shown((said(f"conduct.rule_{rule}", name, words), way_out), language)
    assert len(text) <= 200
    assert text.endswith(TEXTS.plain(way_out, language, 9999))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("key", ALONE)
def test_news_and_answers_are_whole_for_the_longest_name(language: str, key: str) -> None:  # X14, R23
    text = shown((said(key, "名" * 128, "理由" * (SHORT // 2)),), language)
    assert len(text) <= 200
    assert not text.endswith("…")


async def test_a_long_record_says_where_the_rest_is(camp: Camp) -> None:
    for number in range(9):
        await camp.asks(camp.leader, f"/mute {camp.lin} {number + 1}h 消息太多")
    await camp.asks(camp.leader, f"/record {camp.lin}")
    shown_text = await camp.presses(camp.leader, "查看")
    assert len(shown_text) <= 200
    assert shown_text.endswith("我都告诉你。")


async def test_every_answer_to_an_appeal_is_whole(camp: Camp) -> None:  # R23
    await camp.says(camp.lin, INSULT)
    for _ in range(2):
        text = await camp.presses(camp.lin, "申诉")
        assert len(text) <= 200
        assert not text.endswith("…")
