"""Says what the configuration means: every key, its value and where it was set; or every mistake in it."""

import argparse
import json
import os
from collections.abc import Iterator
from urllib.parse import urlsplit

from pydantic import SecretStr

from bot.configsource import read
from bot.mistakes import all_keys, field_of
from bot.settings import Settings, require_token
from bot.web.health import OPEN_TO_OTHERS, loopback
from bot.webhookcheck import called_address
from rules.conduct import policy_layers
from rules.conduct.policy import Policy


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--ready", action="store_true", help="refuse as well what a bot cannot run without: no token")


def main(args: argparse.Namespace, settings: Settings) -> int:
    if args.ready:
        require_token(settings)
    sources = read(args.config, os.environ)
    for key in all_keys(Settings):
        print(f"{key:<45} {shown(settings, key):<34} {sources.origins.get(key, 'default')}")
    loaded = policy_layers.load([("configured", settings.policy)])
    for key, value in policy_layers.dump(loaded.policy).items():
        text = json.dumps(value, ensure_ascii=False)
        print(f"{'policy.' + key:<45} {text:<34} {sources.origins.get(f'policy.{key}', 'default')}")
    print()
    for sentence in (*meaning(settings), *rules_by_mode(loaded.policy)):
        print(sentence)
    return 0


def shown(settings: Settings, key: str) -> str:
    section, _, name = key.partition(".")
    value = getattr(getattr(settings, section), name)
    if isinstance(value, SecretStr):
        return "(set, not shown)" if value.get_secret_value() else "(not set)"
    if not field_of(Settings, [section, name]).repr and value:
        return without_password(value)
    return str(list(value)) if isinstance(value, tuple) else str(value) or '""'


def without_password(address: str) -> str:
    parts = urlsplit(address)
    return address if parts.password is None else address.replace(f":{parts.password}@", ":***@")


def meaning(settings: Settings) -> Iterator[str]:
    telegram, operators = settings.telegram, settings.operators
    if telegram.token.get_secret_value():
        yield intake(settings)
    else:
        yield "Not ready to run: telegram.token is missing."
    if settings.storage.url.startswith("sqlite"):
        yield f"The books are kept in the SQLite file {settings.storage.url.removeprefix('sqlite:///')}."
    else:
        yield f"The books are kept in the PostgreSQL database {without_password(settings.storage.url)}."
    yield owners(operators.user_ids)
    if not loopback(settings.web.listen):
        yield f"Careful: {OPEN_TO_OTHERS} (web.listen = {settings.web.listen})."
    if settings.sandbox.clock_url:
        yield f"The clock follows a sandbox at {settings.sandbox.clock_url}: this is not a real installation."


def intake(settings: Settings) -> str:
    telegram, webhook = settings.telegram, settings.webhook
    if telegram.intake == "polling":
        return f"Updates come by polling from {telegram.api_base_url}."
    calls = f"{telegram.api_base_url} calls {called_address(webhook.public_url)}"
    return f"Updates come by webhook: {calls}, and a proxy there hands it on to {webhook.listen}, where we listen."


def rules_by_mode(policy: Policy) -> Iterator[str]:
    modes = {
        rule: getattr(policy, rule).mode for rule in policy_layers.parts() if hasattr(getattr(policy, rule), "mode")
    }
    for mode in ("enforce", "observe", "off"):
        rules = sorted(rule for rule, chosen in modes.items() if chosen == mode)
        yield f"Rules on {mode}: {', '.join(rules) or 'none'}."


def owners(user_ids: tuple[int, ...]) -> str:
    if user_ids:
        return f"This installation is owned by {', '.join(map(str, user_ids))}."
    return "Nobody owns this installation yet: put your Telegram user id into operators.user_ids."
