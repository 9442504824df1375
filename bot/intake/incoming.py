"""From one decoded update to Incoming: what the rules judge of it, and whether a conversation hears of it as well."""

from typing import Literal, NamedTuple

import msgspec

from bot.intake.attachments import media_of
from bot.intake.messages import facts_of, is_in, person, told
from bot.intake.shapes import Chat, InChat, MemberChange, Message, Update
from bot.storage.members import LEADING
from rules.conduct.facts import Facts, Media

# Orders without a slash: told from ordinary messages here, for only what is talk becomes an object of the library.
IN_SIMPLIFIED = "菜单 选单 警告 禁言 移出 撤销 为什么 记录 纪录 昵称 补发 公告 打卡 紧急 签到"
IN_TRADITIONAL = "菜單 選單 撤銷 為什麼 記錄 紀錄 暱稱 補發 緊急 簽到"
TALK_WORDS = frozenset(f"{IN_SIMPLIFIED} {IN_TRADITIONAL}".split())
TALK_INITIALS = frozenset(word[0] for word in TALK_WORDS)
# A full stop of a Chinese keyboard slips in before the slash.
STOPS = frozenset("。、．.")

GROUPS = frozenset({"group", "supergroup"})
NOT_CONTENT = frozenset(
    {"message_id", "date", "chat", "from", "sender_chat", "sender_tag", "message_thread_id", "is_topic_message"}
    | {"reply_to_message", "is_from_offline", "edit_date", "author_signature", "via_bot", "has_protected_content"}
)
# What tells of something and is nobody's words. What Telegram adds later counts as words until it stands here: rather
# a message judged that is none than one that passes unseen.
SERVICE = frozenset(
    {"new_chat_title", "new_chat_photo", "delete_chat_photo", "group_chat_created", "supergroup_chat_created"}
    | {"channel_chat_created", "message_auto_delete_timer_changed", "pinned_message", "successful_payment"}
    | {"refunded_payment", "users_shared", "chat_shared", "connected_website", "write_access_allowed", "passport_data"}
    | {"proximity_alert_triggered", "boost_added", "chat_background_set", "checklist_tasks_done"}
    | {"checklist_tasks_added", "direct_message_price_changed", "forum_topic_created", "forum_topic_edited"}
    | {"forum_topic_closed", "forum_topic_reopened", "general_forum_topic_hidden", "general_forum_topic_unhidden"}
    | {"giveaway_created", "giveaway_completed", "video_chat_scheduled", "video_chat_started", "video_chat_ended"}
    | {"video_chat_participants_invited", "web_app_data", "chat_owner_left", "chat_owner_changed", "gift"}
    | {"unique_gift", "gift_upgrade_sent", "managed_bot_created", "paid_message_price_changed", "poll_option_added"}
    | {"poll_option_deleted", "suggested_post_approved", "suggested_post_approval_failed", "suggested_post_declined"}
    | {"suggested_post_paid", "suggested_post_refunded"}
)

TOPICS = frozenset(name for name in SERVICE if "forum_topic_" in name)

Kind = Literal["ordinary", "talk", "undecided", "skipped"]
# What a conversation is about, where the way of an update depends on it.
PRESS, MEMBERSHIP, MIGRATION, REQUEST = "press", "membership", "migration", "join request"


class Incoming(NamedTuple):
    """One update. `facts` are what the rules judge (None: nothing), `also` the further people of one join message.

    talk goes to a conversation as well, undecided could not be read, skipped means nothing to us; `reason` says why,
    for talk what it is about.
    """

    update_id: int
    raw: bytes
    kind: Kind
    facts: Facts | None = None
    reason: str = ""
    chat: Chat | None = None
    also: tuple[Facts, ...] = ()


def incoming_of(update: Update, raw: bytes) -> Incoming:
    if update.message is not None:
        return from_message(update.update_id, update.message, raw)
    if update.edited_message is not None:
        return from_edit(update.update_id, update.edited_message, raw)
    if update.chat_member is not None:
        return from_member_change(update.update_id, update.chat_member, raw)
    if update.callback_query is not None:
        return Incoming(update.update_id, raw, "talk", None, PRESS, group_of(update.callback_query.message))
    if update.my_chat_member is not None:
        return Incoming(update.update_id, raw, "talk", None, MEMBERSHIP, group_of(update.my_chat_member))
    if update.chat_join_request is not None:
        chat = group_of(update.chat_join_request)
        return Incoming(update.update_id, raw, "talk" if chat else "skipped", None, REQUEST, chat)
    return Incoming(update.update_id, raw, "skipped", None, "unknown type")


