"""Questions are told from remarks by their words alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.programme.questions import LONGEST, is_question

QUESTIONS = (
    "作业在哪里交呀？", "请问今天几点开课", "这个链接打不开怎么办", "有人知道证书什么时候发吗", "作业可以晚一天交吗",
    "今晚的课是几点开始呢", "怎么把昵称改成营期的样子", "谁知道群文件在哪", "第三章的作业是什么", "可以补签到么 🙏",
    "请问有没有人一起读书？？", "明天的直播有回放吗~", "How do I hand in the homework", "where is the recording?",
    "Can someone share the slides", "求助，打卡按钮点不了怎么弄",
)  # fmt: skip
REMARKS = (
    "谢谢老师", "今天读完了第三章，收获很大", "我才不相信呢", "好的", "？", "???", "嗯？", "/help 是什么", "没什么",
    "不怎么样，不过还行", "这就是我想说的", "how nice", "What a day", "大家早上好，新的一天加油",
    "我知道怎么做了，谢谢大家", "没关系的，慢慢来", "原来是这么回事啊", "那好吧，我再看看",
    "太好了，终于看到回放了呀", "收到收到收到",
)  # fmt: skip


@pytest.mark.parametrize("text", QUESTIONS)
def test_a_question_is_one(text: str) -> None:  # F05
    assert is_question(text)


@pytest.mark.parametrize("text", REMARKS)
def test_a_remark_is_none(text: str) -> None:  # F05
    assert not is_question(text)


@given(st.text(max_size=LONGEST + 50))
def test_any_text_is_answered(text: str) -> None:
    assert is_question(text) in {True, False}


@given(st.text(min_size=LONGEST + 1, max_size=LONGEST + 20).map(lambda text: "长" * LONGEST + text + "？"))
def test_what_is_too_long_to_be_a_question_is_none(text: str) -> None:
    assert not is_question(text)
