"""What rules took down, copied to whoever leads: one post an hour or a night, changed in place; nothing is lost."""

from bot.conduct.policies import zone_of
from bot.desks import cards, observing
from bot.desks.observing import NIGHT_SECONDS, Line
from bot.storage import asides
from bot.storage.asides import AsideRow
from bot.storage.groups import GroupRow
from bot.storage.unit import Unit
from rules.conduct.deadlines import awake
from rules.conduct.effects import HOUR, Mention, Phrase
from rules.conduct.verdict import Verdict

# What people said; of the others a card asks, with the words on it.
RULES = ("blocked_text", "insult")
MOST, SHOWN = 10, 200


def is_copied(verdict: Verdict) -> bool:
    done = verdict.rule in RULES and verdict.mode == "enforce" and not verdict.held
    return done and verdict.set_aside and not verdict.cards


async def copy(unit: Unit, group: GroupRow, at: int) -> None:
    """All of this hour, or of the night, which is told in the morning."""
    morning = awake(at, zone_of(group))
    by_night = morning != at
    since = morning - NIGHT_SECONDS if by_night else at // HOUR * HOUR
    place, found = await cards.reach(unit, group, at=at), await asides.taken_down(unit, group.id, RULES, since)
    if place is not None and found:
        line = Line(len(found), f"kept:{group.id}:{since}", morning if by_night else 0)
        await observing.put(unit, group, place, line, said(group, found), at)


def said(group: GroupRow, found: list[tuple[AsideRow, str]]) -> tuple[Phrase, ...]:
    head = Phrase("conduct.card_head", (("title", group.title),))
    left_out = len(found) - MOST
    earlier = (Phrase("filter.kept_earlier", (("n", left_out),)),) if left_out > 0 else ()
    shown = found[-MOST:]
    return (head, Phrase("filter.kept_head"), *earlier, *(each for row, rule in shown for each in one(row, rule)))


def one(row: AsideRow, rule: str) -> tuple[Phrase, Phrase]:
    attached = ", ".join(media.file_name or media.kind for media in row.media)
    text = " ".join(filter(None, (row.text[:SHOWN], attached and f"[{attached}]"))) or "–"
    who = Phrase("filter.kept_one", (("number", row.decision_id), ("name", Mention(row.user_id, row.name))))
    return who, Phrase(f"conduct.card_rule_{rule}", (("text", text),))
