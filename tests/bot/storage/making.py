"""Rows for tests, made the way the program makes them."""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from bot.storage import Unit, acts, books
from bot.storage.groups import GroupRow
from rules.conduct.case import NOTHING_SEEN, Case, GroupView, MemberView
from rules.conduct.effects import Act, Delete, Entry, Mention, Phrase, Planned, Restrict, Say
from rules.conduct.facts import Entity, Facts, Media
from rules.conduct.findings import Finding
from rules.conduct.verdict import Verdict

AT = 1_741_000_000
DAY = 86_400
CHAT, SUPERGROUP = -507, -1_000_000_000_507
PERSON, LEADER = 4_200_000_000_001, 77

WORDS = (Phrase("conduct.fine_opened", (("name", Mention(PERSON, "老赵")), ("amount", 200))),)
NOTICE = Say(words=WORDS, language="zh_Hans")
ENTITIES = (Entity("text_link", 0, 2, "https://example.org"),)


def message(number: int = 1, text: str = "面膜,加微信", at: int = AT) -> Facts:
    return Facts(
        number, "message", CHAT, PERSON, at, message_id=number, name="老赵", text=text, entities=ENTITIES,
        media=(Media("photo", "file-1"),),
    )  # fmt: skip


def case(facts: Facts | None = None, group_id: int = 1, user_id: int = PERSON) -> Case:
    group = GroupView(group_id, CHAT, 1, "07营", ZoneInfo("Asia/Shanghai"), "Asia/Shanghai")
    return Case(facts or message(), NOTHING_SEEN, MemberView(user_id, "老赵"), group)


def verdict(*entries: Entry, planned: Sequence[Planned] = (), held: str = "") -> Verdict:
    finding = Finding("ad_without_red_packet", True, (("words", ("微信",)), ("score", 0.5)))
    return Verdict((finding,), "ad_without_red_packet", "fine", "enforce", entries, tuple(planned), held=held)


async def decide(
    unit: Unit, group: GroupRow, key: str, *entries: Entry, reverses: int | None = None, user_id: int = PERSON,
    at: int = AT, planned: Sequence[Planned] = (), held: str = "",
) -> tuple[int, list[int]]:  # fmt: skip
    """A decision with its entries and acts; its number and those of the entries."""
    found = verdict(*entries, planned=planned, held=held)
    issue = books.Issue("rule", 0, key, "", reverses=reverses)
    number, new = await books.add_decision(unit, case(message(at=at), group.id, user_id), found, issue)
    if not new:
        return number, []
    if planned:
        await plan(unit, group, key, *planned, decision_id=number, at=at)
    return number, await books.add_entries(unit, number, group.id, user_id, at, entries)


async def plan(
    unit: Unit, group: GroupRow, key: str, *planned: Planned | Act, decision_id: int | None = None, at: int = AT
) -> list[int]:
    whole = [each if isinstance(each, Planned) else Planned(each) for each in planned]
    return await acts.write(
        unit, key=key, decision_id=decision_id, group_id=group.id, chat_id=group.chat_id, user_id=PERSON, planned=whole,
        at=at,
    )  # fmt: skip


FINE = Entry("fine_opened", "ad_without_red_packet", amount=200, unit="CNY", shares=100, due_at=AT + DAY)
DELETE = Delete(message_ids=(1,))
MUTE = Restrict(user_id=PERSON, until=AT + 3600)
