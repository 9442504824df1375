"""A notice and a record say which point of the group's rules they are about (R02)."""

from dataclasses import replace

import pytest

from rules.conduct import codes
from rules.conduct.decide import decide
from rules.conduct.policy import DEFAULTS
from rules.conduct.policy_layers import load
from rules.conduct.policy_rules import Rules
from tests.rules.conduct.make import CHECKS, case, policy, says

OWN = ("【说话】", "不吵架", "【发布】", "不发广告")


@pytest.mark.parametrize("word", ["R3", "r3", "Ｒ３", "R 3", "#3", "第3条", "第３条", "第三条", "第三條"])
def test_a_code_is_understood_however_it_is_typed(word: str) -> None:  # R02
    assert codes.typed(word) == "R3"


@pytest.mark.parametrize(
    "word", ["", "R", "3", "R2D2", "三条", "第3", "R3条", "第条", "R100", "Route3", "@R3", "第二三条", "第十十条"]
)
def test_other_words_are_no_code(word: str) -> None:
    assert codes.typed(word) == ""


@pytest.mark.parametrize(
    ("word", "code"), [("第十条", "R10"), ("第十二条", "R12"), ("第二十一条", "R21"), ("r06", "R6")]
)
def test_numerals_are_read_as_numbers(word: str, code: str) -> None:
    assert codes.typed(word) == code


def test_the_six_points_that_ship_are_cited_by_the_rules_they_are_about() -> None:  # R02
    cited = {rule: codes.code_of(DEFAULTS, rule) for rule in codes.SHIPPED}
    assert cited["ad_without_red_packet"] == "R3"
    assert cited["insult"] == "R4"
    assert set(codes.SHIPPED) <= set(Rules.__dataclass_fields__)
    assert codes.code_of(DEFAULTS, "nickname_format") == codes.code_of(DEFAULTS, "") == ""


def test_rules_of_ones_own_have_the_numbers_their_group_chose_and_none_before() -> None:  # R02
    own = load([("group", {"rules_text": list(OWN)})]).policy
    assert codes.points_of(own) == ("不吵架", "不发广告")
    assert codes.code_of(own, "insult") == ""
    chosen = load([("group", {"rules_text": list(OWN), "codes.insult": "R1", "codes.flooding": "R9"})]).policy
    assert codes.code_of(chosen, "insult") == "R1"
    assert codes.code_of(chosen, "flooding") == "", "there is no ninth point"
    assert load([("group", {"codes.insult": "three"})]).problems[0].key == "codes.insult"


def test_no_code_can_be_chosen_for_certain() -> None:
    assert codes.code_of(policy(codes={"insult": "-"}), "insult") == ""


def test_a_notice_says_which_point_it_is_about_beside_the_rule() -> None:  # R02, R18
    (notice,) = says(decide(case("insult"), policy(), CHECKS).acts)
    alert = [phrase.key for phrase in notice.alert]
    assert alert[1] == "codes.cited_4"
    own = replace(policy(codes={"insult": "R1"}), rules_text=OWN)
    (notice,) = says(decide(case("insult"), own, CHECKS).acts)
    assert dict(notice.alert[1].params) == {"code": "R1", "text": "不吵架"}


def test_a_long_point_is_cited_by_its_beginning() -> None:
    (line,) = codes.citation(replace(policy(), rules_text=("啊" * 300,)), "R1")
    assert len(str(dict(line.params)["text"])) == codes.SHOWN + 1
