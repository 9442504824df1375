"""Insults are words thrown at people; blocked text is what the group listed."""

from rules.conduct.case import TextView
from rules.conduct.checks import blocked_text, insult
from rules.conduct.policy import DEFAULTS
from tests.rules.conduct.checks.make import PROMPT, case, told


def insulting(folded: str, *lists: tuple[str, str], **more: object) -> bool:
    return insult.check(case(TextView(folded, lists=lists), **more), DEFAULTS).hit  # type: ignore[arg-type]


def test_a_listed_insult_is_one_wherever_it_stands() -> None:  # R14
    assert insulting("好了,滚你妈", ("insult", "滚你妈"))


def test_rude_words_about_nobody_here_are_no_insult() -> None:
    assert not insulting("那家公司真是一群傻逼,管不好数据", ("insult.aimed", "傻逼"))
    assert insulting("你真是个傻逼,什么都管不好吧", ("insult.aimed", "傻逼"))
    assert insulting("@xiaoming 真是个傻逼", ("insult.aimed", "傻逼"))
    assert insulting("傻逼!", ("insult.aimed", "傻逼"))
    assert insulting("那家公司真是一群傻逼,管不好数据", ("insult.aimed", "傻逼"), reply_to=400)


def test_quotations_answers_homework_and_forwards_are_let_be() -> None:  # fairness 8
    assert not insulting("他骂“滚你妈”", ("insult.quoted", "滚你妈"))
    assert not insulting("滚你妈", ("insult", "滚你妈"), reply_to=PROMPT)
    assert not insulting("#作业 滚你妈", ("insult", "滚你妈"))
    assert not insulting("滚你妈", ("insult", "滚你妈"), forward="user:Anna")


def test_what_was_left_out_is_told_beside_what_was_found() -> None:
    view = TextView("你滚", lists=(("insult", "滚你妈"), ("insult.quoted", "傻逼")))
    assert told(insult.check(case(view), DEFAULTS)) == {
        "words": ("滚你妈",),
        "left": ("insult.quoted: 傻逼",),
        "aimed": True,
        "answer_or_forward": False,
    }


def test_a_groups_own_words_and_patterns_are_blocked_in_quotations_too() -> None:  # R15
    view = TextView(lists=(("blocked", "代购"), ("insult", "x")), patterns=((r"\d{6}", "123456"),))
    finding = blocked_text.check(case(view), DEFAULTS)
    assert finding.hit
    assert told(finding) == {"words": ("代购",), "patterns": (r"\d{6}: 123456",)}
    assert blocked_text.check(case(TextView(lists=(("blocked.quoted", "代购"),))), DEFAULTS).hit
    assert not blocked_text.check(case(TextView(lists=(("insult", "x"),))), DEFAULTS).hit
