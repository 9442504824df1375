"""What is asked of somebody who wants in, and what may follow: nobody but the listed and complete comes in alone."""

from hypothesis import given
from hypothesis import strategies as st

from rules.conduct.joining import (
    MOST_TRIES,
    Answers,
    Joining,
    bad_quiz,
    complete,
    enters_alone,
    failed,
    method,
    next_step,
    owes,
    quiz_of,
    score,
)
from rules.conduct.joining import given as answered_of
from rules.conduct.policy_layers import load

QUIZ = ("截止？|22:00|*23:59", "广告？|可以|*先问")
FULL = Joining(mode="roster", questions=("职业？", "城市？"), ask_nickname=True, accept_rules=True, quiz=QUIZ)

policies = st.builds(
    Joining,
    mode=st.sampled_from(["off", "desk", "roster"]),
    questions=st.lists(st.sampled_from(["职业？", "城市？", "目标？"]), unique=True).map(tuple),
    answers_needed=st.integers(0, 4),
    ask_nickname=st.booleans(),
    accept_rules=st.booleans(),
    quiz=st.lists(st.sampled_from(QUIZ), unique=True).map(tuple),
    pass_mark=st.integers(0, 3),
    fee=st.sampled_from(["", "99"]),
    auto_approve=st.booleans(),
)
answers = st.builds(
    Answers,
    rules_at=st.sampled_from([0, 5]),
    nick=st.sampled_from(["", "07-王敏"]),
    code=st.sampled_from(["", "a1"]),
    tries=st.integers(0, MOST_TRIES),
    told=st.lists(st.tuples(st.sampled_from(["职业？", "城市？", "目标？"]), st.sampled_from(["", "老师"]))).map(tuple),
    quiz=st.lists(st.tuples(st.sampled_from(["截止？", "广告？"]), st.sampled_from(["23:59", "22:00", "先问"]))).map(
        tuple
    ),
    paid_by=st.sampled_from([0, 9]),
)


@given(policies, answers, st.booleans(), st.booleans())
def test_nobody_comes_in_alone_but_the_listed_who_lack_nothing(
    policy: Joining, said: Answers, listed: bool, doubtful: bool
) -> None:
    if enters_alone(policy, said, listed=listed, doubtful=doubtful):
        assert policy.mode == "roster"
        assert policy.auto_approve
        assert listed
        assert not doubtful
        assert next_step(policy, said, listed=True) is None
        assert not owes(policy, said)
        assert not failed(policy, said)


@given(policies, st.booleans())
def test_whoever_answers_what_is_asked_comes_to_an_end(policy: Joining, listed: bool) -> None:
    said, asked = Answers(), 0
    while (step := next_step(policy, said, listed=listed)) is not None:
        asked += 1
        assert asked < 20
        match step.kind:
            case "rules":
                said = said._replace(rules_at=1)
            case "nick":
                said = said._replace(nick="07-王敏")
            case "code":
                said = said._replace(tries=said.tries + 1)
            case "question":
                said = said._replace(told=(*said.told, (step.text, "" if step.may_skip else "老师")))
            case _:
                said = said._replace(quiz=(*said.quiz, (step.text, step.options[0])))
    assert complete(policy, said, listed=listed)
    assert answered_of(policy, said) >= min(policy.answers_needed, len(policy.questions))


def test_the_order_is_rules_name_code_questions_test() -> None:
    kinds, said = [], Answers()
    for fill in ({"rules_at": 1}, {"nick": "x"}, {"code": "a"}, {"told": (("职业？", "a"), ("城市？", "b"))}, {}):
        step = next_step(FULL, said, listed=False)
        assert step is not None
        kinds.append(step.kind)
        said = said._replace(**fill)
    assert kinds == ["rules", "nick", "code", "question", "quiz"]


def test_a_policy_that_changes_meanwhile_asks_only_what_is_new() -> None:
    said = Answers(told=(("职业？", "老师"),))
    changed = Joining(mode="desk", questions=("城市？", "职业？"), answers_needed=2)
    step = next_step(changed, said, listed=False)
    assert step is not None
    assert step.text == "城市？"


def test_the_test_counts_what_is_right_now() -> None:
    policy = Joining(mode="desk", quiz=QUIZ, pass_mark=2)
    said = Answers(quiz=(("截止？", "23:59"), ("广告？", "可以")))
    assert score(policy, said) == 1
    assert failed(policy, said)
    assert method(policy, said, alone=False) == "quiz"
    assert quiz_of(QUIZ[0]).options == ("22:00", "23:59")


def test_a_test_that_nobody_could_answer_is_refused_with_its_place() -> None:
    for entry in ("问题", "问题|一", "问题|一|二", "问题|*一|*二", "|一|*二", "问题|一|*一", "问题||*二"):
        assert bad_quiz(entry), entry
        problems = load([("group", {"joining.quiz": [entry]})]).problems
        assert [problem.key for problem in problems] == ["joining.quiz"]
