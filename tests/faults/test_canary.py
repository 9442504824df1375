"""A run full of failures, and then a search for its secrets in everything that it left behind."""

from itertools import product
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from sqlalchemy import text

from bot.storage import Storage
from bot.storage.tables import metadata
from sandbox.processes import TOKEN, WEBHOOK_SECRET
from tests.bot.intake.knocking import JSON, SECRET, knock, post
from tests.faults.process import INSULT, Camp, camp

SECRET_OF_TOKEN, PASSWORD = TOKEN.partition(":")[2], "canary-of-a-password"
TROUBLES: tuple[dict[str, Any], ...] = (
    {"mode": "drop_answer"},
    {"mode": "drop_before"},
    {"mode": "http_body", "code": 502, "body": "<html>Bad Gateway</html>"},
    {"mode": "error", "code": 400, "description": f"Bad Request: wrong file /bot{TOKEN}/sendMessage"},
)


async def eventful(stage: Camp) -> None:
    """Commands, measures, a file, an unreadable update, and Telegram failing in every way that names an address."""
    await stage.people.fail_next("getUpdates", **TROUBLES[0])
    await stage.people.fail_next("setWebhook", **TROUBLES[3])
    for method, trouble in product(("sendMessage", "restrictChatMember"), TROUBLES):
        await stage.people.fail_next(method, **trouble)
    lin, wang = [await stage.member(name) for name in ("林晓", "王敏")]
    await stage.start()
    await stage.people.push_raw_update({"message": {"message_id": "x", "text": 5}})
    await stage.say(lin, INSULT, "/record", "/start")
    await stage.say(wang, *["快来看快来看"] * 8)
    await stage.people.start(stage.owner)
    await stage.say(stage.owner, "/mute @owner 1h", "/policy set flooding.mode off", "/rules")
    await stage.settled()


def files_of(database: str) -> list[bytes]:
    path = Path(database.removeprefix("sqlite:///"))
    return [each.read_bytes() for each in path.parent.glob(f"{path.name}*")]


async def rows_of(storage: Storage) -> list[bytes]:
    async with storage.reading() as unit:
        found = [row for table in metadata.tables for row in await unit.execute(text(f"SELECT * FROM {table}"))]
    return [str(tuple(row)).encode() for row in found]


async def knocks(stage: Camp) -> None:
    """Strangers at the webhook's door, one of whom has the secret in the wrong place."""
    port = urlsplit(stage.world.webhook.url).port if stage.world.webhook else None
    if port is not None:
        for headers, path in (((JSON,), f"/{WEBHOOK_SECRET}"), ((SECRET, SECRET, JSON), "/telegram")):
            await knock(port, post(WEBHOOK_SECRET.encode(), *headers, path=path))


async def test_no_secret_is_found_in_what_a_run_leaves_behind(tmp_path: Path, database_url: str, intake: str) -> None:
    # S7
    address = database_url.replace("postgres@", f"postgres:{PASSWORD}@")
    async with camp(tmp_path, address, intake=intake, logs={"level": "debug"}) as stage:
        await eventful(stage)
        await knocks(stage)
        left = [stage.bot.log.read_bytes(), *await rows_of(stage.storage)]
        if database_url.startswith("sqlite"):
            left += files_of(database_url)
        assert await stage.bot.stop() == 0
        left.append(stage.bot.log.read_bytes())
    assert len(left) > 20
    assert any(INSULT.encode() in each for each in left)
    secrets = [each.encode() for each in (SECRET_OF_TOKEN, PASSWORD, WEBHOOK_SECRET)]
    assert [each for each in left if any(secret in each for secret in secrets)] == []
