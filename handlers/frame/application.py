"""python-telegram-bot as a dispatcher inside a Unit: no call to Telegram, no task of its own, no error swallowed."""

from collections.abc import Mapping
from typing import Any, NoReturn, cast

from telegram import Update, User
from telegram.error import TelegramError
from telegram.ext import Application, ApplicationBuilder, ContextTypes, ExtBot
from telegram.request import BaseRequest, RequestData

from bot.services import Me, Services
from bot.storage import Unit
from handlers.frame.context import Fetched, Opened, Talk, opened

NO_TOKEN = "0:handlers-never-call-telegram"  # noqa: S105 - a name for what is not there


class CallRefused(TelegramError):
    """A handler tried to call Telegram itself; it must answer by acts."""


class RefusingRequest(BaseRequest):
    """The network of a bot that has none."""

    async def initialize(self) -> None:
        return None

    async def shutdown(self) -> None:
        return None

    @property
    def read_timeout(self) -> float | None:
        return None

    async def do_request(
        self, url: str, method: str, request_data: RequestData | None = None, read_timeout: Any = None,
        write_timeout: Any = None, connect_timeout: Any = None, pool_timeout: Any = None,
    ) -> NoReturn:  # fmt: skip
        raise CallRefused(f"a handler called {url.rpartition('/')[2]}; handlers answer by acts")


class BoundBot(ExtBot[None]):
    """Knows who it is, so that updates can be read and commands recognised; refuses every call."""

    def __init__(self, me: Me) -> None:
        super().__init__(NO_TOKEN, request=RefusingRequest(), get_updates_request=RefusingRequest())
        self._bot_user = User(me.id, me.name, is_bot=True, username=me.username)

    async def initialize(self) -> None:
        """There is nothing to ask Telegram."""


class Honest(Application[ExtBot[None], Talk, dict[Any, Any], dict[Any, Any], dict[Any, Any], None]):
    """An application whose errors reach whoever gave it the update, so that the Unit rolls back."""

    services: Services

    async def process_error(self, update: object | None, error: Exception, *_: Any, **__: Any) -> NoReturn:
        raise error


def empty_application(services: Services) -> Honest:
    """Without any handler yet."""
    builder = (
        ApplicationBuilder()
        .application_class(Honest)
        .bot(BoundBot(services.me))
        .updater(None)
        .job_queue(None)
        .context_types(ContextTypes(context=Talk))
    )
    application = cast(Honest, builder.build())
    application.services = services
    return application


async def talk(application: Honest, unit: Unit, raw: Mapping[str, Any], fetched: Fetched | None = None) -> None:
    """Let the handlers answer one update inside `unit`; whatever goes wrong is raised.

    `fetched` is what `handlers.fetching.registry` found out before the Unit opened.
    """
    await application.initialize()
    update = Update.de_json(dict(raw), application.bot)
    token = opened.set(Opened(unit, application.services, fetched or Fetched()))
    try:
        await application.process_update(update)
    finally:
        opened.reset(token)
