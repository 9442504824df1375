"""Messages that were set aside, so that they can be posted again when the matter is settled."""

from collections.abc import Collection
from typing import Any, NamedTuple

from sqlalchemy import Row, delete, select, update

from bot.storage import codec
from bot.storage.tables import asides, decisions
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
    row = {
        "decision_id": decision_id, "message_id": facts.message_id, "group_id": group_id, "user_id": user_id,
        "at": facts.at,
    }  # fmt: skip
    await unit.execute(missing(unit, asides).values({**row, "facts": codec.encode_facts(facts)}))


async def get(unit: Unit, decision_id: int) -> AsideRow | None:
    """What the decision was about; None where nothing was set aside, or it was erased since."""
    return next(iter(await of_decision(unit, decision_id)), None)


async def of_decision(unit: Unit, decision_id: int) -> list[AsideRow]:
    """That, and the different messages that joined it, in their order."""
    return [as_row(row, facts) for row, facts in await kept(unit, decision_id)]


def as_row(row: "Row[Any]", facts: Facts) -> AsideRow:
    return AsideRow(
        row.decision_id, row.group_id, row.user_id, row.at, facts.name, facts.text, facts.entities, facts.media,
        facts.thread_id,
    )  # fmt: skip


async def kept(unit: Unit, decision_id: int) -> "list[tuple[Row[Any], Facts]]":
    found = select(asides).where(asides.c.decision_id == decision_id).order_by(asides.c.at, asides.c.message_id)
    return [(row, codec.decode_facts(row.facts)) for row in await unit.execute(found)]


async def taken_down(unit: Unit, group_id: int, rules: Collection[str], since: int) -> list[tuple[AsideRow, str]]:
    """What rules took down since then and nobody took back, each with its rule, in order."""
    mine = (asides.c.group_id == group_id, asides.c.at >= since, decisions.c.rule.in_(sorted(rules)))
    stands = (decisions.c.state == "standing", decisions.c.mode == "enforce", decisions.c.issuer_kind == "rule")
    joined = select(asides, decisions.c.rule).join(decisions, decisions.c.id == asides.c.decision_id)
    found = joined.where(*mine, *stands).order_by(asides.c.at, asides.c.message_id)
    return [(as_row(row, codec.decode_facts(row.facts)), str(row.rule)) for row in await unit.execute(found)]


async def erase(unit: Unit, before: int) -> int:
    return (await unit.execute(delete(asides).where(asides.c.at < before))).rowcount


async def extend(unit: Unit, decision_id: int, facts: Facts) -> None:
    """A further message that joins what was set aside: a part of an album, the same words again, or others."""
    before = await kept(unit, decision_id)
    album = next((each for each in before if facts.album_id and each[1].album_id == facts.album_id), None)
    if album is not None:
        row, first = album
        words = first if first.text else facts
        whole = first._replace(text=words.text, entities=words.entities, media=(*first.media, *facts.media))
        change = update(asides).where(asides.c.decision_id == decision_id, asides.c.message_id == row.message_id)
        await unit.execute(change.values(facts=codec.encode_facts(whole)))
    elif before and all((first.text, first.media) != (facts.text, facts.media) for _, first in before):
        await put(unit, decision_id, before[0][0].group_id, before[0][0].user_id, facts)
