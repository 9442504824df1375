"""What the bot itself may do in a group: a leader hears which right is missing before anything is written down."""

from collections.abc import Iterable, Mapping

from bot.storage.groups import GroupRow
from handlers.saying.answers import phrase
from rules.conduct.effects import Phrase, Planned, required_right

DELETE, RESTRICT = "can_delete_messages", "can_restrict_members"
NEEDED = frozenset({DELETE, RESTRICT})
OF_CARDS: Mapping[str, str] = {
    "case.delete": DELETE, "case.fine": DELETE, "case.ad": DELETE, "scam.remove": RESTRICT, "sender.ban": RESTRICT,
    "ladder.ask_to_leave": RESTRICT, "ladder.remove": RESTRICT, "raid.remove": RESTRICT,
}  # fmt: skip


def missing_for(group: GroupRow, acts: Iterable[Planned]) -> Phrase | None:
    """The sentence about the first right that one of the acts needs and the bot has not; None if it may do them all."""
    needed = (required_right(plan.act) for plan in acts)
    return next((lacking(right) for right in needed if is_missing(group, right)), None)


def missing_for_card(group: GroupRow, action: str) -> Phrase | None:
    right = OF_CARDS.get(action)
    return lacking(right) if is_missing(group, right) else None


def is_missing(group: GroupRow, right: str | None) -> bool:
    """Where Telegram has not told yet what the bot may do, it is tried."""
    return right in NEEDED and bool(group.bot_status) and right not in group.bot_rights


def lacking(right: str | None) -> Phrase:
    return phrase(f"lacking_{right}")
