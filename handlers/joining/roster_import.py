"""The roster as a table, in: every line that cannot be is named, what it would add is shown, and a press adds it."""

import json
from collections.abc import Iterator, Sequence

from telegram import Message

from bot import audit
from bot.joining.card import phrase as in_join
from bot.sheets import Column, Problem, Row
from bot.storage import drafts
from bot.storage import roster as stored
from bot.storage.buttons import ButtonRow
from bot.storage.roster import Expected, folded
from handlers.arrival.importing import joined
from handlers.frame.awaiting import ask_for, awaits, expect_file
from handlers.frame.context import Talk
from handlers.frame.presses import press
from handlers.joining.roster import IMPORT, PANEL, button
from handlers.reading.targets import group_row
from handlers.saying.answers import alert
from handlers.saying.panels import back, lead_to_private, show
from handlers.saying.sheets import faults, received
from rules.conduct.effects import Phrase

TAKE = "roster.take"
COLUMNS = (
    Column("code", ("编号", "报名编号")), Column("username", ("用户名",)), Column("name", ("名字", "姓名", "昵称")),
    Column("note", ("备注",)), Column("come"), Column("come_at"),
)  # fmt: skip
NAMED = 5


@press(IMPORT)
async def on_import(talk: Talk, _: ButtonRow) -> None:
    """Only in private: a list of people is nothing for a group."""
    if talk.private:
        await ask_for(talk, IMPORT, "", [in_join("roster_ask")], back_to=PANEL)
    else:
        await lead_to_private(talk)


@awaits(IMPORT, f"press.{IMPORT}", takes_files=True)
async def sent(talk: Talk, _note: str, _text: str, message: Message) -> None:
    sheet = await received(talk, IMPORT, COLUMNS, message)
    if sheet is None:
        return
    problems = list(wrong(sheet.rows))
    if problems:
        await ask_for(talk, IMPORT, "", faults(talk, problems, COLUMNS), back_to=PANEL)
        return
    lines, known = [expected(row) for row in sheet.rows], await stored.keys(talk.unit, group_row(talk).id)
    fresh = [each for each in lines if stored.key(each) not in known]
    words = [in_join("roster_read", n=len(lines)), *preview(talk, fresh, len(lines) - len(fresh))]
    if not fresh:
        await show(talk, words, ((back(PANEL),),))
        return
    content = json.dumps(fresh, ensure_ascii=False)
    number = await drafts.put(talk.unit, talk.actor.user_id, group_row(talk).id, IMPORT, content, talk.at)
    await show(talk, words, ((button("take", TAKE, ref=number, n=len(fresh)), back(PANEL)),))
    await expect_file(talk, IMPORT)


def wrong(rows: Sequence[Row]) -> Iterator[Problem]:
    """A line needs something to know the person by, and that belongs to one line."""
    seen: dict[str, int] = {}
    for row in rows:
        names = {name: folded(row.cells[name]) for name in ("code", "username")}
        if not any(names.values()):
            yield Problem(row.line, "code", "join.row_empty")
        for name, value in names.items():
            if value and f"{name}:{value}" in seen:
                yield Problem(row.line, name, "doubled", str(seen[f"{name}:{value}"]))
            seen.setdefault(f"{name}:{value}", row.line)


def expected(row: Row) -> Expected:
    return Expected(*(row.cells[name].strip() for name in Expected._fields))


def preview(talk: Talk, fresh: Sequence[Expected], before: int) -> Iterator[Phrase]:
    if fresh:
        names = [each.name or each.code or f"@{each.username}" for each in fresh]
        yield in_join("roster_fresh", n=len(fresh), names=joined(talk, names, NAMED))
    if before:
        yield in_join("roster_before", n=before)


@press(TAKE)
async def take(talk: Talk, pressed: ButtonRow) -> None:
    """Once; what is on the list by now stays as it is."""
    group = group_row(talk)
    draft = await drafts.take(talk.unit, pressed.ref, talk.actor.user_id, IMPORT, talk.at)
    if draft is None or draft.group_id != group.id:
        await alert(talk, in_join("roster_over"))
        return
    lines = [Expected(*each) for each in json.loads(draft.content)]
    n = await stored.add(talk.unit, group.id, lines, talk.actor.user_id, talk.at)
    await audit.done(talk.unit, talk.actor, IMPORT, talk.at, group_id=group.id, after={"lines": n})
    await show(talk, [in_join("roster_done", n=n)], ((back(PANEL),),))
