"""Each act names the right that Telegram asks for, in Telegram's own words, or none."""

import pytest

from rules.conduct.effects import (
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
    Pin,
    React,
    Readmit,
    Remove,
    Restrict,
    RevokeLink,
    Say,
    SendFile,
    SetPermissions,
    SetTag,
    UnbanSender,
    Unpin,
    required_right,
)

INVITES = "can_invite_users"
MEMBERS, MESSAGES, PINS, TAGS = "can_restrict_members", "can_delete_messages", "can_pin_messages", "can_manage_tags"
NEEDED: tuple[tuple[Act, str | None], ...] = (
    (Delete(message_ids=(1,)), MESSAGES),
    (Delete(message_ids=(1,), own=True), None),
    (Restrict(user_id=1), MEMBERS),
    (Free(user_id=1), MEMBERS),
    (Remove(user_id=1), MEMBERS),
    (Readmit(user_id=1), MEMBERS),
    (BanSender(sender_chat_id=-1), MEMBERS),
    (UnbanSender(sender_chat_id=-1), MEMBERS),
    (SetPermissions(), MEMBERS),
    (SetTag(user_id=1, tag="a"), TAGS),
    (Pin(), PINS),
    (Unpin(message_id=1), PINS),
    (Say(words=(), language="en"), None),
    (Edit(words=(), language="en"), None),
    (AnswerPress(query_id="1"), None),
    (React(message_id=1, emoji="👌"), None),
    (Leave(), None),
    (CreateLink(), INVITES),
    (RevokeLink(), INVITES),
    (ApproveJoin(user_id=1), INVITES),
    (DeclineJoin(user_id=1), INVITES),
    (SendFile(file_name="a.csv", text="", language="en"), None),
)


@pytest.mark.parametrize(("act", "right"), NEEDED, ids=lambda given: type(given).__name__)
def test_an_act_needs_the_right_that_telegram_asks_for(act: Act, right: str | None) -> None:
    assert required_right(act) == right
