"""A group keeps the defaults it began with; what a newer program would begin with is offered to its leaders, once."""

from functools import partial
from typing import TYPE_CHECKING

from bot.clock import Clock
from bot.desks import cards
from bot.storage import Storage, Unit, audit, defaults, groups, tickets
from bot.storage.groups import GroupRow
from rules.conduct import pinned
from rules.conduct.effects import Button, Card, Phrase
from rules.conduct.pinned import Difference

if TYPE_CHECKING:
    from bot.conduct.moderator import Moderator

KIND = "defaults"
OFFERED, SUPERSEDED = "defaults.offered", "defaults.superseded"
MOST_SHOWN, MOST_OFFERS = 10, 200
MODES = frozenset({"off", "observe", "enforce"})


async def pin(unit: Unit, group_id: int | None = None) -> None:
    """That group, or every one that has none, begins with what this program begins with."""
    mark = pinned.mark_of_program()
    await defaults.keep(unit, mark, pinned.of_program())
    await defaults.pin(unit, mark, group_id)


async def at_start(storage: Storage, moderator: "Moderator", clock: Clock) -> None:
    """Groups from before defaults were kept get them; where the program's are others by now, leaders are asked."""
    await storage.write(pin)
    async with storage.reading() as unit:
        older = [g for g in await groups.all_active(unit) if g.defaults not in ("", pinned.mark_of_program())]
    for group in older:
        await storage.write(partial(offer, moderator=moderator, group=group, at=int(clock.now())))


async def offer(unit: Unit, moderator: "Moderator", group: GroupRow, at: int) -> None:
    """One card about all that differs; nothing where it was asked before or nothing differs."""
    mark = pinned.mark_of_program()
    asked = await audit.of(unit, group_id=group.id, action=OFFERED, limit=MOST_OFFERS)
    if any(row.after.get(KIND) == mark for row in asked):
        return
    for ticket in await waiting(unit, group.id):
        await tickets.answer(unit, ticket.id, 0, at, SUPERSEDED)
    found = pinned.differences((await moderator.ruled(unit, group)).loaded)
    if found:
        card = Card(KIND, words(found), buttons())
        await cards.ask(unit, group, card, key=f"{KIND}:{group.id}:{mark}", at=at)
        after = {KIND: mark, "keys": [each.key for each in found]}
        await audit.add(unit, at=at, actor_kind="clock", actor_id=0, action=OFFERED, group_id=group.id, after=after)


async def waiting(unit: Unit, group_id: int) -> list[tickets.TicketRow]:
    return [ticket for ticket in await tickets.pending(unit, [group_id]) if ticket.kind == KIND]


async def take(unit: Unit, moderator: "Moderator", group: GroupRow, at: int) -> tuple[Difference, ...]:
    """The group begins anew with the program's defaults; what became otherwise by it."""
    found = pinned.differences((await moderator.ruled(unit, group)).loaded)
    mark = pinned.mark_of_program()
    await defaults.keep(unit, mark, pinned.of_program())
    known = (await groups.by_ids(unit, [group.id], lock=True))[group.id]
    began = {**known.rule_began, **dict.fromkeys(pinned.begins(found), at)}
    await groups.update(unit, group.id, defaults=mark, rule_began=began)
    return found


def words(found: tuple[Difference, ...]) -> tuple[Phrase, ...]:
    rest = len(found) - MOST_SHOWN
    more = (Phrase("letter.differs_more", (("n", rest),)),) if rest > 0 else ()
    shown = (said for each in found[:MOST_SHOWN] for said in lines(each))
    return Phrase("letter.differs"), *shown, *more, Phrase("letter.differs_ask")


def lines(each: Difference) -> tuple[Phrase, ...]:
    """A mode is said in words below the name of its rule, every other value as it may be typed."""
    rule, _, last = each.key.rpartition(".")
    if last == "mode" and each.after in MODES:
        return Phrase(f"talk.rule_{rule}"), Phrase(f"letter.differs_{each.after}")
    values = (("key", each.key), ("before", plain(each.before)), ("after", plain(each.after)))
    return (Phrase("letter.differs_value", values),)


def plain(value: object) -> str:
    if isinstance(value, bool):
        return "✓" if value else "✗"
    return ", ".join(map(str, value)) or "–" if isinstance(value, tuple) else str(value) or "–"


def buttons() -> tuple[tuple[Button, ...], ...]:
    """They say which program offers it: a card of an older one is answered by none."""
    note = pinned.mark_of_program()
    take_ = Button(Phrase("letter.button_take"), "defaults.take", "leaders", note=note)
    keep = Button(Phrase("letter.button_keep"), "defaults.keep", "leaders", note=note)
    return ((take_,), (keep,))
