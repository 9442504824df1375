"""Signals that are not words: where a message comes from, what hangs on it, what its links hide."""

from collections.abc import Iterator

from bot.textscan.quotes import code_points
from rules.conduct.case import Signal
from rules.conduct.facts import Entity, Facts

_MANY_EMOJI = 12
_SHOWN = 60
_FROM_ELSEWHERE = frozenset({"story", "giveaway", "external_reply"})


def structure(facts: Facts) -> Iterator[Signal]:
    """Never severe; all but contact cards and disguised links are weak, because honest people forward and link too."""
    if facts.forward.startswith("channel"):
        yield Signal("structure.forward", facts.forward[:_SHOWN], weak=True)
    if facts.buttons:
        yield Signal("structure.buttons", facts.buttons[0][:_SHOWN], weak=True)
    for media in facts.media:
        if media.kind == "contact":
            yield Signal("contact.card", media.words[:_SHOWN])
        elif media.kind in _FROM_ELSEWHERE:
            yield Signal("structure.elsewhere", media.words[:_SHOWN] or media.kind, weak=True)
    yield from map(_link, (entity for entity in facts.entities if entity.type == "text_link"))
    yield from _mentions(facts)
    yield from _emoji(facts.entities)


def _link(entity: Entity) -> Signal:
    telegram = "t.me/" in entity.url or entity.url.startswith("tg://")
    return Signal("link.telegram" if telegram else "link.hidden", entity.url[:_SHOWN], weak=True)


def _mentions(facts: Facts) -> Iterator[Signal]:
    for entity in facts.entities:
        if entity.type in {"mention", "phone_number"}:
            start, end = code_points(facts.text, entity)
            kind = "contact.handle" if entity.type == "mention" else "contact.phone"
            yield Signal(kind, facts.text[start:end], weak=entity.type == "mention")


def _emoji(entities: tuple[Entity, ...]) -> Iterator[Signal]:
    if sum(entity.type == "custom_emoji" for entity in entities) >= _MANY_EMOJI:
        yield Signal("structure.emoji", "custom emoji", weak=True)
