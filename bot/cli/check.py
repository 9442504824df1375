"""Says what the configuration means: every key, its value and where it was set; or every mistake in it."""

import argparse
import asyncio
import json
import os
from collections.abc import Iterator
from urllib.parse import urlsplit

from pydantic import SecretStr

from bot.clock import SystemClock
from bot.configuration.mistakes import all_keys, field_of
from bot.configuration.source import ConfigError, Problem, read
from bot.configuration.webhookcheck import PLAIN_TO_OTHERS, called_address, on_this_machine
from bot.settings import Settings, host_of, require_token
from bot.texts import LOCALES, Texts
from bot.web.health import OPEN_TO_OTHERS
from rules.conduct import policy_layers
from rules.conduct.policy import Policy

PATIENCE = 10.0
PINNED = "A group keeps the defaults it began with; where these differ after an update, its leaders are asked."
NOT_READY = (
    "Not ready to run: telegram.token is missing. With --ready this is refused (exit code 78), and a token is tried: "
    "python -m bot check --ready"
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--ready", action="store_true", help="refuse as well a token that is missing or that Telegram refuses"
    )


def main(args: argparse.Namespace, settings: Settings) -> int:
    sources = read(args.config, os.environ)
    if args.ready:
        asyncio.run(ask_telegram(settings, sources.origin("telegram.token")))
    for key in all_keys(Settings):
        print(f"{key:<45} {shown(settings, key):<34} {sources.origins.get(key, 'default')}")
    loaded = policy_layers.load([("configured", settings.policy)])
    for key, value in policy_layers.dump(loaded.policy).items():
        text = json.dumps(value, ensure_ascii=False)
        print(f"{'policy.' + key:<45} {text:<34} {sources.origins.get(f'policy.{key}', 'default')}")
    print()
    for sentence in (*meaning(settings), *rules_by_mode(loaded.policy), PINNED):
        print(sentence)
    if not settings.telegram.token.get_secret_value():
        print(NOT_READY)
    return 0


async def ask_telegram(settings: Settings, origin: str) -> None:
    """A ConfigError where the token is missing or refused; that Telegram is away is no mistake."""
    # Only --ready talks to Telegram, and its library takes longer to load than all the rest.
    from bot.gateway import GatewayError, TelegramGateway, TokenRefused
    from bot.gateway.proxy import silent

    given, token = settings.telegram, require_token(settings)
    texts = Texts.load(LOCALES)
    try:
        async with (
            TelegramGateway(token, given.api_base_url, given.proxy, clock=SystemClock(), render=texts) as gateway,
            asyncio.timeout(PATIENCE),
        ):
            me = await gateway.get_me()
            print(f"Telegram knows this token: it is @{me.username}.")
    except TokenRefused:
        wrong = "Telegram refuses this token; get a valid one from @BotFather"
        raise ConfigError(Problem("telegram.token", origin, wrong)) from None
    except GatewayError as error:
        print(f"Telegram cannot be reached now; the bot will wait for it. ({error})")
    except TimeoutError:
        why = silent(given.proxy) if given.proxy else f"no answer within {PATIENCE:.0f} s"
        print(f"Telegram cannot be reached now; the bot will wait for it. ({why})")


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
    if settings.storage.url.startswith("sqlite"):
        yield f"The books are kept in the SQLite file {settings.storage.url.removeprefix('sqlite:///')}."
    else:
        yield f"The books are kept in the PostgreSQL database {without_password(settings.storage.url)}."
    yield owners(operators.user_ids)
    yield who_may_add(operators.who_may_add)
    if not on_this_machine(host_of(settings.web.listen)):
        yield f"Careful: {OPEN_TO_OTHERS} (web.listen = {settings.web.listen})."
    if telegram.intake == "webhook" and not on_this_machine(host_of(settings.webhook.listen)):
        yield f"Careful: {PLAIN_TO_OTHERS} (webhook.listen = {settings.webhook.listen})."
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
    return (
        "The configuration names no owner: whoever opens the link that `run` prints owns the installation, "
        "or put your Telegram user id into operators.user_ids."
    )


def who_may_add(who: str) -> str:
    if who == "anyone":
        return "Anyone may bring the bot to a group."
    return "Operators may bring the bot to a group; of anybody else they are asked first. Links: python -m bot links"
