"""What is stored as JSON says what it is and comes back as it was."""

from collections.abc import Callable
from typing import Any, get_args

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.storage import codec
from rules.conduct import effects
from rules.conduct.effects import Readmit, Remove, Say
from tests.bot.storage import strategies
from tests.bot.storage.making import NOTICE, case, message, verdict


@given(strategies.acts())
def test_every_act_comes_back_as_it_was(act: effects.Act) -> None:
    assert codec.decode_act(codec.encode_act(act)) == act


@given(strategies.facts)
def test_facts_come_back_as_they_were(facts: Any) -> None:
    assert codec.decode_facts(codec.encode_facts(facts)) == facts


@given(strategies.cases)
def test_a_case_comes_back_as_it_was(found: Any) -> None:
    assert codec.decode_case(codec.encode_case(found)) == found


@given(strategies.verdicts)
def test_a_verdict_comes_back_as_it_was(found: Any) -> None:
    assert codec.decode_verdict(codec.encode_verdict(found)) == found
    assert codec.decode_findings(codec.encode_findings(found.findings)) == found.findings


@given(st.dictionaries(strategies.words, strategies.words | st.booleans() | strategies.whole | st.none()))
def test_a_table_comes_back_as_it_was(table: dict[str, Any]) -> None:
    assert codec.decode_table(codec.encode_table(table)) == table


@given(st.frozensets(strategies.words), strategies.tuples(strategies.tuples(strategies.words)))
def test_names_and_button_ids_come_back_as_they_were(names: frozenset[str], ids: tuple[tuple[str, ...], ...]) -> None:
    assert codec.decode_names(codec.encode_names(names)) == names
    assert codec.decode_ids(codec.encode_ids(ids)) == ids


@pytest.mark.parametrize(
    "stored",
    [
        codec.encode_act(NOTICE), codec.encode_case(case()), codec.encode_facts(message()),
        codec.encode_verdict(verdict()), codec.encode_table({}), codec.encode_words(NOTICE.words),
    ],
)  # fmt: skip
def test_everything_stored_says_its_kind_and_version(stored: str) -> None:
    raw = msgspec.json.decode(stored)
    assert raw["kind"]
    assert raw["v"] == codec.VERSION


def test_acts_that_look_alike_are_never_mistaken_for_each_other() -> None:
    assert codec.decode_act(codec.encode_act(Readmit(user_id=1))) == Readmit(user_id=1)
    assert codec.decode_act(codec.encode_act(Remove(user_id=1))) == Remove(user_id=1)
    stored = [codec.encode_act(Remove(user_id=1)), codec.encode_act(Readmit(user_id=1))]
    assert [codec.opened(each).kind for each in stored] == ["Remove", "Readmit"]


def test_the_stored_names_of_acts_are_permanent() -> None:
    # What stands in databases must stay readable: a name may be added, never changed.
    known = {
        "Delete", "Restrict", "Free", "Remove", "Readmit", "BanSender", "UnbanSender", "SetTag", "Say", "Repost",
        "Edit", "AnswerPress", "Pin", "Unpin", "React", "Leave",
    }  # fmt: skip
    assert known <= codec.ACTS.keys() == {kind.__name__ for kind in get_args(effects.Act)}


@pytest.mark.parametrize(
    ("stored", "told"),
    [
        ("", "cannot be read"),
        ("{}", "cannot be read"),
        ('{"kind":"Explode","v":1,"body":{}}', "no act"),
        ('{"kind":"Remove","v":2,"body":{}}', "another version"),
        ('{"kind":"Remove","v":1,"body":{"user_id":"me"}}', "cannot be read"),
    ],
)
def test_what_cannot_be_read_is_said_and_not_guessed(stored: str, told: str) -> None:
    with pytest.raises(codec.CodecError, match=told):
        codec.decode_act(stored)


def test_one_kind_is_never_read_as_another() -> None:
    readers: list[Callable[[str], object]] = [codec.decode_case, codec.decode_facts, codec.decode_verdict]
    for read in readers:
        with pytest.raises(codec.CodecError, match="was expected"):
            read(codec.encode_table({}))


def test_values_stored_before_a_field_was_added_are_still_read() -> None:
    whole = codec.encode_case(case())
    shorter = whole.replace(",false,0]]}", "]]}")
    assert shorter != whole
    assert codec.decode_case(shorter) == case()


@given(st.text(alphabet=st.characters(categories=["Cs", "Lo", "Cc"]), max_size=10))
def test_half_characters_are_mended_and_never_stop_a_decision(text: str) -> None:
    facts = message(text=text)
    stored = codec.decode_facts(codec.encode_facts(facts))
    assert stored.text == text.encode("utf-8", "replace").decode()
    act = Say(words=(effects.Phrase("a", (("name", text),)),), language="en")
    assert isinstance(codec.decode_act(codec.encode_act(act)), Say)
    assert codec.decode_verdict(codec.encode_verdict(verdict(planned=[effects.Planned(act)]))).acts[0].after == -1
    assert codec.decode_case(codec.encode_case(case(facts))).facts == stored
