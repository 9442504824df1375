"""The blacklist as a table: out as CSV; in as suggestions, after a preview and a press, whole or not at all."""

import json
from datetime import datetime, time
from typing import NamedTuple

from telegram import Message

from bot import audit, sheets
from bot.protection.blacklist import New
from bot.sheets import Column, Row, positive_number
from bot.storage import blacklist as stored
from bot.storage import books, drafts
from bot.storage.buttons import ButtonRow
from handlers.frame.awaiting import ask_for, awaits
from handlers.frame.context import Talk
from handlers.frame.presses import press
from handlers.protection.blacklist_words import NAMED, PANEL, button, in_list, joined, oversees, until
from handlers.reading.targets import group_row
from handlers.saying import files
from handlers.saying.answers import alert, phrase, reply
from handlers.saying.panels import back, lead_to_private, show
from handlers.saying.sheets import received
from rules.conduct.effects import Phrase

IMPORT, TAKE, EXPORT = "blacklist.import", "blacklist.take", "blacklist.export"
HEADER = ("user_id", "username", "name", "reason", "expires", "evidence", "source", "added_at")


class Read(NamedTuple):
    """A line of a table, and what becomes of it: `as_` is fresh, active, suggested or staff."""

    line: int
    new: New
    as_: str
    seen: bool


@press(EXPORT)
async def on_export(talk: Talk, _: ButtonRow) -> None:
    await export(talk)


async def export(talk: Talk) -> None:
    if not await oversees(talk):
        await reply(talk, phrase("refused_officers_only"))
        return
    rows = await stored.listed(talk.unit, group_row(talk).owner_id, "active")
    lines = [
        (each.user_id, each.username, each.name, each.reason, day(talk, each.expires_at), each.evidence or "",
         each.source, day(talk, each.added_at))
        for each in rows
    ]  # fmt: skip
    if await files.send(talk, "blacklist.csv", sheets.write(HEADER, lines), [in_list("exported", n=len(rows))]):
        after = {"entries": len(rows)}
        await audit.done(talk.unit, talk.actor, EXPORT, talk.at, group_id=group_row(talk).id, after=after)


def day(talk: Talk, at: int) -> str:
    return until(talk, at) if at else ""


@press(IMPORT)
async def on_import(talk: Talk, _: ButtonRow) -> None:
    await ask(talk)


async def ask(talk: Talk) -> None:
    """Only in private: a list of people is nothing for a group."""
    if not await oversees(talk):
        await reply(talk, phrase("refused_officers_only"))
    elif not talk.private:
        await lead_to_private(talk)
    else:
        await ask_for(talk, IMPORT, "", [in_list("import_ask")], back_to=PANEL)


def columns(talk: Talk) -> tuple[Column, ...]:
    def ahead(cell: str) -> str:
        return sheets.calendar_day(cell) or ("" if end_of(talk, cell) > talk.at else "blacklist.past")

    return (
        Column("user_id", ("id", "用户id", "用户"), required=True, unique=True, check=positive_number),
        Column("username", ("用户名",)), Column("name", ("名字", "昵称")),
        Column("reason", ("原因",), required=True), Column("expires", ("到期", "期限", "until"), check=ahead),
        Column("evidence", ("依据",), check=positive_number), Column("source"), Column("added_at"),
    )  # fmt: skip


def end_of(talk: Talk, cell: str) -> int:
    """The last second of that day, in the group's zone."""
    found = sheets.day_of(cell)
    return int(datetime.combine(found, time(23, 59, 59), talk.zone).timestamp()) if found else 0


