"""The configuration as one frozen value; a mistake is never guessed away, and all are told at once."""

import os
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

from bot.configuration.mistakes import misspelt_names, problem_of
from bot.configuration.policycheck import policy_problems
from bot.configuration.source import ConfigError, Problem, Sources, environment_name, read
from bot.configuration.webhookcheck import webhook_problems

TOKEN = re.compile(r"\d+:[A-Za-z0-9_-]+")
SECRET = re.compile(r"[A-Za-z0-9_-]{16,256}")
ADDRESS = re.compile(r"(?P<host>\[[0-9a-fA-F:.]+\]|[^:\s]+):(?P<port>\d{1,5})")


def web_address(text: str) -> str:
    if text and (urlsplit(text).scheme not in {"http", "https"} or not urlsplit(text).hostname):
        raise ValueError(text)
    return text.rstrip("/")


def proxy_address(text: str) -> str:
    if text and (urlsplit(text).scheme not in {"http", "https", "socks5", "socks5h"} or not urlsplit(text).hostname):
        raise ValueError(text)
    return text


def database_address(text: str) -> str:
    if not text.startswith(("sqlite:///", "postgresql://", "postgres://")):
        raise ValueError(text)
    return text


def listen_address(text: str) -> str:
    host_and_port(text)
    return text


def host_and_port(address: str) -> tuple[str, int]:
    """`127.0.0.1:8080` or `[::1]:8080` taken apart; ValueError for anything else."""
    match = ADDRESS.fullmatch(address)
    if match is None or int(match["port"]) > 65535:
        raise ValueError(address)
    return match["host"].strip("[]"), int(match["port"])


def host_of(address: str) -> str:
    return host_and_port(address)[0]


def bot_token(secret: SecretStr) -> SecretStr:
    if secret.get_secret_value() and not TOKEN.fullmatch(secret.get_secret_value()):
        raise ValueError
    return secret


def webhook_secret(secret: SecretStr) -> SecretStr:
    if secret.get_secret_value() and not SECRET.fullmatch(secret.get_secret_value()):
        raise ValueError
    return secret


def distinct(ids: tuple[int, ...]) -> tuple[int, ...]:
    if len(set(ids)) < len(ids):
        raise ValueError(ids)
    return ids


Listen = Annotated[str, AfterValidator(listen_address)]
WebAddress = Annotated[str, AfterValidator(web_address)]
UserId = Annotated[int, Field(gt=0)]


class Section(BaseModel):
    """Each field's description says what is allowed; it is what an operator reads after a mistake."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)


class Telegram(Section):
    token: Annotated[SecretStr, AfterValidator(bot_token)] = Field(
        SecretStr(""), repr=False, description="a token as @BotFather gives it, digits:letters"
    )
    api_base_url: WebAddress = Field(
        "https://api.telegram.org", min_length=1, description="an http:// or https:// address"
    )
    proxy: Annotated[str, AfterValidator(proxy_address)] = Field(
        "", repr=False, description="empty, or an http://, https:// or socks5:// address"
    )
    intake: Literal["polling", "webhook"] = Field("polling", description="polling or webhook")


class Webhook(Section):
    listen: Listen = Field("127.0.0.1:8081", description="host:port")
    public_url: WebAddress = Field("", description="the https:// address under which Telegram reaches us")
    secret: Annotated[SecretStr, AfterValidator(webhook_secret)] = Field(
        SecretStr(""), repr=False, description="16 to 256 of A-Z a-z 0-9 _ -, as from: openssl rand -hex 32"
    )
    max_connections: int = Field(40, ge=1, le=100, description="a whole number from 1 to 100")


class Storage(Section):
    url: Annotated[str, AfterValidator(database_address)] = Field(
        "sqlite:///data/dengta.db", repr=False, description="a sqlite:///FILE or a postgresql:// address"
    )


class Operators(Section):
    user_ids: Annotated[tuple[UserId, ...], AfterValidator(distinct)] = Field(
        (), description="a list of different Telegram user ids above 0, in the environment as JSON: [123, 456]"
    )
    who_may_add: Literal["operators", "anyone"] = Field("operators", description="operators or anyone")
    contact: str = Field("", max_length=200, description="a text of at most 200 characters")


class Web(Section):
    listen: Listen = Field("127.0.0.1:8080", description="host:port")


class Logs(Section):
    level: Literal["debug", "info", "warning", "error"] = Field("info", description="debug, info, warning or error")
    format: Literal["auto", "json", "text"] = Field("auto", description="auto, json or text")


class Retention(Section):
    text_days: int = Field(90, ge=1, le=3650, description="a whole number from 1 to 3650")


class Sandbox(Section):
    clock_url: WebAddress = Field("", description="empty, or the http:// address of a sandbox's clock")
    loud: bool = Field(False, description="true or false")

    @property
    def everything_at_once(self) -> bool:
        """Only in a sandbox's time: where real people are, the law of quiet has no switch."""
        return self.loud and bool(self.clock_url)


class Settings(BaseSettings):
    """`load` is the way to one: the sources are read beside pydantic-settings, which forgets where a value stood."""

    model_config = SettingsConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    telegram: Telegram = Telegram()
    webhook: Webhook = Webhook()
    storage: Storage = Storage()
    operators: Operators = Operators()
    web: Web = Web()
    logs: Logs = Logs()
    retention: Retention = Retention()
    sandbox: Sandbox = Sandbox()
    policy: dict[str, Any] = Field(default_factory=dict, description="a table [policy.RULE] for each rule")

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Only the tree that `bot/configuration/source.py` read, which remembers where every key stood."""
        return (init_settings,)

    def secrets(self) -> Iterator[str]:
        """What must never be printed, for the log's redaction."""
        yield self.telegram.token.get_secret_value()
        yield self.webhook.secret.get_secret_value()
        for address in (self.storage.url, self.telegram.proxy):
            yield urlsplit(address).password or ""


def load(path: Path | None = None, environ: Mapping[str, str] = os.environ) -> Settings:
    """Settings from file, secrets directory and environment, or a ConfigError that lists every mistake."""
    return build(read(path, environ), environ)


def build(sources: Sources, environ: Mapping[str, str]) -> Settings:
    problems = [*sources.problems, *misspelt_names(Settings, environ), *webhook_problems(sources)]
    settings = Settings()
    try:
        settings = Settings(**sources.tree)
    except ValidationError as error:
        problems += [problem_of(Settings, detail, sources) for detail in error.errors(include_url=False)]
    problems += policy_problems(sources)
    if problems:
        raise ConfigError(*problems)
    return settings


def require_token(settings: Settings) -> str:
    """The token, or a ConfigError that says how to give one; nothing that talks to Telegram starts without."""
    token = settings.telegram.token.get_secret_value()
    if not token:
        name = environment_name("telegram.token")
        where = f"set it in config.toml, in {name} or in a secrets file {name.lower()}"
        wrong = f"missing; {where} (no config.toml yet? cp config.example.toml config.toml)"
        raise ConfigError(Problem("telegram.token", "", wrong))
    return token
