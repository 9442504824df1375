"""What is known of an act without asking Telegram: what takes it back, what right it needs, whether it may be repeated,
how long it is worth doing, and in which lane it goes.
"""

from typing import get_args

import pytest

from rules.conduct.effects import (
    DAY,
    HOUR,
    LANE_DELETIONS,
    LANE_MEMBERS,
    LANE_PRESSES,
    LANE_SPEECH,
    Act,
    AnswerPress,
    ApproveJoin,
    BanSender,
    CreateLink,
    DeclineJoin,
    Delete,
    Edit,
    Free,
    Leave,
    Mention,
    Phrase,
    Pin,
    React,
    Readmit,
    Remove,
    Repost,
    Restrict,
    RevokeLink,
    Say,
    SendFile,
    SetPermissions,
    SetTag,
    UnbanSender,
    Unpin,
    against_member,
    idempotent,
    inverse,
    lane,
    lifetime,
    required_right,
)

DELETES, RESTRICTS, PINS = "can_delete_messages", "can_restrict_members", "can_pin_messages"
INVITES = "can_invite_users"
# Every act there is: (the right it needs, whether it may be repeated, its lane, seconds it is worth doing).
KNOWN: list[tuple[Act, str | None, bool, int, int]] = [
    (Delete(message_ids=(5,)), DELETES, True, LANE_DELETIONS, 2 * DAY),
    (Delete(message_ids=(5,), own=True), None, True, LANE_DELETIONS, 2 * DAY),
    (Restrict(user_id=42), RESTRICTS, True, LANE_MEMBERS, 2 * DAY),
    (Restrict(user_id=42, until=9), RESTRICTS, True, LANE_MEMBERS, HOUR),
    (Free(user_id=42), RESTRICTS, True, LANE_MEMBERS, 2 * DAY),
    (Remove(user_id=42), RESTRICTS, True, LANE_MEMBERS, 2 * DAY),
    (Readmit(user_id=42), RESTRICTS, True, LANE_MEMBERS, 2 * DAY),
    (BanSender(sender_chat_id=-9), RESTRICTS, True, LANE_MEMBERS, 2 * DAY),
    (UnbanSender(sender_chat_id=-9), RESTRICTS, True, LANE_MEMBERS, 2 * DAY),
    (SetPermissions(allowed=("can_send_messages",)), RESTRICTS, True, LANE_MEMBERS, 2 * DAY),
    (SetTag(user_id=42, tag="林晓", before="晓"), "can_manage_tags", True, LANE_MEMBERS, 2 * DAY),
    (Say(words=(), language="en"), None, False, LANE_SPEECH, 600),
    (Say(words=(), language="en", to_user=42), None, False, LANE_SPEECH, 2 * DAY),
    (
        Repost(author=Mention(42, "n"), label=Phrase("conduct.label_ad"), language="en"),
        None, False, LANE_SPEECH, 2 * DAY,
    ),
    (Edit(words=(), language="en", message_id=5), None, True, LANE_SPEECH, 600),
    (AnswerPress(query_id="q"), None, False, LANE_PRESSES, 150),
    (Pin(message_id=5), PINS, True, LANE_SPEECH, 2 * DAY),
    (Unpin(message_id=5), PINS, True, LANE_SPEECH, 2 * DAY),
    (React(message_id=5, emoji="👍"), None, True, LANE_SPEECH, 600),
    (Leave(), None, True, LANE_MEMBERS, 2 * DAY),
    (CreateLink(), INVITES, True, LANE_MEMBERS, 2 * DAY),
    (RevokeLink(url="https://t.me/+a"), INVITES, True, LANE_MEMBERS, 2 * DAY),
    (ApproveJoin(user_id=42), INVITES, True, LANE_MEMBERS, 2 * DAY),
    (DeclineJoin(user_id=42), INVITES, True, LANE_MEMBERS, 2 * DAY),
    (SendFile(file_name="a.csv", text="", language="en"), None, False, LANE_SPEECH, 2 * DAY),
]  # fmt: skip


@pytest.mark.parametrize(("act", "right", "repeatable", "way", "seconds"), KNOWN, ids=[str(row[0]) for row in KNOWN])
def test_of_every_act_it_is_known_how_it_is_done(
    act: Act, right: str | None, repeatable: bool, way: int, seconds: int
) -> None:
    assert (required_right(act), idempotent(act), lane(act), lifetime(act)) == (right, repeatable, way, seconds)


def test_no_act_is_left_out() -> None:
    assert {type(row[0]) for row in KNOWN} == set(get_args(Act))


BACK: list[tuple[Act, Act]] = [
    (Restrict(user_id=42, until=9), Free(user_id=42)),
    (Remove(user_id=42, ban=True), Readmit(user_id=42)),
    (BanSender(sender_chat_id=-9), UnbanSender(sender_chat_id=-9)),
    (SetTag(user_id=42, tag="新", before="旧"), SetTag(user_id=42, tag="旧", before="新")),
    (Pin(message_id=5), Unpin(message_id=5)),
    (SetPermissions(allowed=("a",), before=("b",)), SetPermissions(allowed=("b",), before=("a",))),
]


def test_an_act_has_the_inverse_that_takes_it_back_or_none() -> None:
    assert [inverse(act) for act, _ in BACK] == [back for _, back in BACK]
    alone = {type(act) for act, *_ in KNOWN if inverse(act) is None}
    assert {type(act) for act, _ in BACK} | alone == set(get_args(Act))


def test_a_tag_and_permissions_taken_back_twice_are_as_they_were() -> None:
    for act, back in BACK:
        if type(act) is type(back):
            assert inverse(back) == act


def test_only_what_hurts_somebody_spends_the_brake() -> None:  # fairness 3
    hurting = [act for act, *_ in KNOWN if against_member(act)]
    assert {type(act) for act in hurting} == {Delete, Restrict, Remove, BanSender}
    assert Delete(message_ids=(5,), own=True) not in hurting
