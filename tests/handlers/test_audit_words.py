"""Leaders read in words what was done, whatever was done; no name of the program's own stands in their page."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest

from handlers.conduct.auditing import key_of
from handlers.frame.presses import PRESSES
from rules.conduct.verdict import Step
from tests.handlers.camp import TEXTS, Camp

ROOT = Path(__file__).parents[2]
NAME = re.compile(r"[a-z]+\.[a-z_]+")
ALONE = ("undo", "unmute", "readmit", "pardon", "handover", "notice", "here", "preset", "care", "mark")


def written() -> frozenset[str]:
    """Every name that stands in a module that writes the audit, every button's, every step."""
    sources = (path.read_text("utf-8") for folder in ("bot", "handlers") for path in (ROOT / folder).rglob("*.py"))
    named = {name for source in sources if "audit" in source for name in names(source)}
    return frozenset({*named, *PRESSES, *get_args(Step), *ALONE})


def names(source: str) -> Iterator[str]:
    """Words of calls of the audit, and what stands in capitals above."""
    for node in ast.walk(ast.parse(source)):
        calls = isinstance(node, ast.Call) and ast.unparse(node.func) in {"audit.done", "audit.add", "rows.add"}
        if not calls and not isinstance(node, ast.Assign):
            continue
        inside = (each.value for each in ast.walk(node) if isinstance(each, ast.Constant))
        yield from (each for each in inside if isinstance(each, str) and NAME.fullmatch(each) and not is_sentence(each))


def is_sentence(key: str) -> bool:
    return key.partition(".")[0] in {"appeals", "conduct", "own", "protect", "talk"}


@pytest.mark.parametrize("language", ["zh_Hans", "zh_Hant", "en"])
def test_every_action_has_words(language: str) -> None:
    known = TEXTS.keys(language)
    assert len(written()) > 200
    assert sorted(action for action in written() if key_of(action, known) == "audit.did_other") == []


async def test_what_was_set_is_read_in_words(camp: Camp) -> None:
    await camp.starts(camp.leader)
    for line in (
        "/approval all",
        "/filter add 加微信",
        f"/shift {camp.lin} 周一 19:00-22:00",
        "/faq add 打卡 => 点签到",
    ):
        await camp.asks(camp.leader, line)
    await camp.asks(camp.leader, "/audit")
    shown = camp.last(camp.leader)
    for said in ("改了先审后发", "加了一条过滤", "排了班"):
        assert said in shown
    assert not re.search(r"[a-z]+\.[a-z]+", shown)
