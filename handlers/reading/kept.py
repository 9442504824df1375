"""What the books kept beside a decision, read back; texts may have been erased since."""

from collections.abc import Container
from typing import cast

from bot.storage import codec, members, users
from bot.storage.books import DecisionRow
from bot.texts import FALLBACK
from handlers.frame.context import Talk
from handlers.saying.answers import phrase, plain, word
from rules.conduct.effects import Phrase
from rules.conduct.explain import why
from rules.conduct.facts import Facts
from rules.conduct.findings import Finding
from rules.conduct.verdict import Mode, Step


def facts_of(row: DecisionRow) -> Facts | None:
    """The message that was judged."""
    return codec.decode_case(row.case).facts if row.case else None


def name_of(row: DecisionRow) -> str:
    member = codec.decode_case(row.case).member if row.case else None
    return (member.name if member else "") or str(row.user_id)


async def issuer(talk: Talk, row: DecisionRow) -> str:
    """Who decided: a rule, a deadline, or a person by name."""
    if row.issuer_kind != "person":
        return word(talk, f"issuer_{row.issuer_kind}")
    return await person_name(talk, row.group_id, row.issuer_id)


async def person_name(talk: Talk, group_id: int, user_id: int) -> str:
    member = (await members.load(talk.unit, [(group_id, user_id)])).get((group_id, user_id))
    person = (await users.get(talk.unit, [user_id])).get(user_id)
    return (member.name if member else "") or (person.name if person else "") or word(talk, "issuer_person")


def explained(talk: Talk, row: DecisionRow) -> tuple[Phrase, ...]:
    """Why it came out so: the step, then what each rule looked at; to the person themselves nothing that it was not
    about stands there like a charge.
    """
    own = row.user_id == talk.actor.user_id
    worded = talk.services.texts.keys(FALLBACK)
    kept = codec.decode_findings(row.findings) if row.findings else ()
    findings = [plainly(each, worded) if own else each for each in kept]

    def named(seen: str) -> str:
        return word(talk, f"seen_{seen}") if f"talk.seen_{seen}" in worded else seen

    held = row.waits_for if row.state == "held" else ""
    telling = [each for each in findings if each.hit or (not own and says_something(each))]
    silent = [word(talk, f"rule_{each.rule}") for each in findings if each not in telling]
    told = why(telling, row.rule, cast(Step, row.step), cast(Mode, row.mode), held, named)
    return (*told, *([phrase("looked_too", rules=plain(talk, Phrase("desk.comma")).join(silent))] if silent else []))


def says_something(finding: Finding) -> bool:
    """Nothing was found where nothing stands but empty lists."""
    return any(value is not None and value != () for _, value in finding.seen)


def plainly(finding: Finding, worded: Container[str]) -> Finding:
    """Only what has a word of its own and a value to read."""
    seen = [
        (name, value) for name, value in finding.seen if value and value is not True and f"talk.seen_{name}" in worded
    ]
    return finding._replace(seen=tuple(seen))
