"""A whole message: decoded, scanned, judged by every check, recorded and committed, in the bot's own pump."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Any

from benchmarks.messages import FIRST_CHAT, GROUPS, MEMBERS, START
from bot.clock import ManualClock
from bot.conduct.moderator import Moderator
from bot.intake.places import Places
from bot.intake.pump import Pump, Talker
from bot.intake.wire import decode_batch
from bot.storage import Storage, Unit, groups, open_storage
from bot.textscan import Scanner

BOT = 77
RULES = ("nickname_format", "ad_without_red_packet", "flooding", "insult", "blocked_text", "scam_newcomer")
ENFORCED: Mapping[str, Any] = {rule: {"mode": "enforce"} for rule in RULES}
PATTERNS = {"blocked_text": {"mode": "enforce", "words": ["代写论文", "刷单"], "patterns": [r"\d{4}元/天"]}}


async def conversations(*_: Any) -> None:
    raise AssertionError("no message of this benchmark is a conversation")


@asynccontextmanager
async def pump(url: str) -> AsyncIterator[Pump]:
    """The pump as it runs, before a database with the groups of `messages`."""
    storage = await open_storage(url)
    try:
        await storage.write(set_up)
        yield built(storage)
    finally:
        await storage.close()


def built(storage: Storage) -> Pump:
    clock = ManualClock(START)
    moderator = Moderator(scanner=Scanner.build(), clock=clock, bot_id=BOT, configured={**ENFORCED, **PATTERNS})
    places = Places(storage, moderator, None, clock, BOT)  # type: ignore[arg-type] # every group is known: nobody is asked
    talker = Talker(conversations, conversations)
    return Pump(
        storage=storage, moderator=moderator, clock=clock, bot_id=BOT, places=places, talker=talker,
        committed=lambda: None,
    )  # fmt: skip


async def set_up(unit: Unit) -> None:
    began = dict.fromkeys(RULES, START)
    for number in range(GROUPS):
        title = f"{number:02d}营 学习成长营"
        row = await groups.ensure(
            unit, FIRST_CHAT - number, title=title, kind="supergroup", owner_id=1, at=START - 86400
        )
        await groups.update(
            unit, row.id, admins_at=START, member_count=MEMBERS, rule_began=began, bot_status="administrator"
        )


async def take(running: Pump, body: bytes) -> None:
    await running.take(decode_batch(body))