def group_of(event: InChat | None) -> Chat | None:
    chat = event.chat if event is not None else None
    return chat if chat is not None and chat.type in GROUPS else None


def from_message(update_id: int, message: Message, raw: bytes) -> Incoming:
    chat = message.chat
    if chat.type not in GROUPS:
        kind: Kind = "talk" if chat.type == "private" else "skipped"
        return Incoming(update_id, raw, kind, None, chat.type)
    if message.text is not None:
        facts = facts_of(update_id, message, "message", ())
        kind = "talk" if is_talk(facts) else "ordinary"
        return Incoming(update_id, raw, kind, facts, "command" if kind == "talk" else "", chat)
    if message.migrate_to_chat_id or message.migrate_from_chat_id:
        return Incoming(update_id, raw, "talk", None, MIGRATION, chat)
    if message.new_chat_members:
        first, *others = (told(update_id, "join", message, user) for user in message.new_chat_members)
        return Incoming(update_id, raw, "ordinary", first, "", chat, tuple(others))
    if message.left_chat_member:
        facts = told(update_id, "leave", message, message.left_chat_member)
        return Incoming(update_id, raw, "ordinary", facts, "", chat)
    return from_wordless(update_id, message, raw)


def from_wordless(update_id: int, message: Message, raw: bytes) -> Incoming:
    media = media_of(message) or unknown_content(raw, "message")
    if not media and not message.caption and tells_of_a_topic(raw):
        return Incoming(update_id, raw, "talk", None, "topic", message.chat)
    if not media and not message.caption:
        return Incoming(update_id, raw, "skipped", None, "service message", message.chat)
    return Incoming(update_id, raw, "ordinary", facts_of(update_id, message, "message", media), "", message.chat)


def from_edit(update_id: int, message: Message, raw: bytes) -> Incoming:
    """An edit is judged again, but never a command: what was said may not be turned into an order afterwards."""
    if message.chat.type not in GROUPS:
        return Incoming(update_id, raw, "skipped", None, f"edit in {message.chat.type}")
    media = () if message.text is not None else media_of(message) or unknown_content(raw, "edited_message")
    return Incoming(update_id, raw, "ordinary", facts_of(update_id, message, "edit", media), "", message.chat)


def tells_of_a_topic(raw: bytes) -> bool:
    return bool(msgspec.json.decode(raw)["message"].keys() & TOPICS)


def unknown_content(raw: bytes, field: str) -> tuple[Media, ...]:
    """Content of a kind Telegram invented later still counts as a message; service messages do not."""
    content = msgspec.json.decode(raw)[field].keys() - NOT_CONTENT
    return () if not content or content & SERVICE else (Media("unknown"),)


def is_talk(facts: Facts) -> bool:
    """A command, or one of the leaders' words: alone, or first in a reply."""
    text = facts.text
    first = text[:1]
    if first == "/" or first == "／":
        return True
    if first in STOPS:
        return text[1:2] == "/" or text[1:2] == "／"
    if first not in TALK_INITIALS:
        return False
    word = text.split(maxsplit=1)[0] if facts.reply_to else text.strip()
    return word in TALK_WORDS


def from_member_change(update_id: int, change: MemberChange, raw: bytes) -> Incoming:
    before, after = is_in(change.old_chat_member), is_in(change.new_chat_member)
    member, user = change.new_chat_member, change.new_chat_member.user
    if change.chat.type not in GROUPS:
        return Incoming(update_id, raw, "skipped", None, change.chat.type)
    if before == after:
        return Incoming(update_id, raw, "talk", None, "member changed", change.chat)
    # Who leads is kept by a conversation; a leader's coming and going is judged by no rule.
    if member.status in LEADING:
        return Incoming(update_id, raw, "talk", None, "member", change.chat)
    facts = person(update_id, "join" if after else "leave", change.chat.id, change.date, user)._replace(
        tag=(member.tag or "") if after else None,
        invite_link=(change.invite_link.name or change.invite_link.invite_link) if change.invite_link else "",
        by_user_id=change.sender.id,
    )
    plain = member.status in {"member", "left", "kicked"}
    return Incoming(update_id, raw, "ordinary" if plain else "talk", facts, "" if plain else "member", change.chat)
