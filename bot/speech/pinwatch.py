"""Looks once a day whether each group's notice is still pinned: Telegram tells nothing of unpinning."""

import asyncio
import logging
import math
from collections.abc import Callable, Mapping
from functools import partial

from bot.clock import Clock
from bot.desks import alarms
from bot.gateway import Gateway, GatewayError, Unavailable
from bot.limits import Limits
from bot.process.rounds import Pace, ask_each, rounds
from bot.speech import announcing
from bot.storage import Storage, groups, notices
from bot.storage.groups import GroupRow
from bot.storage.notices import NoticeRow
from bot.storage.unit import Unit
from rules.conduct.effects import DAY, Button, Card, Phrase

AT_ONCE = 20
PACE = Pace("pinned notices", shortest=5.0, longest=300.0)
OTHER, NO_RIGHT = "notice_other", "notice_right"

log = logging.getLogger(__name__)


def buttons() -> tuple[tuple[Button, ...], ...]:
    again = Button(label=Phrase("menu.notice_again"), action="posted.again", audience="leaders")
    return ((again, Button(label=Phrase("menu.notice_let_be"), action="posted.let_be", audience="leaders")),)


class PinWatch:
    """In a task of its own, so that a slow Telegram holds up nothing; the question stands outside any Unit."""

    def __init__(
        self, storage: Storage, gateway: Gateway, clock: Clock, limits: Limits, wake_outbox: Callable[[], None]
    ) -> None:
        self._storage, self._gateway, self._clock = storage, gateway, clock
        self._limits, self._wake_outbox = limits, wake_outbox
        self._turn = asyncio.Lock()

    async def run(self) -> None:
        """Until cancelled."""
        await rounds(self.work, self._clock, PACE)

    async def work(self) -> float:
        """Look at some of those not looked at for a day. Unix seconds of the next turn, infinity where none is."""
        async with self._turn:
            now = int(self._clock.now())
            async with self._storage.reading() as unit:
                rows = await notices.not_looked_at_since(unit, now - DAY, AT_ONCE)
                known = await groups.by_ids(unit, {row.group_id for row in rows})
            wait = await ask_each(rows, partial(self._one, known=known, now=now), self._limits, PACE)
            if wait is not None:
                return now + wait
            async with self._storage.reading() as unit:
                oldest = await notices.oldest_look(unit)
            return math.inf if oldest is None else oldest + DAY

    async def _one(self, row: NoticeRow, known: Mapping[int, GroupRow], now: int) -> None:
        """Raises Unavailable."""
        group = known.get(row.group_id)
        pinned = await self._newest_pinned(group) if group is not None and group.state == "active" else None
        await self._storage.write(partial(self._judge, group=group, row=row, pinned=pinned, now=now))
        self._wake_outbox()

    async def _newest_pinned(self, group: GroupRow) -> int | None:
        """Its message, 0 where nothing is pinned; None where Telegram does not tell."""
        try:
            return (await self._gateway.chat(group.chat_id)).pinned
        except Unavailable:
            raise
        except GatewayError as error:
            log.info("Telegram does not tell what is pinned: %s", error)
            return None

    async def _judge(self, unit: Unit, group: GroupRow | None, row: NoticeRow, pinned: int | None, now: int) -> None:
        """The notice is read anew: it may have changed while Telegram was asked."""
        present = await notices.get(unit, row.group_id)
        if present is None or present.act_id != row.act_id:
            return
        ours = await announcing.stands_at(unit, present)
        await notices.change(unit, row.group_id, looked_at=now, message_id=ours)
        if group is None or pinned is None or (ours and pinned == ours):
            return
        if not ours and not await announcing.never_stood(unit, present):
            return
        if not announcing.may_pin(group):
            card = Card(NO_RIGHT, (Phrase("menu.notice_right"),))
            await alarms.once(unit, group, card, f"{NO_RIGHT}:{group.id}:{now}", now)
        # Numbers grow: a newer post on top was pinned on purpose, an older one shows that ours was unpinned.
        elif ours and pinned > ours:
            await self._ask(unit, group, present, pinned, now)
        else:
            await announcing.pin_again(unit, group, present._replace(message_id=ours), 0, now)

    async def _ask(self, unit: Unit, group: GroupRow, row: NoticeRow, pinned: int, now: int) -> None:
        """Somebody pinned something newer: whether the notice goes on top again is theirs to say, asked once."""
        if row.asked_about == pinned:
            return
        await notices.change(unit, group.id, asked_about=pinned)
        card = Card(OTHER, (Phrase("menu.notice_other"),), buttons())
        await alarms.once(unit, group, card, f"{OTHER}:{group.id}:{pinned}", now)
