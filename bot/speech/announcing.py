"""The group's pinned notice: posted, pinned, replaced, taken down; the one before is unpinned, never another's."""

from collections.abc import Sequence

from bot.storage import acts, notices
from bot.storage.groups import GroupRow
from bot.storage.notices import NoticeRow
from bot.storage.unit import Unit
from rules.conduct.effects import Phrase, Pin, Planned, Say, Unpin

LONGEST, LONGEST_LINE = 3000, 900
RIGHT = "can_pin_messages"


def may_pin(group: GroupRow) -> bool:
    """Where Telegram has not told yet what the bot may do, it is tried."""
    return not group.bot_status or RIGHT in group.bot_rights


def words(text: str) -> tuple[Phrase, ...]:
    """As it stands in the group, line by line."""
    lines = [line[start : start + LONGEST_LINE] for line in text.split("\n") for start in starts(line)]
    return (Phrase("menu.notice_head"), *(Phrase("menu.notice_line", (("text", line),)) for line in lines))


def starts(line: str) -> Sequence[int]:
    return range(0, len(line) or 1, LONGEST_LINE)


async def put(unit: Unit, group: GroupRow, text: str, by: int, at: int) -> None:
    """Posted and pinned; only then the one before is unpinned."""
    before = await notices.get(unit, group.id)
    old = await stands_at(unit, before)
    said = Say(words=words(text), language=group.language, purpose="pinned")
    planned = [Planned(said), Planned(Pin(), after=0)]
    if old:
        planned.append(Planned(Unpin(message_id=old), after=1))
    number = await write(unit, group, planned, f"announce:{group.id}:{at}:{before.act_id if before else 0}", by, at)
    await notices.put(unit, NoticeRow(group.id, text, number, 0, 0, at, by, at))


async def take_down(unit: Unit, group: GroupRow, by: int, at: int) -> bool:
    """The post stays to be read, but no longer on top. False where there was none."""
    before = await notices.get(unit, group.id)
    if before is None:
        return False
    if old := await stands_at(unit, before):
        await write(unit, group, [Planned(Unpin(message_id=old))], f"unannounce:{group.id}:{before.act_id}", by, at)
    await notices.remove(unit, group.id)
    return True


async def pin_again(unit: Unit, group: GroupRow, row: NoticeRow, by: int, at: int) -> None:
    """Where the post itself is gone, it is posted anew."""
    message_id = await stands_at(unit, row)
    last = await acts.get(unit, row.act_id)
    lost = last is not None and last.state == "refused" and last.reason == "message_gone"
    if not message_id or lost:
        await put(unit, group, row.text, row.set_by, at)
        return
    number = await write(unit, group, [Planned(Pin(message_id=message_id))], f"repin:{group.id}:{at}", by, at)
    await notices.change(unit, group.id, act_id=number, message_id=message_id, looked_at=at)


async def never_stood(unit: Unit, row: NoticeRow) -> bool:
    """It was too late or refused when it was to be posted, or the group has moved; never where that is not known."""
    posted = await acts.get(unit, row.act_id)
    if posted is None:
        return not row.message_id
    return posted.state in ("expired", "refused") or (posted.state == "done" and not acts.message_of(posted.result))


async def stands_at(unit: Unit, row: NoticeRow | None) -> int:
    """The message of the notice; learnt from its act as long as that is kept."""
    if row is None or row.message_id:
        return row.message_id if row is not None else 0
    posted = await acts.get(unit, row.act_id)
    return acts.message_of(posted.result) if posted is not None else 0


async def write(unit: Unit, group: GroupRow, planned: Sequence[Planned], key: str, by: int, at: int) -> int:
    ids = await acts.write(unit, key=key, group_id=group.id, chat_id=group.chat_id, user_id=by, planned=planned, at=at)
    return ids[0]
