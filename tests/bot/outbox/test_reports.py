"""What people must hear of is told though the database goes away between the fact and the telling."""

import pytest

from bot.outbox.outbox import SWEEP_EVERY
from bot.storage import StorageUnavailable
from bot.storage.acts import ActRow
from rules.conduct.effects import Restrict
from tests.bot.outbox.conftest import Post, say
from tests.bot.waiting import until

AWAY = StorageUnavailable("the database is away", "wait")


async def test_a_post_of_unknown_fate_is_reported_once_the_database_is_back(
    post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:  # T3 D2
    tried: list[int] = []

    async def told(row: ActRow) -> None:
        tried.append(row.id)
        if len(tried) == 1:
            raise AWAY
        post.unknown.append(row)

    monkeypatch.setattr(post, "act_unknown", told)
    post.telegram.do("fail_next", method="sendMessage", mode="drop_answer")
    [act] = await post.write(say("hello"))
    await post.reaches("unknown", act)
    await until(lambda: bool(tried), "the first try")
    assert post.unknown == []
    post.clock.advance(SWEEP_EVERY)
    await until(lambda: bool(post.unknown), "the report")
    assert [row.id for row in post.unknown] == [act]


async def test_a_lost_right_is_reported_once_the_database_is_back(
    post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:  # A1 D2
    tried: list[str] = []

    async def told(_: int, right: str) -> None:
        tried.append(right)
        if len(tried) == 1:
            raise AWAY
        post.missing.append((0, right))

    monkeypatch.setattr(post, "right_missing", told)
    post.telegram.do("set_bot_rights", chat=post.telegram.group, rights=["can_delete_messages"])
    await post.write(Restrict(user_id=post.telegram.member("P")))
    await until(lambda: bool(tried), "the first try")
    assert post.missing == []
    post.clock.advance(SWEEP_EVERY)
    await until(lambda: bool(post.missing), "the report")
    assert post.missing == [(0, "can_restrict_members")]
