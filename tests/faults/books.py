"""Compares what the books say with what a crowd has done: each difference is something lost or doubled."""

from collections import Counter
from typing import NamedTuple

from tests.faults.crowd import Crowd
from tests.faults.process import Camp

MESSAGES = "SELECT g.chat_id, m.user_id, m.messages FROM members m JOIN groups g ON g.id = m.group_id"
DECISIONS = "SELECT g.chat_id, d.user_id, d.rule, d.step FROM decisions d JOIN groups g ON g.id = d.group_id"
MUTES = (
    "SELECT g.chat_id, d.user_id, e.until FROM entries e JOIN decisions d ON d.id = e.decision_id"
    " JOIN groups g ON g.id = d.group_id WHERE e.kind = 'mute'"
)
NOTICES = "SELECT state, count(*) FROM acts WHERE purpose = 'notice' GROUP BY state"


class Difference(NamedTuple):
    """`unseen` counts updates that were confirmed and never written down."""

    lost: int
    doubled: int
    unseen: int
    wrong_in_groups: int
    mutes_moved: int


async def difference(stage: Camp, crowd: Crowd, first_update: int) -> Difference:
    messages = Counter({(chat, user): count for chat, user, count in await stage.rows(MESSAGES)})
    decided = Counter((chat, user, rule, step) for chat, user, rule, step in await stage.rows(DECISIONS))
    here = set(crowd.groups)
    messages = Counter({key: count for key, count in messages.items() if key[0] in here and count})
    decided = Counter({key: count for key, count in decided.items() if key[0] in here})
    seen = {row[0] for row in await stage.rows("SELECT update_id FROM updates_seen")}
    return Difference(
        lost=(crowd.messages - messages).total() + (crowd.decided - decided).total(),
        doubled=(messages - crowd.messages).total() + (decided - crowd.decided).total(),
        unseen=len(set(range(first_update, stage.world.updates.next_id)) - seen),
        wrong_in_groups=len(crowd.wrong_in_the_groups()),
        mutes_moved=await moved(stage),
    )


async def moved(stage: Camp) -> int:
    """People whose mute does not end when the books say, or was called with another end."""
    books = {(chat, user): until for chat, user, until in await stage.rows(MUTES)}
    asked: dict[tuple[int, int], set[int]] = {}
    for call in stage.calls("restrictChatMember"):
        given = call["parameters"]
        asked.setdefault((given["chat_id"], given["user_id"]), set()).add(given["until_date"])
    there = {each: stage.world.member(stage.world.chat(each[0]), each[1]).until for each in books}
    return sum(there[each] != until or asked.get(each) != {until} for each, until in books.items())


class Notices(NamedTuple):
    """`doubled` and `unread` by what stands or stood in the groups, the others by the books."""

    total: int
    done: int
    unknown: int
    doubled: int
    unread: int


async def notices(stage: Camp, crowd: Crowd) -> Notices:
    states = Counter({row[0]: row[1] for row in await stage.rows(NOTICES)})
    told = [each for chat in crowd.groups for each in stage.world.chat(chat).messages.values()]
    said = Counter((each.chat_id, user) for each in told if each.by_bot for user in named(each.body))
    wanted = Counter((chat, user) for chat, user, *_ in crowd.decided.elements())
    doubled, unread = (said - wanted).total(), (wanted - said).total()
    return Notices(states.total(), states["done"], states["unknown"], doubled, unread)


def named(body: dict[str, object]) -> list[int]:
    """The people whom a post names."""
    marks = body.get("entities") or []
    assert isinstance(marks, list)
    return [mark["user"]["id"] for mark in marks if mark["type"] == "text_mention"]
