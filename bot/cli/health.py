"""Asks the running bot whether it is alive; standard library only, for a container's health check."""

import argparse
import http.client
import os
import sys

from bot.configsource import ConfigError, Problem, read

SETTINGS = False
DEFAULT_LISTEN = "127.0.0.1:8080"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--ready", action="store_true", help="ask whether it is ready for updates, not only alive")


def main(args: argparse.Namespace, _settings: None) -> int:
    host, port = address(args)
    path = "/readyz" if args.ready else "/healthz"
    connection = http.client.HTTPConnection(host, port, timeout=3)
    try:
        connection.request("GET", path)
        answer = connection.getresponse()
        body = answer.read(2000).decode(errors="replace").strip()
    except OSError as error:
        print(f"nobody answers at {host}:{port}: {error.strerror or error}", file=sys.stderr)
        return 1
    finally:
        connection.close()
    print(body)
    return 0 if answer.status == http.client.OK else 1


def address(args: argparse.Namespace) -> tuple[str, int]:
    sources = read(args.config, os.environ)
    if sources.problems:
        raise ConfigError(*sources.problems)
    web = sources.tree.get("web", {})
    listen = str(web.get("listen", DEFAULT_LISTEN)) if isinstance(web, dict) else ""
    host, _, port = listen.rpartition(":")
    if not host or not port.isdigit():
        raise ConfigError(Problem("web.listen", sources.origin("web.listen"), "must be host:port", repr(listen)))
    return ("127.0.0.1" if host in {"0.0.0.0", "[::]"} else host.strip("[]")), int(port)  # noqa: S104
