"""/faq: what a group answers by itself to words that come up again and again; written, tried, switched, removed."""

from bot import audit
from bot.speech import replies
from bot.storage import replies as stored
from bot.storage.replies import ReplyRow
from bot.textscan import PatternError
from handlers.frame.context import Talk
from handlers.frame.orders import Order
from handlers.policy.allowances import reason_words
from handlers.reading.numbers import decision_number
from handlers.reading.targets import group_row
from handlers.saying.answers import answer, in_private, receipt
from handlers.saying.panels import open_panel
from handlers.speech.faq_words import MOST_REPLIES, Wanted, in_faq, refusal, taken_apart
from rules.conduct.effects import Phrase

PANEL = "replies"
PAUSE_SECONDS = 60
DONE = frozenset({"faq.added", "faq.changed"})
SHOWN = 40
WORDS = {
    "add": "add", "加": "add", "添加": "add", "list": "list", "列表": "list", "on": "on", "开": "on", "off": "off",
    "关": "off", "remove": "remove", "删": "remove", "删除": "remove", "test": "test", "试": "test", "试试": "test",
}  # fmt: skip


async def faq(talk: Talk, order: Order) -> None:
    rest = order.without_first()
    match WORDS.get(order.first().lower(), order.first()):
        case "add":
            await add(talk, rest.words)
        case "test" if rest.words:
            await test(talk, rest.words)
        case "on" | "off" | "remove" as what if rest.words:
            await change(talk, what, rest.first())
        case "list" | "":
            await open_panel(talk, PANEL)
        case _:
            await answer(talk, in_faq("usage"))


async def add(talk: Talk, words: str) -> None:
    told = await put(talk, words)
    if talk.private or told.key not in DONE:
        await answer(talk, told)
    else:
        await receipt(talk, (told,))


async def put(talk: Talk, words: str) -> Phrase:
    """Keep a reply, in place of the one with the same words; what the leader is told."""
    try:
        wanted = taken_apart(words, talk.services.scanner)
    except PatternError as error:
        return refusal(error, reason_words(talk, error.why))
    if isinstance(wanted, Phrase):
        return wanted
    if not wanted.answer:
        return in_faq("usage")
    group = group_row(talk)
    rows = await stored.of_group(talk.unit, group.id)
    same = next((row for row in rows if (row.kind, row.pattern) == (wanted.kind, wanted.pattern)), None)
    if same is None and len(rows) >= MOST_REPLIES:
        return in_faq("too_many", n=MOST_REPLIES)
    return await keep(talk, wanted, same)


async def keep(talk: Talk, wanted: Wanted, same: ReplyRow | None) -> Phrase:
    group, by = group_row(talk), talk.actor.user_id
    if same is not None:
        await stored.change(talk.unit, group.id, same.id, answer=wanted.answer, enabled=True)
        number = same.id
    else:
        kind, words = wanted.kind, wanted.pattern
        number = await stored.add(talk.unit, group.id, kind, words, wanted.answer, PAUSE_SECONDS, by, talk.at)
    await noted(talk, "faq.add", number)
    key = "changed" if same is not None else "added"
    return in_faq(key, number=str(number), words=shown(wanted.kind, wanted.pattern), answer=wanted.answer[:SHOWN])


async def noted(talk: Talk, action: str, number: int) -> None:
    """Audited, and a new version of what the group decided."""
    group = group_row(talk)
    version = await replies.changed(talk.unit, group, talk.actor.user_id, talk.at)
    after = {"reply": number, "version": version}
    await audit.done(talk.unit, talk.actor, action, talk.at, group_id=group.id, after=after)


async def change(talk: Talk, what: str, word: str) -> None:
    """Switch or remove the reply that has that number."""
    number = decision_number(word) or 0
    row = await reply_of(talk, number)
    if row is None:
        await answer(talk, in_faq("no_such", number=word))
    elif what == "remove":
        await receipt_of(talk, await removed(talk, row))
    else:
        await receipt_of(talk, await switched(talk, row, on=what == "on"))


async def receipt_of(talk: Talk, told: Phrase) -> None:
    await (answer(talk, told) if talk.private else receipt(talk, (told,)))


async def reply_of(talk: Talk, number: int) -> ReplyRow | None:
    """One of this group, never of another."""
    rows = await stored.of_group(talk.unit, group_row(talk).id)
    return next((row for row in rows if row.id == number), None)


async def switched(talk: Talk, row: ReplyRow, *, on: bool) -> Phrase:
    await stored.change(talk.unit, row.group_id, row.id, enabled=on)
    await noted(talk, "faq.on" if on else "faq.off", row.id)
    return in_faq("is_on" if on else "is_off", number=str(row.id), words=shown(row.kind, row.pattern))


async def removed(talk: Talk, row: ReplyRow) -> Phrase:
    """The receipt holds all of it, so that it can be written again."""
    await stored.remove(talk.unit, row.group_id, row.id)
    await noted(talk, "faq.remove", row.id)
    return in_faq("removed", words=written(row.kind, row.pattern), answer=row.answer)


async def test(talk: Talk, text: str) -> None:
    """Told to the leader alone where that is possible."""
    if not await in_private(talk, lambda: tried(talk, text)):
        await answer(talk, await tried(talk, text))


async def tried(talk: Talk, text: str) -> list[Phrase]:
    """What would be answered to a text."""
    rows = [row for row in await stored.of_group(talk.unit, group_row(talk).id) if row.enabled]
    scanner = talk.services.scanner
    row = replies.found(replies.compiled(rows, scanner), scanner.fold(text)) if rows else None
    if row is None:
        return [in_faq("test_none")]
    return [in_faq("test_found", number=str(row.id), words=shown(row.kind, row.pattern), answer=row.answer)]


def shown(kind: str, pattern: str) -> str:
    """Short, for a line."""
    return written(kind, pattern)[:SHOWN]


def written(kind: str, pattern: str) -> str:
    """As a leader types it."""
    return {"contains": pattern, "whole": f"={pattern}", "pattern": f"/{pattern}/"}[kind]
