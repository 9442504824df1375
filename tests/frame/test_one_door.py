"""One door each: for SQL, for Telegram, for the clock, for deciding and for what people read (docs/laws.md)."""

import ast
import re
from collections.abc import Iterable

from tests.frame.source import called, calling, dotted, files, importing, nodes, texts

SHELL = files("bot", "handlers")
PROGRAM = files("bot", "handlers", "rules")
SQL_PACKAGES = ("sqlalchemy", "alembic", "aiosqlite", "asyncpg", "sqlite3")
STATEMENT = re.compile(r"\s*(SELECT|INSERT|UPDATE|DELETE|CREATE|DROP|ALTER|PRAGMA|BEGIN|COMMIT|WITH)\s.*\b", re.ASCII)
# The clock of a sandbox is asked of the sandbox; the books are read on that same clock.
SANDBOX_CLOCK = {"bot/clock.py", "bot/cli/books.py"}
NETWORKS = ("httpx", "aiohttp", "requests", "urllib.request", "http.client")
NOW = frozenset(
    {"datetime.now", "datetime.utcnow", "datetime.today", "date.today", "datetime.datetime.now", "datetime.date.today"}
)
# APScheduler rings by a time of its own, so it is told that time.
OWN_IDEA_OF_NOW = {"bot/calendar.py"}
TASKS = frozenset(
    {"create_task", "ensure_future", "TaskGroup", "run_coroutine_threadsafe", "to_thread", "call_later", "call_soon"}
)
# A clause with its sign, or more characters in a row than any word that people type to the bot.
SENTENCE = re.compile(r"[\u4e00-\u9fff][，。！？；：]|[\u4e00-\u9fff]{5,}")
# What people write is looked at here: single characters of patterns, names made up to try a format on.
READING = (
    "bot/textscan/",
    "bot/arrival/pasting.py",
    "bot/conduct/disguise.py",
    "rules/programme/questions.py",
    "rules/conduct/nickname_builder.py",
    "handlers/reading/weekhours.py",
)


def inside(room: str, found: set[str]) -> bool:
    return bool(found) and all(file.startswith(room) for file in found)


def test_only_storage_knows_a_database() -> None:
    for package in SQL_PACKAGES:
        assert {file for file in importing(package, PROGRAM) if not file.startswith("bot/storage/")} == set()


def test_only_storage_writes_statements() -> None:
    assert {
        file for file in PROGRAM if any(map(STATEMENT.match, texts(file))) if not file.startswith("bot/storage/")
    } == set()


def test_only_the_gateway_knows_how_to_reach_telegram() -> None:
    assert inside("bot/gateway/", importing("telegram", files("bot")))
    for package in NETWORKS:
        known = importing(package, PROGRAM) - SANDBOX_CLOCK
        assert {file for file in known if not file.startswith("bot/gateway/")} == set()


def test_handlers_read_telegrams_words_and_have_no_bot() -> None:
    """Only the one that refuses every call: python-telegram-bot wants one."""
    for name in ("telegram.Bot", "telegram.request", "telegram.ext.ExtBot"):
        assert importing(name, files("handlers")) <= {"handlers/frame/application.py", "handlers/frame/context.py"}


def test_only_the_clock_asks_what_time_it_is() -> None:
    assert importing("time", SHELL) == {"bot/clock.py"}
    asking = {file for file in PROGRAM if any(dotted(node) in NOW for node in nodes(file))}
    assert asking == OWN_IDEA_OF_NOW


def test_the_rules_ask_for_neither_time_nor_chance_by_any_name() -> None:
    """`datetime` and `contextlib` only compute; `datetime.now` does not."""
    forbidden = NOW | {"open", "input", "print", "exec", "eval", "__import__"}
    for file in files("rules"):
        assert {dotted(node) for node in nodes(file)} & forbidden == set(), file
        assert {called(node) for node in nodes(file)} & {"now", "utcnow", "today", "system_clock"} == set(), file


def test_one_place_decides() -> None:
    """Whoever else calls `decide` only shows what would follow: to somebody who asks, or as a captured case."""
    showing = {"bot/speech/asking.py", "bot/conduct/capturing.py", "bot/cli/capture.py", "bot/conduct/replaying.py"}
    asking = {"bot/conduct/moderator.py", "handlers/policy/filter_tries.py", "handlers/policy/samples.py", *showing}
    assert importing("rules.conduct.decide", SHELL) == asking


def test_one_place_writes_decisions_and_their_entries() -> None:
    assert calling("add_decision", SHELL) == {"bot/conduct/recorder.py"}
    assert calling("add_entries", SHELL) == {"bot/conduct/recorder.py"}


def test_handlers_start_no_task() -> None:
    """What they began would outlive the Unit that they were given."""
    started = {file for file in files("handlers") if {called(node) for node in nodes(file)} & TASKS}
    assert started == set()


def test_handlers_ask_telegram_only_before_a_unit_opens() -> None:
    assert inside("handlers/fetching/", {file for file in files("handlers") if "gateway" in attributes(nodes(file))})


def test_whoever_is_given_a_unit_asks_telegram_nothing() -> None:
    given = [(file, node) for file in SHELL for node in nodes(file) if takes_a_unit(node)]
    assert len(given) > 100
    assert [(file, node) for file, node in given if attributes(ast.walk(node)) & {"gateway", "_gateway"}] == []


def takes_a_unit(node: ast.AST) -> bool:
    given = node.args.args if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) else []
    return any(dotted(argument.annotation or ast.Pass()) == "Unit" for argument in given)


def attributes(of: Iterable[ast.AST]) -> set[str]:
    return {each.attr for each in of if isinstance(each, ast.Attribute)}


def test_what_people_read_stands_in_the_catalogues() -> None:
    """Words that people type are in the code, sentences are not; the command line and the logs are English."""
    assert {file: said for file in PROGRAM if not file.startswith(READING) if (said := sentences(file))} == {}


def sentences(file: str) -> list[str]:
    return [text for text in texts(file) if SENTENCE.search(text)]
