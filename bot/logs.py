"""Logs to standard error, one JSON object a line (readable text in a terminal); no secret passes this door."""

import hashlib
import hmac
import json
import logging
import os
import re
import secrets as chance
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from types import TracebackType
from typing import TextIO

TOKEN = re.compile(r"(?<![0-9])\d{3,}:[A-Za-z0-9_-]{20,}")
TOKEN_IN_ADDRESS = re.compile(r"(/bot)\d+:[^/\s\"'?]+")
PASSWORD_IN_ADDRESS = re.compile(r"(://[^\s:/@\"']+:)[^\s@/\"']+(?=@)")
MASK = "[redacted]"
# PostgreSQL quotes the row that it refuses, and in it what people wrote.
DETAIL = re.compile(r"\nDETAIL:  .*?(?=\n\[SQL:|\nHINT:|\n\nThe above|\n\nDuring|\Z)", re.DOTALL)

STANDARD = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}
# What starts a line, moves a cursor or turns the reading direction has no business in a line of a log.
UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
PERSONS = ("user_id",)
COLOURS = {"warning": "33", "error": "31", "critical": "31;1"}
NOISY = ("httpx", "httpcore", "telegram", "apscheduler", "aiosqlite", "alembic")


class Redaction:
    """Replaces bot tokens, passwords in addresses and the secrets it was told of; whatever it does not know stays."""

    def __init__(self, secrets: Iterable[str] = ()) -> None:
        long_enough = {secret for secret in secrets if len(secret) >= 4}
        written = long_enough | {json.dumps(secret)[1:-1] for secret in long_enough}
        self._secrets = sorted(written, key=len, reverse=True)

    def __call__(self, text: str) -> str:
        for secret in self._secrets:
            text = text.replace(secret, MASK)
        text = TOKEN_IN_ADDRESS.sub(rf"\1{MASK}", text)
        text = PASSWORD_IN_ADDRESS.sub(rf"\1{MASK}", text)
        return TOKEN.sub(MASK, text)


TRACE: ContextVar[str] = ContextVar("trace", default="")


@contextmanager
def traced(trace: str) -> Iterator[None]:
    """Every line that is logged inside carries `trace`, so that lines of one matter can be found together."""
    before = TRACE.set(trace)
    try:
        yield
    finally:
        TRACE.reset(before)


class Pseudonyms:
    """The same person is the same word in every log of an installation; who it is, only its token could tell."""

    def __init__(self, key: str) -> None:
        # Without a token there is nobody yet, and nothing that would have to be found again.
        self._key = hashlib.sha256(b"dengta log " + (key.encode() or chance.token_bytes(32))).digest()

    def __call__(self, person: object) -> str:
        return f"u_{hmac.new(self._key, str(person).encode(), hashlib.sha256).hexdigest()[:12]}"


Extras = Callable[[logging.LogRecord], Mapping[str, object]]


def extras_of(person: Callable[[object], object]) -> Extras:
    """What `extra` held, and the trace; persons as `person` tells them."""

    def extras(record: logging.LogRecord) -> Mapping[str, object]:
        found = {name: value for name, value in vars(record).items() if name not in STANDARD}
        for name in PERSONS:
            if name in found:
                found[name] = person(found[name])
        return found | ({"trace": TRACE.get()} if TRACE.get() else {})

    return extras


class JsonLines(logging.Formatter):
    """What a log collector reads: fixed names first, then whatever `extra` held."""

    def __init__(self, redact: Redaction, extras: Extras) -> None:
        super().__init__()
        self._redact = redact
        self._extras = extras

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "event": DETAIL.sub("", record.getMessage()),
        }
        line |= self._extras(record)
        if traceback := traceback_of(self, record):
            line["traceback"] = traceback
        written = self._redact(json.dumps(line, ensure_ascii=False, default=str))
        return UNSEEN.sub(lambda found: f"\\u{ord(found[0]):04x}", written)


class Text(logging.Formatter):
    """What a person reads in a terminal; a message cannot start a line of its own."""

    def __init__(self, redact: Redaction, extras: Extras, *, coloured: bool = False) -> None:
        super().__init__()
        self._redact = redact
        self._extras = extras
        self._coloured = coloured

    def format(self, record: logging.LogRecord) -> str:
        at = datetime.fromtimestamp(record.created, UTC).strftime("%H:%M:%S")
        extra = "".join(f" {name}={value}" for name, value in self._extras(record).items())
        level, event = record.levelname.lower(), DETAIL.sub("", record.getMessage())
        colour = COLOURS.get(level, "") if self._coloured else ""
        shown = f"\x1b[{colour}m{level:<7}\x1b[0m" if colour else f"{level:<7}"
        line = f"{at} {shown} {self._plain(f'{record.name}: {event}{extra}')}"
        return "\n    ".join([line, *map(self._plain, traceback_of(self, record).splitlines())])

    def _plain(self, text: str) -> str:
        return UNSEEN.sub(lambda found: found[0].encode("unicode_escape").decode(), self._redact(text))


def traceback_of(formatter: logging.Formatter, record: logging.LogRecord) -> str:
    parts = [formatter.formatException(record.exc_info)] if record.exc_info else []
    if record.stack_info:
        parts.append(formatter.formatStack(record.stack_info))
    return DETAIL.sub("", "\n".join(parts))


def set_up(
    level: str = "info", form: str = "auto", secrets: Iterable[str] = (), stream: TextIO | None = None, *, key: str = ""
) -> None:
    """One handler on the root logger; libraries that log addresses with the token in them only from WARNING on.

    `key` is what persons are hidden by; at level debug they are not.
    """
    output = stream or sys.stderr
    redact, extras = Redaction(secrets), extras_of((lambda person: person) if level == "debug" else Pseudonyms(key))
    as_json = form == "json" or (form == "auto" and not output.isatty())
    coloured = output.isatty() and not os.environ.get("NO_COLOR")
    handler = logging.StreamHandler(output)
    handler.setFormatter(JsonLines(redact, extras) if as_json else Text(redact, extras, coloured=coloured))
    logging.basicConfig(level=level.upper(), handlers=[handler], force=True)
    logging.captureWarnings(capture=True)
    for name in NOISY:
        logging.getLogger(name).setLevel(logging.WARNING)
    sys.excepthook = log_uncaught


def log_uncaught(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    if issubclass(kind, KeyboardInterrupt):
        return
    logging.getLogger("dengta").critical("stopped by an error nobody handled", exc_info=(kind, error, trace))
