"""Logs: readable by people and machines, and never a secret in them."""

import io
import json
import logging
import re
import subprocess
import sys
import warnings
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot import logs

ROOT = Path(__file__).parents[2]
TOKEN = "123456789:AAHcanaryCANARYcanaryCANARYcanary_-9"
LEVELS = (logging.DEBUG, logging.INFO, logging.WARNING, logging.ERROR, logging.CRITICAL)


@pytest.fixture(autouse=True)
def root_logger_as_before() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level, hook, show = root.handlers[:], root.level, sys.excepthook, warnings.showwarning
    yield
    logging.captureWarnings(capture=False)
    root.handlers[:], root.level, sys.excepthook, warnings.showwarning = handlers, level, hook, show


def leak_everywhere() -> None:
    """Every way in which a token gets into a log."""
    log = logging.getLogger("leak")
    for level in LEVELS:
        log.log(level, "the token is %s", TOKEN)
        log.log(
            level, "POST https://api.telegram.org/bot%s/getMe", TOKEN, extra={"url": f"/bot{TOKEN}/", "all": [TOKEN]}
        )
    try:
        call_with_token(TOKEN)
    except ValueError:
        log.exception("it failed with %r", {"token": TOKEN}, stack_info=True)
    logging.getLogger("httpx").info("HTTP Request: POST https://api.telegram.org/bot%s/getMe", TOKEN)


def call_with_token(token: str) -> None:
    try:
        raise KeyError(token)
    except KeyError as error:
        raise ValueError(f"The token `{token}` was rejected") from error


@pytest.mark.parametrize("form", ["json", "text"])
def test_no_way_of_logging_shows_a_token(form: str) -> None:
    # S7
    stream = io.StringIO()
    logs.set_up("debug", form, stream=stream)
    leak_everywhere()
    written = stream.getvalue()
    assert written.count(logs.MASK) >= 2 * len(LEVELS)
    assert "canary" not in written.lower()
    assert "Traceback" in written


@pytest.mark.parametrize("form", ["json", "text"])
@pytest.mark.parametrize("secret", ["short-1", 'with "quotes" and \\', "秘密的词语"])
def test_a_secret_of_any_shape_is_hidden_once_it_is_known(form: str, secret: str) -> None:
    # S7
    stream = io.StringIO()
    logs.set_up("debug", form, [secret, ""], stream)
    logging.getLogger("leak").info("it is %s", secret, extra={"also": secret})
    assert stream.getvalue().count(logs.MASK) == 2


def test_a_password_in_a_database_address_is_hidden() -> None:
    # S7
    address = "cannot reach postgresql://dengta:canary@db.example.org/dengta?host=/run"
    assert logs.Redaction()(address) == f"cannot reach postgresql://dengta:{logs.MASK}@db.example.org/dengta?host=/run"


@pytest.mark.parametrize(
    "text", ["at 12:30:05 it was", "id 123456789:7", "http://127.0.0.1:8080/x@y", "07营-林晓-上海", "a:b@c"]
)
def test_what_is_no_secret_stays(text: str) -> None:
    assert logs.Redaction()(text) == text


def test_a_json_line_holds_time_level_logger_event_and_extras() -> None:
    stream = io.StringIO()
    logs.set_up("info", "json", stream=stream)
    logging.getLogger("dengta.intake").info("batch of %d", 7, extra={"update_id": 5, "text": "多行\n文字"})
    line = json.loads(stream.getvalue())
    assert line.pop("at").endswith("+00:00")
    assert line == {
        "level": "info",
        "logger": "dengta.intake",
        "event": "batch of 7",
        "update_id": 5,
        "text": "多行\n文字",
    }


@pytest.mark.parametrize("form", ["json", "text"])
def test_a_message_cannot_forge_a_line(form: str) -> None:
    stream = io.StringIO()
    logs.set_up("info", form, stream=stream)
    logging.getLogger("dengta").info("name\n12:00:00 info dengta: all is well\rx")
    assert len(stream.getvalue().splitlines()) == 1


@pytest.mark.parametrize("form", ["json", "text"])
def test_no_name_can_play_tricks_on_whoever_reads_a_log(form: str) -> None:
    # S7
    stream = io.StringIO()
    logs.set_up("info", form, stream=stream)
    try:
        raise ValueError("\n12:00:00 info dengta: all is well\x1b[2J")
    except ValueError:
        logging.getLogger("dengta").exception("of \x1b[31m\u202egnp.exe\u2028\x9b")
    written = stream.getvalue()
    assert not set("\x1b\u202e\u2028\x9b\r") & set(written)
    assert not [line for line in written.splitlines()[1:] if not line.startswith("    ")]


def test_a_person_is_the_same_word_in_every_log_of_an_installation_and_of_no_other() -> None:
    said = [hidden(TOKEN), hidden(TOKEN), hidden("424242:another"), hidden(""), hidden("")]
    assert said[0] == said[1]
    assert len(set(said)) == 4
    assert all(re.fullmatch("u_[0-9a-f]{12}", str(word)) for word in said)
    assert hidden(TOKEN, "debug") == 1001


def hidden(key: str, level: str = "info") -> object:
    stream = io.StringIO()
    logs.set_up(level, "json", stream=stream, key=key)
    logging.getLogger("dengta").info("set aside", extra={"user_id": 1001})
    return json.loads(stream.getvalue())["user_id"]


def test_lines_of_one_matter_carry_one_trace() -> None:
    stream = io.StringIO()
    logs.set_up("info", "json", stream=stream)
    log = logging.getLogger("dengta")
    log.info("before")
    with logs.traced("update-7"):
        log.info("first")
        log.info("second")
    log.info("after")
    assert [json.loads(line).get("trace") for line in stream.getvalue().splitlines()] == [
        None,
        "update-7",
        "update-7",
        None,
    ]


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(("no_color", "coloured"), [("", True), ("1", False)])
def test_colours_are_for_terminals_of_those_who_want_them(
    monkeypatch: pytest.MonkeyPatch, no_color: str, coloured: bool
) -> None:
    monkeypatch.setenv("NO_COLOR", no_color)
    screen, file = Terminal(), io.StringIO()
    for stream in (screen, file):
        logs.set_up("info", "text", stream=stream)
        logging.getLogger("dengta").warning("the disk is full")
    assert ("\x1b[33m" in screen.getvalue()) is coloured
    assert "\x1b" not in file.getvalue()
    assert "warning" in screen.getvalue()


def test_httpx_does_not_log_its_requests() -> None:
    stream = io.StringIO()
    logs.set_up("debug", "json", stream=stream)
    logging.getLogger("httpx").info("HTTP Request")
    assert stream.getvalue() == ""


def test_a_program_that_dies_does_not_print_its_token() -> None:
    # S7
    script = f"from bot import logs; logs.set_up(); raise SystemError('the token {TOKEN} was rejected')"
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "canary" not in (done.stdout + done.stderr).lower()
    assert "stopped by an error" in done.stderr
