"""Messages that were set aside, so that they can be posted again when the matter is settled."""

from typing import NamedTuple

from sqlalchemy import delete, select, update

from bot.storage import codec
from bot.storage.tables import asides
from bot.storage.unit import Unit, missing
from rules.conduct.facts import Entity, Facts, Media


class AsideRow(NamedTuple):
    """What Telegram needs to show the message again, and whose it is."""

    decision_id: int
    group_id: int
    user_id: int
    at: int
    name: str
    text: str
    entities: tuple[Entity, ...]
    media: tuple[Media, ...]
    thread: int


async def put(unit: Unit, decision_id: int, group_id: int, user_id: int, facts: Facts) -> None:
    row = {"decision_id": decision_id, "group_id": group_id, "user_id": user_id, "at": facts.at}
    await unit.execute(missing(unit, asides).values({**row, "facts": codec.encode_facts(facts)}))


async def get(unit: Unit, decision_id: int) -> AsideRow | None:
    """None where nothing was set aside, or it was erased since."""
    row = (await unit.execute(select(asides).where(asides.c.decision_id == decision_id))).first()
    if row is None:
        return None
    facts = codec.decode_facts(row.facts)
    return AsideRow(
        row.decision_id, row.group_id, row.user_id, row.at, facts.name, facts.text, facts.entities, facts.media,
        facts.thread_id,
    )  # fmt: skip


async def erase(unit: Unit, before: int) -> int:
    return (await unit.execute(delete(asides).where(asides.c.at < before))).rowcount


async def extend(unit: Unit, decision_id: int, facts: Facts) -> None:
    """A further part of an album that was set aside; nothing where none was."""
    row = (await unit.execute(select(asides.c.facts).where(asides.c.decision_id == decision_id))).first()
    if row is None:
        return
    first = codec.decode_facts(row.facts)
    whole = first._replace(text=first.text or facts.text, media=(*first.media, *facts.media))
    change = update(asides).where(asides.c.decision_id == decision_id)
    await unit.execute(change.values(facts=codec.encode_facts(whole)))
