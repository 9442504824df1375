"""No text reaches a statement but as a bound value: whatever is written comes back, and nothing else happens."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import bot.storage
from bot.storage import (
    Storage,
    Unit,
    audit,
    buttons,
    groups,
    members,
    merit,
    occurrences,
    policies,
    roles,
    seen,
    tickets,
    undecided,
    users,
    welcomes,
)
from bot.storage.groups import GroupRow
from bot.storage.members import Touch
from bot.storage.tables import clean
from rules.conduct.effects import Phrase
from tests.bot.storage.making import AT, PERSON, decide
from tests.bot.storage.schema import everything

EVIL = (
    "'; DROP TABLE members; --", '" OR "1"="1', "%s %(name)s :name ?1 $1 {x}", "\\'; \\", "a\0b", "\ud800half",
    "ru\u202eltr\u200d", "灯塔" * 50, "null", "-- ", "/*", "';\nCOMMIT;\n", "[1,2]", "`x`", "",
)  # fmt: skip
SPEAKING_SQL = {"text", "Sql", "exec_driver_sql", "execute_fetchall", "executescript", "literal_column", "only"}
SOURCES = Path(bot.storage.__file__).parent


async def write_everywhere(unit: Unit, group: GroupRow, text: str) -> None:
    """Every text that people or Telegram choose."""
    await groups.update(unit, group.id, title=text, language=text, zone=text, bot_rights={text}, rule_began={text: 1})
    await members.touch(unit, [Touch(group.id, PERSON, text or "x", text, text, False, AT, 1)])
    await members.update(unit, group.id, PERSON, nick=text)
    await members.set_status(unit, group.id, PERSON, "administrator", at=AT, name=text, admin_rights={text})
    await members.find_username(unit, group.id, text)
    await users.started(unit, PERSON, text, text, text, AT)
    await users.set_language(unit, PERSON, text)
    await undecided.add(unit, 1, 1, text, text, AT)
    await policies.put(unit, "group", group.id, {"words": [text], "text": text}, PERSON, AT)
    await roles.grant(unit, group.id, PERSON, text, 1, AT)
    await roles.revoke(unit, group.id, PERSON, text)
    await audit.add(unit, at=AT, actor_kind="person", actor_id=1, action=text, before={text: text}, after={"a": text})
    await audit.count(unit, actor_id=1, action=text, since=0)
    await buttons.use(unit, text)
    await occurrences.claim(unit, text, group.id, AT, AT)
    await occurrences.mark(unit, text, text, None)
    await merit.checkin(unit, group.id, PERSON, text, AT)
    await welcomes.add(unit, group.id, PERSON, text, AT)
    words = (Phrase("conduct.notice", (("name", text),)),)
    ticket = await tickets.open_ticket(
        unit, group_id=group.id, kind=text, decision_id=None, user_id=PERSON, words=words, at=AT
    )
    await tickets.answer(unit, ticket, 1, AT, text)
    await decide(unit, group, f"key {text}")


@pytest.mark.parametrize("text", EVIL, ids=range(len(EVIL)))
async def test_any_text_is_kept_as_it_was_and_does_nothing_else(storage: Storage, group: GroupRow, text: str) -> None:
    # S5
    await storage.write(lambda unit: write_everywhere(unit, group, text))
    kept = clean(text)
    async with storage.reading() as unit:
        found = (await groups.by_ids(unit, [group.id]))[group.id]
        member = (await members.load(unit, [(group.id, PERSON)]))[group.id, PERSON]
        assert (found.title, found.language, found.zone) == (kept, kept, kept)
        assert (member.name, member.username, member.tag, member.nick) == (kept, kept, kept, kept)
        assert [row.user_id for row in await members.find_username(unit, group.id, kept)] == ([PERSON] if kept else [])
        assert (await users.get(unit, [PERSON]))[PERSON].language == kept
        assert [row.action for row in await audit.of(unit, actor_id=1)] == [kept]
        assert [row.name for row in await welcomes.waiting(unit, group.id)] == [kept]
        occurrence = await occurrences.get(unit, text)
        assert occurrence is not None
        assert (occurrence.key, occurrence.state) == (kept, kept)
        assert {len(rows) for name, rows in (await everything(unit.connection)).items() if name == "groups"} == {1}


@given(text=st.text(alphabet=st.characters(codec=None), max_size=30))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
async def test_any_name_at_all_can_be_touched(storage: Storage, group: GroupRow, text: str) -> None:
    # S2, S5
    async with storage.unit() as unit:
        await members.touch(unit, [Touch(group.id, PERSON, text, text, text, False, AT, 1)])
        await undecided.add(unit, 1, hash(text) % 1000, text, text, AT)
        await seen.mark(unit, 1, [1], AT)


def parts_of_statements(tree: ast.AST) -> Iterator[ast.expr]:
    """What is handed to anything that takes SQL as a text."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if name in SPEAKING_SQL:
                yield from node.args


def test_no_statement_is_put_together_from_values() -> None:
    # S5
    for file in sorted([*SOURCES.rglob("*.py")]):
        for part in parts_of_statements(ast.parse(file.read_text(encoding="utf-8"))):
            made = [
                node
                for node in ast.walk(part)
                if isinstance(node, ast.JoinedStr | ast.Mod)
                or (isinstance(node, ast.Attribute) and node.attr in {"format", "join", "replace"})
            ]
            assert not made, f"{file.name}:{part.lineno}"
