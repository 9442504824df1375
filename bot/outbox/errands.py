"""What is sent at once: one act, or deletions in one chat that one call can do together."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from bot.gateway import DELETED_AT_ONCE, NOTHING, Outcome
from bot.storage.acts import ActRow
from rules.conduct.effects import Act, Delete, Edit, Say


class Errand(NamedTuple):
    """`rows` are settled alike; `chat_id` is 0 for a press, which goes to no chat; `after` is what the act before left
    behind."""

    rows: tuple[ActRow, ...]
    act: Act
    chat_id: int
    after: Mapping[str, Any] = NOTHING

    @property
    def created_at(self) -> int:
        return self.rows[0].created_at

    @property
    def row(self) -> ActRow:
        return self.rows[0]


class Ended(NamedTuple):
    """`wait` is the seconds until the next try, where there is one."""

    errand: Errand
    outcome: Outcome
    wait: float = 0.0


def elsewhere(act: Act) -> bool:
    """Whether an act goes to another chat than its group."""
    match act:
        case Say(to_user=user, to_chat=chat):
            return bool(user or chat)
        case Edit(to_chat=chat):
            return bool(chat)
        case _:
            return False


def first_of(rows: Sequence[ActRow], chat_id: int, after: Mapping[str, Any]) -> Errand:
    """The errand that `rows`, all for one chat and in order, begin with."""
    first = rows[0]
    if not isinstance(first.act, Delete) or not first.act.message_ids:
        return Errand((first,), first.act, chat_id, after)
    together = list(deletions(rows))
    ids = tuple(dict.fromkeys(id_ for _, act in together for id_ in act.message_ids))
    return Errand(tuple(row for row, _ in together), replace(first.act, message_ids=ids), chat_id)


def narrowed(errand: Errand, claimed: Collection[int]) -> Errand | None:
    """Without the rows that were called off, or that another process has; None where nothing is left."""
    rows = [row for row in errand.rows if row.id in claimed]
    return first_of(rows, errand.chat_id, errand.after) if rows else None


def deletions(rows: Iterable[ActRow]) -> Iterator[tuple[ActRow, Delete]]:
    """As many deletions from the front as one call takes; at least the first."""
    room, own = DELETED_AT_ONCE, None
    for row in rows:
        if not isinstance(row.act, Delete) or not row.act.message_ids:
            return
        # What the bot said itself needs no right, and must not wait for one with messages of members.
        if own not in (None, row.act.own):
            return
        own = row.act.own
        # The first goes whatever its size; the gateway cuts it up.
        if room < DELETED_AT_ONCE and len(row.act.message_ids) > room:
            return
        room -= len(row.act.message_ids)
        yield row, row.act
