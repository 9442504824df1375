"""An error of the database that reaches the log says what failed, and nothing of what somebody wrote or is called."""

import io
import logging

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from bot import logs
from bot.storage import Storage, open_storage

CANARY = "林晓 (canary). \nof a person"
REFUSED = (
    "INSERT INTO members (group_id, user_id, name) VALUES (NULL, 7, :words)",
    "INSERT INTO leases (bot_id, epoch, instance, beats, place) VALUES (1, 1, 1, NULL, :words)",
    "INSERT INTO nowhere VALUES (:words)",
)


async def failure(storage: Storage, statement: str) -> Exception:
    with pytest.raises(DBAPIError) as refused:
        async with storage.unit() as unit:
            await unit.execute(text(statement), {"words": CANARY})
    return refused.value


@pytest.mark.parametrize("form", ["json", "text"])
@pytest.mark.parametrize("statement", REFUSED)
async def test_what_a_statement_carried_is_not_logged_when_it_fails(
    statement: str, form: str, database_url: str
) -> None:  # S7
    storage = await open_storage(database_url, migrate=False)
    error = await failure(storage, statement)
    await storage.close()
    output = io.StringIO()
    formatter = logs.JsonLines if form == "json" else logs.Text
    handler = logging.StreamHandler(output)
    handler.setFormatter(formatter(logs.Redaction(), lambda _record: {}))
    record = logging.makeLogRecord({"msg": "it fails: %s", "args": (error,), "exc_info": (type(error), error, None)})
    handler.emit(record)
    said = output.getvalue()
    assert "canary" not in said
    assert "林晓" not in said
    assert "INSERT INTO" in said
