"""Commands as people type them: understood where it harms nobody, else one example; a group is left in peace."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.routing.commands import COMMANDS, IN_CHINESE
from handlers.routing.typos import one_edit, read
from tests.handlers.camp import Camp

NAMES = tuple(COMMANDS)
LETTERS = st.text("abcdefghijklmnopqrstuvwxyz", max_size=12)


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("／rules", "rules"), ("/rule", "rules"), ("/recrod", "record"), ("。/help", "help"), ("/ 规则", "rules"),
        ("/群规", "rules"), ("/记录", "record"), ("／ｒｕｌｅｓ", "rules"), ("/HELPP", "help"), ("//menu", "menu"),
        ("/mute10m", "mute"), ("/xyzzy", ""), ("/", ""), ("/ ", ""), ("/\u202eselur", ""), ("/" + "a" * 4000, ""),
    ],
)  # fmt: skip
def test_what_was_meant(typed: str, name: str) -> None:
    assert read(typed, NAMES, IN_CHINESE).name == name


def test_what_was_written_without_a_space_is_kept_as_it_was() -> None:
    assert read("/nick07营-Lin-上海", NAMES, IN_CHINESE)[:2] == ("nick", "07营-Lin-上海")
    assert read("/nick林晓", NAMES, IN_CHINESE)[:2] == ("nick", "林晓")
    assert read("/why12", NAMES, IN_CHINESE)[:2] == ("why", "12")


@given(LETTERS, LETTERS)
def test_one_edit_is_the_same_in_both_directions(one: str, other: str) -> None:
    assert one_edit(one, other) == one_edit(other, one)


@given(LETTERS, st.integers(0, 12), st.sampled_from("abcxyz"))
def test_a_letter_more_or_less_is_one_edit(word: str, place: int, letter: str) -> None:
    assert one_edit(word[:place] + letter + word[place:], word)


def test_every_chinese_name_is_that_of_a_command_or_of_one_to_come() -> None:
    assert {"rules", "record", "menu"} <= set(IN_CHINESE.values())


@pytest.mark.parametrize("typed", ["／rules", "/rule", "。/rules", "/ 群规", "/群规", "/群規"])
async def test_reading_works_as_it_was_meant(camp: Camp, typed: str) -> None:
    assert "约定" in await camp.asks(camp.lin, typed) or "Camp 07" in camp.last()


@pytest.mark.parametrize("typed", ["/mute10m", "／mute 10m", "/mutee 10m", "/禁言 10m"])
async def test_what_acts_on_people_is_never_guessed_but_shown_by_one_example(camp: Camp, typed: str) -> None:
    said = await camp.says(camp.lin, "大家好")
    await camp.says(camp.leader, typed, reply_to=said)
    assert "/mute 10m" in camp.last()
    assert await camp.decisions(camp.lin) == []
    assert camp.telegram.status(camp.lin) == "member"


async def test_a_group_hears_nothing_about_commands_that_do_not_exist(camp: Camp) -> None:  # L8
    for typed in ("/xyzzy", "/help@other_bot", "/rule@other_bot", "/mute10m", "／", "/ 大家好"):
        await camp.says(camp.lin, typed)
    assert camp.said() == ""
    await camp.says(camp.lin, f"/xyzzy@{camp.services.me.username}")
    assert "/menu" in camp.last()


async def test_in_private_a_mistake_gets_one_example(camp: Camp) -> None:
    await camp.starts(camp.lin)
    camp.clock.advance(3)
    await camp.whispers(camp.lin, "/xyzzy")
    assert "/menu" in camp.last(camp.lin)
    camp.clock.advance(3)
    before = camp.last(camp.lin)
    await camp.whispers(camp.lin, "/help@other_bot")
    assert camp.last(camp.lin) == before


@pytest.mark.parametrize("word", ["菜单", "菜單", "選單", " 菜单 "])
async def test_in_private_the_word_alone_opens_the_menu(camp: Camp, word: str) -> None:  # X13
    await camp.starts(camp.lin)
    camp.clock.advance(3)
    await camp.whispers(camp.lin, word)
    assert "Camp 07" in camp.last(camp.lin)
