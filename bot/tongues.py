"""In which language somebody reads: alone their own where it is known; in a bilingual group everybody reads both."""

from collections.abc import Sequence
from dataclasses import replace

from bot.storage import users
from bot.storage.groups import GroupRow
from bot.storage.unit import Unit
from rules.conduct.effects import Button, Phrase, Planned, Say

OWN = "own"
THEIRS = frozenset({OWN, "talk.rules_line", "codes.section"})
Rows = tuple[tuple[Button, ...], ...]


async def of_person(unit: Unit, user_id: int, otherwise: str) -> str:
    row = (await users.get(unit, [user_id])).get(user_id)
    return (row.language if row else "") or otherwise


def of_two(group: GroupRow, telegram_language: str) -> str:
    """For somebody who never chose: in a bilingual group the one of the two that is nearest to their Telegram."""
    two = (group.language, group.second_language) if group.second_language else (group.language,)
    if telegram_language in two:
        return telegram_language
    chinese = telegram_language.startswith("zh")
    return next((each for each in two if telegram_language and each.startswith("zh") == chinese), group.language)


async def addressed(unit: Unit, planned: Sequence[Planned]) -> tuple[Planned, ...]:
    """Private posts, each in the language of whom it goes to; what the group reads stays as it is."""
    people = {plan.act.to_user for plan in planned if isinstance(plan.act, Say) and plan.act.to_user}
    known = {user_id: row.language for user_id, row in (await users.get(unit, people)).items() if row.language}
    return tuple(in_theirs(plan, known) for plan in planned)


def in_theirs(plan: Planned, known: dict[int, str]) -> Planned:
    act = plan.act
    if not isinstance(act, Say) or act.to_user not in known:
        return plan
    return plan._replace(act=replace(act, language=known[act.to_user]))


def both(group: GroupRow, words: Sequence[Phrase]) -> tuple[Phrase, ...]:
    """What everybody must understand, in a bilingual group in both languages; what leaders wrote stands once."""
    second = group.second_language
    if not second:
        return tuple(words)
    if any(phrase.key in THEIRS for phrase in words):
        return tuple(said for phrase in words for said in (phrase, *again(phrase, second)))
    return (*words, Phrase(OWN, (("template", ""),)), *(spoken(phrase, second) for phrase in words))


def again(phrase: Phrase, second: str) -> tuple[Phrase, ...]:
    return () if phrase.key in THEIRS else (spoken(phrase, second),)


def labels(group: GroupRow, rows: Rows) -> Rows:
    """Buttons for everybody, in a bilingual group in both languages."""
    if not group.second_language:
        return rows
    two = f"{group.language}+{group.second_language}"
    return tuple(tuple(button._replace(label=spoken(button.label, two)) for button in row) for row in rows)


def spoken(phrase: Phrase, languages: str) -> Phrase:
    """The same sentence in a language of its own, or in several joined by `+`; `bot.texts` knows how to say it."""
    return phrase._replace(key=f"{languages}:{phrase.key}")