@awaits(IMPORT, "oversee", takes_files=True)
async def sent(talk: Talk, _note: str, _text: str, message: Message) -> None:
    """What it would add is shown; the press adds it."""
    sheet = await received(talk, IMPORT, columns(talk), message)
    if sheet is None:
        return
    days = (await talk.policy()).blacklist.days
    read = await judged(talk, [(row.line, await new_of(talk, row, days)) for row in sheet.rows])
    fresh = [each for each in read if each.as_ == "fresh"]
    words = preview(talk, read)
    if not fresh:
        await show(talk, [*words, in_list("import_none")], ((back(PANEL),),))
        return
    content = json.dumps([(each.line, each.new) for each in fresh], ensure_ascii=False)
    number = await drafts.put(talk.unit, talk.actor.user_id, group_row(talk).id, IMPORT, content, talk.at)
    go = button("take", TAKE, number)._replace(label=in_list("button_take", n=len(fresh)))
    await show(talk, [*words, in_list("import_then")], ((go, back(PANEL)),))


async def new_of(talk: Talk, row: Row, days: int) -> New:
    """A number of a decision that is not about this person here means nothing here, and is left out."""
    cells, user_id = row.cells, int(row.cells["user_id"])
    ends = end_of(talk, cells["expires"]) if cells["expires"] else talk.at + days * 86_400
    decision = await books.decision(talk.unit, int(cells["evidence"])) if cells["evidence"] else None
    mine = decision is not None and decision.user_id == user_id and decision.group_id == group_row(talk).id
    known = decision.id if decision is not None and mine else 0
    username = cells["username"].removeprefix("@")
    return New(user_id, cells["name"] or str(user_id), username, cells["reason"], ends, known, "import")


async def judged(talk: Talk, rows: list[tuple[int, New]]) -> list[Read]:
    group, ids = group_row(talk), [new.user_id for _, new in rows]
    mine = await stored.of_owner(talk.unit, group.owner_id)
    team = await stored.staff(talk.unit, group, mine, ids, talk.at)
    known = await stored.known(talk.unit, group.owner_id, ids)
    seen = {user_id for _, user_id in await stored.present(talk.unit, mine, ids)}
    return [
        Read(line, new, "staff" if new.user_id in team else known.get(new.user_id, "fresh"), new.user_id in seen)
        for line, new in rows
    ]


def preview(talk: Talk, read: list[Read]) -> list[Phrase]:
    fresh = [each for each in read if each.as_ == "fresh"]
    before, team = [each for each in read if each.as_ in ("active", "suggested")], [x for x in read if x.as_ == "staff"]
    lines = [in_list("import_read", n=len(read))]
    if fresh:
        lines.append(in_list("import_fresh", n=len(fresh), names=joined(talk, [each.new.name for each in fresh])))
    here = sum(each.seen for each in fresh)
    lines += [in_list("import_here", n=here)] if here else []
    lines += [in_list("import_before", n=len(before))] if before else []
    lines += [in_list("import_staff", line=each.line, name=each.new.name) for each in team[:NAMED]]
    return [*lines, *([in_list("import_staff_more", n=len(team) - NAMED)] if len(team) > NAMED else [])]


@press(TAKE)
async def take(talk: Talk, pressed: ButtonRow) -> None:
    """Once; whoever became known or one of the team meanwhile is left out."""
    draft = await drafts.take(talk.unit, pressed.ref, talk.actor.user_id, IMPORT, talk.at)
    group = group_row(talk)
    if draft is None or draft.group_id != group.id:
        await alert(talk, in_list("import_over"))
        return
    kept = [(line, New(*new)) for line, new in json.loads(draft.content)]
    fresh = [each.new for each in await judged(talk, kept) if each.as_ == "fresh" and each.new.expires_at > talk.at]
    await stored.put_many(talk.unit, [row_of(talk, new) for new in fresh])
    await audit.done(talk.unit, talk.actor, IMPORT, talk.at, group_id=group.id, after={"suggested": len(fresh)})
    see = button("see", "blacklist.suggested")
    await show(talk, [in_list("import_done", n=len(fresh))], ((see, back(PANEL)),))


def row_of(talk: Talk, new: New) -> stored.BlacklistRow:
    return stored.BlacklistRow(
        0, group_row(talk).owner_id, new.user_id, new.name, new.username, new.reason, new.evidence, "import",
        "suggested", talk.actor.user_id, talk.at, new.expires_at, 0, 0,
    )  # fmt: skip
