"""A group's own words and the names of its members."""

import pytest

from bot.textscan import PatternError
from bot.textscan.vocabulary import load_insults, load_kinds
from tests.bot.textscan.seeing import SCANNER, lists, seen


def found(text: str, **parts: dict[str, object]) -> tuple[tuple[str, str], ...]:
    return seen(text, lists(**parts)).lists


def test_words_are_found_in_disguise_and_shown_as_written() -> None:
    assert found("快来 代·購 吧", blocked_text={"words": ["代购"]}) == (("blocked", "代·購"),)
    assert found("F R E E！ ＦＲＥＥ", blocked_text={"words": ["free"]}) == (("blocked", "ＦＲＥＥ"),)


def test_latin_words_are_whole_words_and_chinese_ones_stand_anywhere() -> None:
    words: dict[str, object] = {"words": ["ad", "代理"]}
    assert found("I had a bad salad", blocked_text=words) == ()
    assert found("this AD, ok", blocked_text=words) == (("blocked", "AD"),)
    assert found("看ad吧", blocked_text=words) == (("blocked", "ad"),)
    assert found("总代理商", blocked_text=words) == (("blocked", "代理"),)


def test_allowed_phrases_cover_words_and_patterns_within_them() -> None:
    blocked: dict[str, object] = {"words": ["代理"], "patterns": [r"\d{6}"], "allow": ["代理服务器", "邮编100000"]}
    assert found("代理服务器怎么设置", blocked_text=blocked) == ()
    assert found("代理服务器和代理", blocked_text=blocked) == (("blocked", "代理"),)
    assert seen("邮编100000", lists(blocked_text=blocked)).patterns == ()
    assert seen("号码100001", lists(blocked_text=blocked)).patterns == ((r"\d{6}", "100001"),)


def test_a_bad_pattern_refuses_the_whole_policy_with_its_position() -> None:
    with pytest.raises(PatternError) as refused:
        lists(blocked_text={"patterns": ["ok", "a(b"]})
    assert (refused.value.pattern, refused.value.position) == ("a(b", 1)


def test_insults_that_ship_can_be_left_out_and_added_to() -> None:
    assert found("操你妈") == (("insult", "操你妈"),)
    assert found("操你妈", insult={"shipped_words": False}) == ()
    assert found("你这个小笨蛋", insult={"words": ["笨蛋"]}) == (("insult", "笨蛋"),)
    assert found("你就是个智障") == (("insult.aimed", "智障"),)
    assert found("给智障人士捐款") == ()


def test_groups_with_the_same_words_share_them() -> None:
    assert lists().dense is lists(flooding={"messages": 9}).dense
    assert lists().dense is not lists(insult={"words": ["笨蛋"]}).dense


def test_quoted_insults_are_told_apart() -> None:
    assert found("他骂我“操你妈”") == (("insult.quoted", "操你妈"),)


def test_empty_words_are_no_words() -> None:
    assert found("你好", blocked_text={"words": ["", " ", "***", "\u200b"]}) == ()


@pytest.mark.parametrize(
    "name",
    [
        "07营-林晓-上海",
        "０７營－林曉－上海",
        "07营—林晓—上海",
        "07营 - 林晓 - 上海",
        "07营_林晓_上海",
        "07营–林晓–上海",
        "07营 林晓 上海",
        "07营-李-北京",
        "07营-Anna-Roma",
        "07营-阿依古丽·买-喀什",
        "07营--林晓--上海",
        " 07营-林晓-上海 ",
        "07營-林 曉-上海",
    ],
)
def test_names_fit_however_they_are_typed(name: str) -> None:
    assert seen("hi", lists(nickname_format={"mode": "enforce"}), name=name).names == ((name, True),)


@pytest.mark.parametrize("name", ["林晓", "07营林晓上海", "7营-林晓-上海", "07营-林晓", "\u200b", "🙂", "07营--上海"])
def test_other_names_do_not(name: str) -> None:
    assert seen("hi", lists(nickname_format={"mode": "enforce"}), name=name).names == ((name, False),)


def test_name_and_tag_are_both_compared_and_only_where_names_have_a_format() -> None:
    compiled = lists(nickname_format={"mode": "observe"})
    assert seen("hi", compiled, name="x", tag="07营-林晓-上海").names == (("x", False), ("07营-林晓-上海", True))
    assert seen("", compiled, name="x").names == (("x", False),)
    assert seen("hi", lists(), name="x").names == ()


def test_a_thousand_strange_names_do_not_fill_the_memory() -> None:
    compiled = lists(nickname_format={"mode": "enforce"})
    assert compiled.names is not None
    for number in range(5000):
        compiled.names.fits(f"name {number}")
    assert len(compiled.names.known) <= 2000


def test_every_shipped_word_is_written_as_it_is_looked_for() -> None:
    for kind in load_kinds():
        for word in kind.words:
            assert SCANNER.fold(word) == word, (kind.id, word)
    assert len({word for _, word in load_insults()}) == len(load_insults())


def test_every_shipped_word_is_found_by_itself() -> None:
    for kind in load_kinds():
        for word in kind.words:
            ids = {signal.id for signal in seen(f"说 {word} 吧").signals}
            assert ids, (kind.id, word)
