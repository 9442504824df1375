"""The letter as words and buttons: what was observed, case by case, and what may be enforced now; changes nothing."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from bot.arrival.links import NEEDED
from bot.conduct.policies import zone_of
from bot.storage import audit, books, codec, deadlines, letters
from bot.storage.books import DecisionRow
from bot.storage.groups import GroupRow
from bot.storage.unit import Unit
from rules.conduct import letter
from rules.conduct.checks import CHECKS
from rules.conduct.deadlines import stamp
from rules.conduct.effects import DAY, HOUR, Button, Mention, Phrase, Value
from rules.conduct.letter import ADS, Offer, Seen, Tally
from rules.conduct.words import excerpt

if TYPE_CHECKING:
    from bot.conduct.moderator import Moderator

Rows = tuple[tuple[Button, ...], ...]

DUE = "letter_due"
ENABLE, UNDO = "letter.enable", "letter.undo"
UNDO_SECONDS = DAY
SHOWN = 60
NAMED = frozenset(name for name, _ in CHECKS)
STEPS = frozenset({
    "remind", "warn", "ask_to_leave", "remove", "mute", "delete", "fine", "hold", "ask_name", "read_only",
})  # fmt: skip


class Watched(NamedTuple):
    """What a group's letter is about now. `since` and `now` are Unix seconds; `next_at` 0: no further letter comes."""

    seen: list[Seen]
    offer: Offer
    since: int
    now: int
    next_at: int


class Enabled(NamedTuple):
    """What a letter switched on: the version that did it, the rules, and what each said in the group's own layer before
    (None: nothing)."""

    version: int
    rules: tuple[str, ...]
    before: Mapping[str, Any]
    at: int


def said(key: str, /, **params: Value) -> Phrase:
    return Phrase(f"letter.{key}", tuple(params.items()))


def button(key: str, action: str, ref: int = 0, note: str = "", **params: Value) -> Button:
    return Button(said(f"button_{key}", **params), action, "leaders", ref=ref, note=note)


async def watched(unit: Unit, moderator: "Moderator", group: GroupRow, now: int) -> Watched:
    """Everything that was observed here since the bot came, for two weeks at most."""
    since = max(group.bot_joined_at, now - letter.LONGEST_SECONDS)
    seen = await letters.observed(unit, group.id, since, now)
    policy = await moderator.policy_of(unit, group)
    return Watched(seen, letter.offer(seen, policy), since, now, await deadlines.due_at(unit, group.id, DUE))


async def enabled(unit: Unit, group: GroupRow, now: int) -> Enabled | None:
    """The last one, while it may be taken back and was not."""
    rows = await audit.of(unit, group_id=group.id, action=ENABLE, since=now - UNDO_SECONDS, limit=1)
    if not rows:
        return None
    last = rows[0]
    undone = await audit.of(unit, group_id=group.id, action=UNDO, since=last.at, limit=5)
    if any(row.before.get("version") == last.after["version"] for row in undone):
        return None
    return Enabled(int(last.after["version"]), tuple(last.after["rules"]), last.before, last.at)


async def page(
    unit: Unit, moderator: "Moderator", group: GroupRow, number: int, now: int
) -> tuple[tuple[Phrase, ...], Rows]:
    """One page of it, as it stands now: whoever looks again sees what others have marked."""
    now_known = await watched(unit, moderator, group, now)
    shown, which = letter.page(now_known.seen, number)
    rows = await books.by_ids(unit, [each.decision_id for each in shown])
    undoable = await enabled(unit, group, now)
    words = (
        *head(group, now_known),
        *(phrase for row in rows for phrase in case_lines(row)),
        *foot(group, now_known, which, undoable),
    )
    return words, (*case_buttons(rows, which), *turning(now_known, which), *answers(now_known, undoable))


