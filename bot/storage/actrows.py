"""Rows of the outbox as the rest of the program reads them; changes none."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, TextClause, select, text

from bot.storage import codec
from bot.storage.buttons import Ids
from bot.storage.tables import acts
from bot.storage.unit import Unit
from rules.conduct.effects import Act

SUCCEEDED = ("done", "simulated")
FAILED = ("refused", "expired", "unknown")
# These wait for a yes or no of people, not for Telegram: their time has not begun.
ASKED = ("leader", "brake", "person_brake")
# As the index of what waits says it: word for word, else SQLite does not use it and reads every act there ever was.
UNSETTLED = text("acts.state IN ('pending', 'sending', 'held')")


class ActRow(NamedTuple):
    """`state`: pending, sending, held, done, refused, expired, simulated, unknown; `cause` says why it is held.

    `chat_id` is where it happens. `after_id` names the act whose `result` it needs. `buttons` are the ids of the
    buttons of the act, in their arrangement, "" for a link. Times are Unix seconds.
    """

    id: int
    key: str
    decision_id: int | None
    group_id: int | None
    chat_id: int
    user_id: int
    kind: str
    act: Act
    lane: int
    state: str
    cause: str
    reason: str
    after_id: int | None
    not_before: int
    expires_at: int
    attempts: int
    created_at: int
    settled_at: int
    result: dict[str, Any]
    buttons: Ids


COLUMNS = [acts.c[name] for name in ActRow._fields]


async def some(unit: Unit, *conditions: ColumnElement[bool] | TextClause) -> list[ActRow]:
    return [row_of(row) for row in await unit.execute(select(*COLUMNS).where(*conditions).order_by(acts.c.id))]


def row_of(row: Sequence[Any]) -> ActRow:
    found = ActRow._make(row)
    return found._replace(
        act=codec.decode_act(str(found.act)), result=codec.decode_table(str(found.result)),
        buttons=codec.decode_ids(str(found.buttons)),
    )  # fmt: skip
