"""Answers to keywords: compiled once a version, looked for in what nobody had to act on, said at most so often."""

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from bot.storage import acts, policies, replies
from bot.storage.groups import GroupRow
from bot.storage.replies import ReplyRow
from bot.storage.unit import Unit
from bot.textscan import PatternError, Scanner
from bot.textscan.folding import Density, densify
from bot.textscan.lists import WordIndex, index_of
from bot.textscan.patterns import PatternList, compile_pattern
from rules.conduct.case import Case
from rules.conduct.effects import HOUR, Mention, Phrase, Planned, Say
from rules.conduct.policy import Policy

BETWEEN_WORDS = "、"
WORTH_SECONDS = 600
MARKS = "\n,!?;。、"


class Book(NamedTuple):
    """A group's replies that are switched on, ready to be looked for in folded texts."""

    rows: dict[int, ReplyRow]
    whole: dict[str, int]
    dense: WordIndex
    spaced: WordIndex
    patterns: PatternList
    sources: dict[str, int]
    density: Density


async def book_of(unit: Unit, group: GroupRow, scanner: Scanner) -> Book | None:
    """None for a group that answers nothing: its messages are not looked at again."""
    rows = [row for row in await replies.of_group(unit, group.id) if row.enabled]
    return compiled(rows, scanner) if rows else None


def compiled(rows: Sequence[ReplyRow], scanner: Scanner) -> Book:
    words = [(row, scanner.fold(word).strip()) for row in rows if row.kind != "pattern" for word in words_of(row)]
    contained = [(str(row.id), word) for row, word in words if row.kind == "contains" and word]
    whole = {bare(densify(word, scanner.density)): row.id for row, word in words if row.kind == "whole" and word}
    patterns, sources = [], {}
    for row in rows:
        if row.kind == "pattern":
            try:
                patterns.append(compile_pattern(row.pattern, scanner.table))
            except PatternError:
                # Refused by this version of the program: it stays in the list, where it can be mended.
                continue
            sources[row.pattern] = row.id
    return Book(
        {row.id: row for row in rows},
        whole,
        index_of((name, word.translate(scanner.density)) for name, word in contained if not has_latin(word)),
        index_of((name, word) for name, word in contained if has_latin(word)),
        PatternList(tuple(patterns)),
        sources,
        scanner.density,
    )


def words_of(row: ReplyRow) -> list[str]:
    return row.pattern.split(BETWEEN_WORDS)


def has_latin(word: str) -> bool:
    return any(char.isascii() and char.isalnum() for char in word)


def found(book: Book, folded: str) -> ReplyRow | None:
    """A whole message before a word in it, the longer word before the shorter, words before patterns."""
    dense = densify(folded, book.density)
    number = book.whole.get(bare(dense), 0) if book.whole else 0
    if not number and (hits := [*book.dense.hits(dense), *book.spaced.hits(folded)]):
        number = int(max(hits, key=lambda hit: (hit.end - hit.start, -int(hit.list_id))).list_id)
    if not number and (spans := book.patterns.spans(folded)):
        number = min(book.sources[source] for source, _ in spans)
    return book.rows.get(number)


def bare(dense: str) -> str:
    """A whole message is the same with and without its exclamation mark."""
    return dense.strip(MARKS) or dense


def may_be_answered(case: Case) -> bool:
    """A person's own words to the group: no command, no forward, nothing said through a bot."""
    facts = case.facts
    own = facts.sender == "member" and not (facts.is_bot or facts.via_bot or facts.forward)
    return own and facts.kind == "message" and bool(facts.message_id) and not facts.text.startswith("/")


async def answer(unit: Unit, group: GroupRow, policy: Policy, book: Book, cases: Sequence[Case]) -> frozenset[int]:
    """The messages that had words of a reply. Of several with the same words the first is answered, all are counted."""
    heard = [case for case in cases if may_be_answered(case)]
    asked = [(case, row) for case in heard if (row := found(book, case.view.folded)) is not None]
    if not asked:
        return frozenset()
    await replies.hit(unit, Counter(row.id for _, row in asked))
    left = policy.replies.per_hour - await replies.said_since(unit, group.id, asked[0][0].now - HOUR)
    for case, row in asked:
        if left > 0 and await replies.take_turn(unit, row.id, case.now):
            await say(unit, group, policy, case, row)
            left -= 1
    return frozenset(case.facts.message_id for case, _ in asked)


async def say(unit: Unit, group: GroupRow, policy: Policy, case: Case, row: ReplyRow) -> None:
    """In the topic and as a reply to who asked; it stays long enough to be read, and then makes room."""
    facts = case.facts
    name = Mention(facts.user_id, facts.name)
    words = Phrase("own", (("template", row.answer), ("name", name), ("title", group.title)))
    said = Say(
        words=(words,), language=group.language, thread=facts.thread_id, reply_to=facts.message_id,
        delete_after=policy.replies.stays_minutes * 60, purpose="answer",
    )  # fmt: skip
    await acts.write(
        unit, key=f"{replies.SAID}:{group.id}:{facts.message_id}", group_id=group.id,
        chat_id=group.chat_id, user_id=facts.user_id, planned=[Planned(said, expires_at=case.now + WORTH_SECONDS)],
        at=case.now,
    )  # fmt: skip


async def changed(unit: Unit, group: GroupRow, by: int, at: int) -> int:
    """A new version of what the group decided, so that everybody compiles anew."""
    return await policies.put(unit, "group", group.id, {}, by, at)
