"""Asks the running bot whether it is alive, with --ready whether it is ready: exit code 0 or 1 and one line."""

import argparse
import json
import os
import socket
import sys

from bot.configuration.source import ConfigError, read

SETTINGS = False
DEFAULT = "127.0.0.1:8080"
PATIENCE = 5.0
EVERYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 - asked, not listened on


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--ready", action="store_true", help="whether it can do its work: database, Telegram and so on")


def main(args: argparse.Namespace, settings: None) -> int:
    try:
        listen = address(args)
        status, body = ask(listen, "/readyz" if args.ready else "/healthz")
    except (ConfigError, ValueError) as error:
        print(f"health: {str(error).splitlines()[0]}", file=sys.stderr)
        return 1
    except OSError as error:
        print(f"health: nobody answers at {listen} ({error.strerror or error})", file=sys.stderr)
        return 1
    print(f"health: {told(body)}", file=sys.stdout if status == "200" else sys.stderr)
    return 0 if status == "200" else 1


def told(body: str) -> str:
    """The answer in one line for a person: what /readyz lists, or the words of /healthz."""
    if not body.startswith("{"):
        return " ".join(body.split()) or "no words"
    checks = json.loads(body)["checks"]
    return "; ".join(f"{name}: {why}" for name, why in checks.items() if why != "ok") or "ready"


def address(args: argparse.Namespace) -> str:
    """web.listen as the bot itself would read it."""
    sources = read(args.config, os.environ)
    if sources.problems:
        raise ConfigError(*sources.problems)
    section = sources.tree.get("web", {})
    return str(section.get("listen", DEFAULT)) if isinstance(section, dict) else DEFAULT


def ask(listen: str, path: str) -> tuple[str, str]:
    """Status and body of the answer."""
    host, _, port = listen.rpartition(":")
    host = host.strip("[]")
    if not host or not port.isdigit():
        raise ValueError("web.listen must be host:port")
    if port == "0":
        raise ValueError("web.listen has port 0, so nobody can know where the bot listens; give it a number")
    with socket.create_connection((EVERYWHERE.get(host, host), int(port)), PATIENCE) as connection:
        connection.sendall(f"GET {path} HTTP/1.1\r\nHost: {listen}\r\nConnection: close\r\n\r\n".encode())
        answer = b"".join(iter(lambda: connection.recv(65536), b"")).decode("utf-8", "replace")
    head, _, body = answer.partition("\r\n\r\n")
    words = head.split(" ", 2)
    if len(words) < 2 or not words[0].startswith("HTTP/1."):
        raise ValueError(f"something else than the bot answers at {listen}")
    return words[1], body