def head(group: GroupRow, now_known: Watched) -> tuple[Phrase, ...]:
    hours = max(1, (now_known.now - now_known.since) // HOUR)
    key = "so_far" if now_known.next_at else "head"
    if not now_known.seen:
        return (said(f"{key}_nothing", title=group.title, n=hours),)
    return said(key, title=group.title, n=hours), *map(counted, letter.tallies(now_known.seen)), said("list")


def counted(tally: Tally) -> Phrase:
    if not tally.wrong:
        return said(f"count_{named(tally.rule)}", n=tally.cases)
    return said(f"tally_{named(tally.rule)}", n=tally.cases, wrong=tally.wrong)


def case_lines(row: DecisionRow) -> tuple[Phrase, ...]:
    case = codec.decode_case(row.case) if row.case else None
    name = (case.member.name or case.facts.name if case else "") or str(row.user_id)
    text = excerpt(case).replace("\n", " ") if case else "–"
    step = row.step if row.step in STEPS else "other"
    wrong = (said("marked"),) if row.state in letters.WRONG else ()
    short = text if len(text) <= SHOWN else f"{text[: SHOWN - 1]}…"
    about = said(f"case_{named(row.rule)}", number=str(row.id), name=Mention(row.user_id, name[:SHOWN]))
    return about, said(f"would_{step}", text=short), *wrong


def named(rule: str) -> str:
    return rule if rule in NAMED else "other"


def foot(group: GroupRow, now_known: Watched, which: int, undoable: Enabled | None) -> tuple[Phrase, ...]:
    """What would follow, before anybody presses."""
    count, offer = letter.pages(len(now_known.seen)), now_known.offer
    lines = [said("page", page=which + 1, pages=count)] if count > 1 else []
    lines += [said(f"doubtful_{each.rule}", n=each.cases, wrong=each.wrong) for each in offer.doubtful]
    if offer.rules:
        lines += [said("if_enabled"), *(said(f"does_{rule}") for rule in offer.rules), said("gently")]
        lines += lacking(group)
    if now_known.next_at:
        lines.append(said("next", at=stamp(now_known.next_at, zone_of(group))))
    if undoable is not None:
        lines.append(said("undo_until", at=stamp(undoable.at + UNDO_SECONDS, zone_of(group))))
    return tuple(lines)


def lacking(group: GroupRow) -> list[Phrase]:
    """Rights without which enforcing comes to nothing."""
    missing = [right for right in NEEDED if group.bot_status and right not in group.bot_rights]
    return [said(f"lacks_{right}") for right in missing]


def case_buttons(rows: list[DecisionRow], which: int) -> Rows:
    """Two beside each other; each says what it will do, so that two who press at once agree."""
    made = [mark_button(row, which) for row in rows]
    return tuple(tuple(made[at : at + 2]) for at in range(0, len(made), 2))


def mark_button(row: DecisionRow, which: int) -> Button:
    key = "right" if row.state in letters.WRONG else "wrong"
    return button(key, f"letter.{key}", ref=row.id, note=str(which), number=str(row.id))


def turning(now_known: Watched, which: int) -> Rows:
    back = (button("back", "letter.page", ref=which - 1),) if which > 0 else ()
    more = (button("more", "letter.page", ref=which + 1),) if which + 1 < letter.pages(len(now_known.seen)) else ()
    return ((*back, *more),) if back or more else ()


def answers(now_known: Watched, undoable: Enabled | None) -> Rows:
    """Only what would change something now. The names of the rules go along: nobody enables what was not shown."""
    rules = now_known.offer.rules
    found: list[tuple[Button, ...]] = []
    if rules:
        found.append((button("enable", ENABLE, note=",".join(rules)),))
    if ADS in rules and len(rules) > 1:
        found.append((button("ads", ENABLE, note=ADS),))
    if undoable is not None:
        found.append((button("undo", UNDO, ref=undoable.version),))
    if rules or now_known.offer.doubtful:
        found += [] if now_known.next_at else [(button("later", "letter.later"),)]
    return tuple(found)
