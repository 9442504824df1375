"""What tests of the scan share: one scanner, and messages to look at."""

from typing import Any

from bot.textscan import CompiledLists, Scanner
from rules.conduct.case import TextView
from rules.conduct.facts import Facts
from rules.conduct.policy import DEFAULTS
from rules.conduct.policy_layers import load

SCANNER = Scanner.build()
SHIPPED = SCANNER.compile_lists(DEFAULTS)


def lists(**parts: dict[str, object]) -> CompiledLists:
    """Lists of a group whose settings are the defaults and `parts`."""
    loaded = load([("group", parts)])
    assert loaded.problems == ()
    return SCANNER.compile_lists(loaded.policy)


def message(text: str = "", **more: Any) -> Facts:
    return Facts(1, "message", -100, 7, 1_700_000_000, 5, text=text, **more)


def seen(text: str = "", compiled: CompiledLists = SHIPPED, **more: Any) -> TextView:
    return SCANNER.scan(message(text, **more), compiled)


def signals(text: str = "", **more: Any) -> dict[str, str]:
    return {signal.id: signal.word for signal in seen(text, **more).signals}
