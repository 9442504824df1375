"""What Telegram's refusals mean for an act; the sentences are the server's own, compared without regard to case."""

import re

from bot.gateway.outcomes import Again, Done, Held, Later, Migrated, Outcome, Refused, Unknown
from bot.gateway.wire import Answer, Silence
from rules.conduct.effects import (
    Act,
    ApproveJoin,
    DeclineJoin,
    Delete,
    Edit,
    Leave,
    RevokeLink,
    SetPermissions,
    Unpin,
    idempotent,
    required_right,
)

PROTECTED = "protected"
USER_GONE = "user_gone"
UNDELETABLE = "undeletable"
TAG_FORBIDDEN = "tag_forbidden"
NEEDS_SUPERGROUP = "needs_supergroup"
BLOCKED, NEVER_STARTED, DEACTIVATED, UNREACHABLE = "blocked", "never_started", "deactivated", "unreachable"
THREAD_GONE, THREAD_CLOSED = "thread_gone", "thread_closed"
INACTIVE = "inactive"
MAY_SPEAK = "can_send_messages"

FLOOD_UNSAID = 5.0
RETRY_AFTER = re.compile(r"retry after (\d+)")

# The first that is in Telegram's sentence counts.
REASONS = (
    ("bot was blocked by the user", BLOCKED),
    ("bot can't initiate conversation", NEVER_STARTED),
    ("user is deactivated", DEACTIVATED),
    ("user is an administrator of the chat", PROTECTED),
    ("user_admin_invalid", PROTECTED),
    ("can't remove chat owner", PROTECTED),
    ("can't restrict self", PROTECTED),
    ("participant_id_invalid", USER_GONE),
    ("user_not_participant", USER_GONE),
    ("member not found", USER_GONE),
    ("user not found", USER_GONE),
    ("invalid user_id", USER_GONE),
    ("hide_requester_missing", "request_gone"),
    ("user_channels_too_much", "in_too_many_groups"),
    ("message can't be deleted", UNDELETABLE),
    ("tag_change_forbidden", TAG_FORBIDDEN),
    ("available only for supergroups", NEEDS_SUPERGROUP),
    ("available for supergroup", NEEDS_SUPERGROUP),
    ("message to edit not found", "message_gone"),
    ("message can't be edited", "message_gone"),
    ("message to pin not found", "message_gone"),
    ("message to react not found", "message_gone"),
    ("message_id_invalid", "message_gone"),
    ("message thread not found", THREAD_GONE),
    ("topic_deleted", THREAD_GONE),
    ("topic_closed", THREAD_CLOSED),
    ("query is too old", "too_old"),
    ("message is too long", "too_long"),
    ("message_too_long", "too_long"),
    ("can't parse entities", "bad_markup"),
)
AWAY = ("bot was kicked", "bot is not a member", "group chat was deleted", "chat not found", "channel_private")
LACKING = (
    "not enough rights",
    "need administrator rights",
    "chat_admin_required",
    "chat_write_forbidden",
    "have no rights",
)
GONE = {
    Delete: ("message to delete not found", "message identifiers are not specified"),
    Edit: ("message is not modified",),
    SetPermissions: ("chat_not_modified",),
    Unpin: ("message to unpin not found", "message to pin not found"),
    # Answered by a leader's hand meanwhile, or in already.
    ApproveJoin: ("user_already_participant",),
    DeclineJoin: ("hide_requester_missing", "user_already_participant"),
    RevokeLink: ("invite_hash_expired",),
    Leave: ("bot is not a member", "bot was kicked", "chat not found", "group chat was deleted"),
}


def judge(act: Act, reply: Answer | Silence, chat_id: int) -> Outcome:
    """What a reply to the call for `act` in that chat means; 401 and 404 are refused here and looked into elsewhere."""
    if isinstance(reply, Silence):
        return Unknown(reply.reason) if reply.doubtful and not idempotent(act) else Again(reply.reason)
    if reply.ok:
        return Done(result_of(reply.result))
    if moved := reply.parameters.get("migrate_to_chat_id"):
        return Migrated(moved)
    if reply.code == 429:
        return Later(flood_seconds(reply))
    if reply.code >= 500 or reply.code == 409:
        return Again(f"{reply.code} {reply.description}")
    return refusal(act, reply.description, chat_id)


def refusal(act: Act, description: str, chat_id: int) -> Outcome:
    said = description.lower()
    if any(words in said for words in GONE.get(type(act), ())):
        return Done()
    for words, reason in REASONS:
        if words in said:
            return Refused(reason)
    if any(words in said for words in AWAY):
        return Held(INACTIVE) if chat_id < 0 else Refused(UNREACHABLE)
    # Speaking takes no right of an administrator, only a voice.
    if any(words in said for words in LACKING):
        return Held(f"right:{required_right(act) or MAY_SPEAK}")
    return Refused(description[:200] or "refused without a reason")


def flood_seconds(reply: Answer) -> float:
    named = reply.parameters.get("retry_after")
    found = RETRY_AFTER.search(reply.description.lower())
    return float(named or (found and int(found[1])) or FLOOD_UNSAID)


def result_of(result: object) -> dict[str, object]:
    """What is kept of an answer: the message's id and its link, for an album those of its first part; a made link."""
    if isinstance(result, list) and result:
        return {**result_of(result[0]), "message_ids": [part.get("message_id") for part in result]}
    if isinstance(result, dict) and "invite_link" in result:
        return {"invite_link": result["invite_link"]}
    if not isinstance(result, dict) or "message_id" not in result:
        return {}
    kept: dict[str, object] = {"message_id": result["message_id"]}
    if link := link_of(result.get("chat"), result["message_id"]):
        kept["link"] = link
    return kept


def link_of(chat: object, message_id: int) -> str:
    if not isinstance(chat, dict) or chat.get("type") != "supergroup":
        return ""
    return f"https://t.me/{chat.get('username') or 'c/' + str(chat.get('id')).removeprefix('-100')}/{message_id}"
