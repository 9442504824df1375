"""/lockdown and the panel: everybody may only read for a while; said in the group in one line, ended by itself."""

from bot import audit
from bot.protection import lockdown
from bot.storage import lockdowns
from handlers.conduct.abilities import missing_for
from handlers.frame.context import Talk
from handlers.frame.orders import Order
from handlers.reading.durations import seconds_of
from handlers.reading.targets import group_row
from handlers.saying.answers import (
    DONE,
    Rows,
    act,
    alert,
    answer,
    catalogue,
    has_started,
    in_their_language,
    reply,
    whisper,
)
from handlers.saying.panels import Made, back, panel
from handlers.saying.times import moment
from rules.conduct.effects import Button, Phrase, Planned, React

in_protect = catalogue("protect")

BEGIN, OFF = "lockdown.begin", "lockdown.off"
ENDING = frozenset({"off", "结束", "解除", "取消", "关", "关闭", "停"})
CHOICES = ("10m", "30m", "2h", "8h")
LONGEST_REASON = 200


async def lockdown_(talk: Talk, order: Order) -> None:
    """`/lockdown [10m] [why]`, `/lockdown off`."""
    first = order.first().lower()
    if first in ENDING:
        await end(talk)
        return
    seconds = seconds_of(first) if first else lockdown.USUAL
    if seconds is None or not lockdown.SHORTEST <= seconds <= lockdown.LONGEST:
        await reply(talk, in_protect("usage_lockdown"))
        return
    await begin(talk, seconds, order.without_first().words[:LONGEST_REASON])


async def begin(talk: Talk, seconds: int, reason: str = "") -> int:
    """Until when it is closed now; 0 where something keeps it from being so, and the leader heard what."""
    group, allowed = group_row(talk), talk.fetched.permissions
    known = await lockdowns.get(talk.unit, group.id)
    lacking = missing_for(group, [Planned(lockdown.closing(frozenset()))])
    if lacking is not None:
        await reply(talk, lacking)
        return 0
    if known is None and (allowed is None or "can_send_messages" not in allowed):
        await reply(talk, in_protect("lockdown_unasked" if allowed is None else "lockdown_closed_already"))
        return 0
    row = await lockdown.begin(
        talk.unit, group, allowed or frozenset(), seconds, by=talk.actor.user_id, at=talk.at, reason=reason,
        key=f"talk:{talk.services.me.id}:{talk.update_id}:lockdown", thread=0 if talk.query_id else talk.thread,
    )  # fmt: skip
    await audit.done(
        talk.unit, talk.actor, BEGIN, talk.at, group_id=group.id, before={"until": known.until if known else 0},
        after={"until": row.until, "reason": reason},
    )  # fmt: skip
    how = "lockdown_longer" if known is not None else "lockdown_begun"
    await confirm(talk, in_protect(how, until=moment(talk, row.until)), ((ending(),),))
    return row.until


async def end(talk: Talk) -> bool:
    group = group_row(talk)
    if not await lockdown.end(talk.unit, group, talk.at):
        await reply(talk, in_protect("lockdown_none"))
        return False
    await audit.done(talk.unit, talk.actor, OFF, talk.at, group_id=group.id)
    await confirm(talk, in_protect("lockdown_ended"))
    return True


async def confirm(talk: Talk, words: Phrase, rows: Rows = ()) -> None:
    """To the leader alone; the group reads its own line."""
    if talk.query_id:
        await alert(talk, words)
    elif talk.private:
        await answer(talk, words, rows)
    else:
        await act(talk, React(message_id=talk.message_id, emoji=DONE))
        if await has_started(talk, talk.actor.user_id):
            await in_their_language(talk)
            await whisper(talk, [words], rows)


def ending() -> Button:
    return Button(label=in_protect("button_lockdown_off"), action=OFF, audience="leaders")


def beginning(length: str) -> Button:
    return Button(label=in_protect(f"button_lockdown_{length}"), action=BEGIN, audience="leaders", note=length)


@panel("lockdown", "protect.panel_title")
async def lockdown_panel(talk: Talk) -> Made:
    """Before it is pressed, what it will do; while it lasts, until when."""
    known = await lockdowns.get(talk.unit, group_row(talk).id)
    buttons = [beginning(length) for length in CHOICES]
    rows: Rows = (tuple(buttons[:2]), tuple(buttons[2:]))
    if known is None:
        return [in_protect("panel_open")], (*rows, (back(),))
    return [in_protect("panel_closed", until=moment(talk, known.until))], ((ending(),), *rows, (back(),))
