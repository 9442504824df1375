"""The dispatcher: no network, no task, no swallowed error; every sentence that handlers say exists."""

import ast
from pathlib import Path
from typing import get_args

import pytest

from bot.roles import Why
from handlers.conduct.card_buttons import BY_KIND
from handlers.frame.application import CallRefused
from handlers.frame.presses import PRESSES
from handlers.reading.pointing import Kind
from handlers.routing.commands import COMMANDS
from handlers.routing.menus import MOST_FOR_LEADERS, MOST_FOR_MEMBERS, SCOPES, menus
from rules.conduct.checks import CHECKS
from rules.conduct.effects import Phrase
from rules.conduct.verdict import Step
from tests.handlers.camp import TEXTS, Camp

HANDLERS = Path(__file__).parents[2] / "handlers"
SPOKEN = TEXTS.keys("zh_Hans")
ON_CARDS = ("case.", "ladder.", "scam.", "sender.", "brake.", "ticket.")
# Whoever takes a question up or lets it go has not answered it: the card says so by a line of its own.
NO_ANSWER = {"ticket.take", "ticket.let_go"}
FAMILIES = {
    "refused_": [why for why in get_args(Why) if why not in {"", "confirm", "unknown", "elsewhere", "not_yours"}],
    "press_": [why for why in get_args(Why) if why not in {"", "confirm"}],
    "protected_": ["myself", "yourself", "bot", "admin", *(kind for kind in get_args(Kind) if kind != "member")],
    "step_": list(get_args(Step)),
    "rule_": [*(name for name, _ in CHECKS), "raid", "by_person"],
    "state_": ["held", "dismissed", "reversed"],
    "issuer_": ["rule", "person", "clock"],
    "act_": ["pending", "sending", "held", "done", "refused", "expired", "simulated", "unknown"],
    "outcome_": [name.replace(".", "_") for name in PRESSES if name.startswith(ON_CARDS) and name not in NO_ANSWER],
}  # fmt: skip


def said_in(path: Path) -> set[str]:
    """Keys that stand in the source as they are."""
    calls = [node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Call)]
    named = [call for call in calls if isinstance(call.func, ast.Name) and call.func.id in {"phrase", "word"}]
    arguments = [argument for call in named for argument in call.args[:2]]
    return {str(each.value) for each in arguments if isinstance(each, ast.Constant)}


def test_every_sentence_of_a_handler_exists() -> None:
    keys = {key for path in HANDLERS.rglob("*.py") for key in said_in(path)}
    assert len(keys) > 50
    assert {f"talk.{key}" for key in keys} <= SPOKEN


@pytest.mark.parametrize("family", FAMILIES)
def test_every_sentence_that_is_put_together_exists(family: str) -> None:
    assert {f"talk.{family}{name}" for name in FAMILIES[family]} <= SPOKEN


def test_every_button_of_a_card_that_is_shown_again_exists() -> None:
    shown = [each for rows in BY_KIND.values() for row in rows for each in row]
    assert {f"conduct.button_{name}" for name, _ in shown} <= SPOKEN
    assert {action for _, action in shown} <= set(PRESSES)


def test_telegrams_menus_are_short_and_fit() -> None:  # X13
    made = list(menus(TEXTS))
    assert {menu.scope for menu in made} == set(SCOPES)
    for menu in made:
        of_leaders = menu.scope == "all_chat_administrators"
        assert len(menu.commands) <= (MOST_FOR_LEADERS if of_leaders else MOST_FOR_MEMBERS)
        assert {name for name, _ in menu.commands} <= set(COMMANDS)
        assert all(1 <= len(what) <= 256 for _, what in menu.commands)
    assert all(len(TEXTS.plain(Phrase("talk.description"), language)) <= 120 for language in TEXTS.languages)


async def test_a_handler_cannot_call_telegram(camp: Camp) -> None:
    with pytest.raises(CallRefused, match="sendMessage"):
        await camp.application.bot.send_message(1, "x")
    assert camp.application.bot.username == camp.services.me.username


async def test_an_error_reaches_whoever_gave_the_update(camp: Camp) -> None:
    with pytest.raises(ZeroDivisionError):
        await camp.application.process_error(None, ZeroDivisionError())


async def test_a_handler_keeps_nothing_between_updates(camp: Camp) -> None:
    await camp.says(camp.lin, "/rules")
    assert not camp.application.user_data
    assert not camp.application.chat_data
    assert not camp.application.bot_data


def test_every_handler_blocks() -> None:
    source = (HANDLERS / "routing" / "routes.py").read_text() + (HANDLERS / "arrival" / "membership.py").read_text()
    assert "block=False" not in source
    assert "create_task" not in "".join(path.read_text() for path in HANDLERS.rglob("*.py"))


async def test_a_command_for_another_bot_is_left_alone(camp: Camp) -> None:
    await camp.says(camp.leader, f"/mute@other_bot {camp.lin} 2h")
    assert camp.telegram.status(camp.lin) == "member"
    assert camp.said() == ""
    await camp.says(camp.leader, f"/mute@{camp.services.me.username} {camp.lin} 2h")
    assert camp.telegram.status(camp.lin) == "restricted"
