"""Name formats from parts: whatever is chosen, the example fits, and what is shown as refused is refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.textscan.folding import load_folding
from bot.textscan.lists import NameFormat
from bot.textscan.patterns import compile_pattern
from rules.conduct.nickname_builder import (
    PARTS,
    SEPARATORS,
    BuilderError,
    accepted,
    build,
    refused,
    too_long_for_tags,
    wide,
)

TABLE = load_folding()
CHOSEN = st.lists(st.sampled_from(sorted(PARTS)), min_size=1, max_size=5, unique=True)
SIGNS = st.sampled_from(SEPARATORS)


def compiled(pattern: str) -> NameFormat:
    """As the scanner compiles it for a group."""
    return NameFormat(compile_pattern(pattern, TABLE), TABLE)


@given(CHOSEN, SIGNS)
def test_the_example_fits_whatever_is_chosen(parts: list[str], sign: str) -> None:  # J03
    made = build(parts, sign)
    names = compiled(made.pattern)
    assert names.fits(made.example)
    assert made.longest >= len(made.example)
    assert accepted(parts, sign, names.fits)[0] == made.example


@given(CHOSEN, SIGNS)
def test_three_names_that_fit_and_three_that_do_not_are_shown(parts: list[str], sign: str) -> None:
    names = compiled(build(parts, sign).pattern)
    fitting, wrong = accepted(parts, sign, names.fits), refused(parts, sign, names.fits)
    assert (len(set(fitting)), len(set(wrong))) == (3, 3)
    assert all(map(names.fits, fitting))
    assert not any(map(names.fits, wrong))


@given(CHOSEN, st.data())
def test_every_name_made_of_fitting_parts_fits(parts: list[str], data: st.DataObject) -> None:
    sign = data.draw(SIGNS)
    values = [data.draw(st.sampled_from(PARTS[part].examples)) for part in parts]
    assert compiled(build(parts, sign).pattern).fits(sign.join(values))


@given(CHOSEN)
def test_width_dashes_and_blanks_make_no_difference(parts: list[str]) -> None:
    names = compiled(build(parts, "-").pattern)
    example = build(parts, "-").example
    for written in (wide(example), example.replace("-", "—"), example.replace("-", " - "), example.replace("-", " ")):
        assert names.fits(written)


def test_traditional_forms_fit() -> None:
    names = compiled(build(["term", "nick", "city"], "-").pattern)
    assert names.fits("07營-林曉-臺北")
    assert names.fits("07营 林晓 台北")
    assert not names.fits("林晓")


@pytest.mark.parametrize(
    ("parts", "sign", "why"),
    [
        ([], "-", "empty"),
        (["nick", "nick"], "-", "twice"),
        (["age"], "-", "unknown"),
        (list(PARTS), "-", "many"),
        (["nick"], "", "separator"),
        (["nick", "city"], ".*", "separator"),
    ],
)
def test_what_makes_no_format_is_named(parts: list[str], sign: str, why: str) -> None:
    with pytest.raises(BuilderError) as refusal:
        build(parts, sign)
    assert refusal.value.why == why


def test_a_format_that_may_be_too_long_for_a_tag_says_so() -> None:
    assert not too_long_for_tags(build(["term", "nick"], "-"))
    assert too_long_for_tags(build(["term", "nick", "city"], "-"))
