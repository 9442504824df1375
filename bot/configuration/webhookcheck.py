"""What the [telegram] and [webhook] tables say together: contradictions, and the address Telegram is told to call."""

import re
from collections.abc import Iterator
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

from bot.configuration.source import Problem, Sources

PORTS = (443, 80, 88, 8443)
DEFAULT_PATH = "/telegram"
PLAIN_TO_OTHERS = (
    "webhook.listen is plain HTTP that other machines can reach; let it be a loopback address, or let only the proxy in"
)
PATH = re.compile(r"(/[A-Za-z0-9._~-]+)*")


def called_address(public_url: str) -> str:
    """What Telegram calls: the public address, with a path of ours where it has none."""
    return public_url if urlsplit(public_url).path else public_url + DEFAULT_PATH


def webhook_problems(sources: Sources) -> Iterator[Problem]:
    telegram, webhook = (sources.tree.get(name, {}) for name in ("telegram", "webhook"))
    if not (isinstance(telegram, dict) and isinstance(webhook, dict)):
        return
    intake = telegram.get("intake", "polling")
    for key in ("public_url", "secret"):
        origin = sources.origin(f"webhook.{key}")
        if intake == "webhook" and not webhook.get(key):
            wrong = 'missing, and telegram.intake = "webhook" needs it'
            yield Problem(f"webhook.{key}", origin or sources.origin("telegram.intake"), wrong)
        if intake == "polling" and webhook.get(key):
            wrong = 'is set, but telegram.intake = "polling": remove it, or set intake = "webhook"'
            yield Problem(f"webhook.{key}", origin, wrong)
    if intake == "webhook":
        for wrong in address_mistakes(webhook.get("public_url")):
            yield Problem("webhook.public_url", sources.origin("webhook.public_url"), wrong)


def address_mistakes(address: Any) -> Iterator[str]:
    """Of an address that is one; anything else is told by its type."""
    parts = urlsplit(address) if isinstance(address, str) else None
    if parts is None or parts.scheme not in {"http", "https"} or not parts.hostname:
        return
    try:
        port = parts.port or PORTS[0]
    except ValueError:
        yield "its port is no number from 1 to 65535"
        return
    if not on_this_machine(parts.hostname):
        if parts.scheme == "http":
            yield "Telegram calls only https:// addresses"
        elif port not in PORTS:
            yield f"Telegram calls only ports 443, 80, 88 and 8443, not {port}: let the proxy in front listen on one"
    if parts.username is not None or parts.query or parts.fragment or not PATH.fullmatch(parts.path.rstrip("/")):
        yield "must be an address without user, ? and #, its path of A-Z a-z 0-9 . _ ~ - and /"


def on_this_machine(host: str) -> bool:
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False
