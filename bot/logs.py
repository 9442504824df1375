"""Logs to standard error, one JSON object a line (readable text in a terminal); no secret passes this door."""

import json
import logging
import re
import sys
from collections.abc import Iterable
from datetime import UTC, datetime
from types import TracebackType
from typing import TextIO

TOKEN = re.compile(r"(?<![0-9])\d{3,}:[A-Za-z0-9_-]{20,}")
TOKEN_IN_ADDRESS = re.compile(r"(/bot)\d+:[^/\s\"'?]+")
PASSWORD_IN_ADDRESS = re.compile(r"(://[^\s:/@\"']+:)[^\s@/\"']+(?=@)")
MASK = "[redacted]"

STANDARD = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}
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


class JsonLines(logging.Formatter):
    """What a log collector reads: fixed names first, then whatever `extra` held."""

    def __init__(self, redact: Redaction) -> None:
        super().__init__()
        self._redact = redact

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "event": record.getMessage(),
        }
        line |= {name: value for name, value in vars(record).items() if name not in STANDARD}
        if trace := traceback_of(self, record):
            line["trace"] = trace
        return self._redact(json.dumps(line, ensure_ascii=False, default=str))


class Text(logging.Formatter):
    """What a person reads in a terminal; a message cannot start a line of its own."""

    def __init__(self, redact: Redaction) -> None:
        super().__init__()
        self._redact = redact

    def format(self, record: logging.LogRecord) -> str:
        at = datetime.fromtimestamp(record.created, UTC).strftime("%H:%M:%S")
        extra = "".join(f" {name}={value}" for name, value in vars(record).items() if name not in STANDARD)
        message = (record.getMessage() + extra).replace("\r", "\\r").replace("\n", "\\n")
        trace = traceback_of(self, record)
        line = f"{at} {record.levelname.lower():<7} {record.name}: {message}"
        return self._redact(f"{line}\n{trace}" if trace else line)


def traceback_of(formatter: logging.Formatter, record: logging.LogRecord) -> str:
    parts = [formatter.formatException(record.exc_info)] if record.exc_info else []
    if record.stack_info:
        parts.append(formatter.formatStack(record.stack_info))
    return "\n".join(parts)


def set_up(level: str = "info", form: str = "auto", secrets: Iterable[str] = (), stream: TextIO | None = None) -> None:
    """One handler on the root logger; libraries that log addresses with the token in them only from WARNING on."""
    output = stream or sys.stderr
    redact = Redaction(secrets)
    as_json = form == "json" or (form == "auto" and not output.isatty())
    handler = logging.StreamHandler(output)
    handler.setFormatter(JsonLines(redact) if as_json else Text(redact))
    logging.basicConfig(level=level.upper(), handlers=[handler], force=True)
    logging.captureWarnings(capture=True)
    for name in NOISY:
        logging.getLogger(name).setLevel(logging.WARNING)
    sys.excepthook = log_uncaught


def log_uncaught(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    if issubclass(kind, KeyboardInterrupt):
        return
    logging.getLogger("dengta").critical("stopped by an error nobody handled", exc_info=(kind, error, trace))
