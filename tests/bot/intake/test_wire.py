"""What the intake sees in the updates of every day, and in those that try to hide something."""

from typing import Any

import pytest

from bot.intake.incoming import TALK_WORDS
from bot.intake.wire import ALLOWED_UPDATES, decode_batch
from handlers.routing.commands import WORDS
from rules.conduct.facts import Entity, Facts, Media
from tests.bot.intake.updates import GROUP, LIN, NOW, body, edit, group, member_change, message, read, read_one, user

CHANNEL = {"id": -1009, "type": "channel", "title": "币圈快讯", "username": "coins"}
ANONYMOUS = user(1087968824, "Group", is_bot=True, username="GroupAnonymousBot")
CHANNEL_BOT = user(136817688, "Channel", is_bot=True, username="Channel_Bot")
TELEGRAM = user(777000, "Telegram")


def facts_of(update: dict[str, Any]) -> Facts:
    incoming = read_one(update)
    assert incoming.facts is not None, incoming
    return incoming.facts


def test_a_message_of_a_member_is_told_whole() -> None:
    writer = user(LIN, "林晓", last_name="上海", username="linxiao")
    incoming = read_one(message("大家好", from_=writer, sender_tag="07营-林晓-上海", update_id=7))
    assert (incoming.update_id, incoming.kind) == (7, "ordinary")
    assert incoming.facts == Facts(
        7,
        "message",
        GROUP,
        LIN,
        NOW,
        message_id=incoming.facts.message_id if incoming.facts else 0,
        name="林晓 上海",
        username="linxiao",
        tag="07营-林晓-上海",
        text="大家好",
    )
    assert incoming.chat is not None
    assert (incoming.chat.title, incoming.chat.type) == ("07营 学习群", "supergroup")


@pytest.mark.parametrize(
    ("fields", "sender", "sender_chat"),
    [
        ({}, "member", 0),
        ({"from_": ANONYMOUS, "sender_chat": group()}, "anonymous_admin", GROUP),
        ({"from_": CHANNEL_BOT, "sender_chat": CHANNEL}, "channel", -1009),
        ({"from_": TELEGRAM, "sender_chat": CHANNEL, "is_automatic_forward": True}, "linked_channel", -1009),
        ({"from_": TELEGRAM}, "telegram", 0),
        ({"from_": user(5, "Helper", is_bot=True)}, "bot", 0),
        ({"from_": None}, "telegram", 0),
    ],
)
def test_who_speaks_is_told_apart(fields: dict[str, Any], sender: str, sender_chat: int) -> None:  # A3
    facts = facts_of(message("在吗", **fields))
    assert (facts.sender, facts.sender_chat_id) == (sender, sender_chat)
    assert facts.is_bot is (sender == "bot")


def test_words_hidden_beside_the_text_are_seen() -> None:
    link = {"type": "text_link", "offset": 0, "length": 2, "url": "https://t.me/+x"}
    mention = {"type": "text_mention", "offset": 2, "length": 2, "user": user(9)}
    keyboard = {
        "inline_keyboard": [
            [{"text": "领取", "url": "https://x.example"}],
            [{"text": "复制", "copy_text": {"text": "wx123"}}],
        ]
    }
    facts = facts_of(
        message(
            "点我们",
            entities=[link, mention],
            quote={"text": "加微信", "position": 0},
            forward_origin={"type": "channel", "date": NOW, "chat": CHANNEL, "message_id": 4},
            via_bot=user(6, "Via", is_bot=True),
            reply_markup=keyboard,
        )
    )
    assert facts.entities == (Entity("text_link", 0, 2, "https://t.me/+x"), Entity("text_mention", 2, 2, user_id=9))
    assert (facts.text, facts.quote, facts.forward) == ("点我们", "加微信", "channel:币圈快讯 @coins")
    assert facts.via_bot
    assert facts.buttons == ("领取", "https://x.example", "复制", "wx123")


@pytest.mark.parametrize(
    ("content", "media"),
    [
        ({"photo": [{"file_id": "small"}, {"file_id": "large"}]}, Media("photo", "large")),
        ({"document": {"file_id": "d", "file_name": "赚钱.pdf"}}, Media("document", "d", "赚钱.pdf")),
        ({"sticker": {"file_id": "s", "set_name": "ads_by_x"}}, Media("sticker", "s", "ads_by_x")),
        ({"audio": {"file_id": "a", "title": "歌", "performer": "人"}}, Media("audio", "a", "", "歌 人")),
        ({"contact": {"phone_number": "138", "first_name": "王"}}, Media("contact", words="王 138")),
        ({"poll": {"question": "买吗", "options": [{"text": "买"}]}}, Media("poll", words="买吗 买")),
        ({"checklist": {"title": "清单", "tasks": [{"text": "加我"}]}}, Media("checklist", words="清单 加我")),
        ({"venue": {"title": "店", "address": "路"}}, Media("venue", words="店 路")),
        ({"giveaway": {"prize_description": "送币"}}, Media("giveaway", words="送币")),
        ({"story": {"chat": CHANNEL, "id": 1}}, Media("story", words="币圈快讯 @coins")),
        ({"dice": {"emoji": "🎲", "value": 3}}, Media("dice")),
        ({"hologram": {"file_id": "h"}}, Media("unknown")),
    ],
)
def test_attachments_bring_their_words_and_file_names(content: dict[str, Any], media: Media) -> None:
    facts = facts_of(message(caption="看", **content))
    assert facts.text == "看"
    assert facts.media == (media,)
    assert facts_of(message(**content)).media == (media,)


def test_a_reply_to_another_chat_shows_what_is_answered() -> None:
    reply = {"origin": {"type": "channel", "chat": CHANNEL}, "giveaway": {"prize_description": "送币"}}
    assert facts_of(message("快看", external_reply=reply)).media == (
        Media("external_reply", words="channel:币圈快讯 @coins 送币"),
    )


def test_a_reply_names_whom_it_answers_and_a_topic_is_no_reply() -> None:
    answered = {"message_id": 30, "date": NOW, "chat": group(), "from": user(77)}
    facts = facts_of(message("好", reply_to_message=answered))
    assert (facts.reply_to, facts.reply_user_id) == (30, 77)
    topic = facts_of(message("好", reply_to_message=answered, message_thread_id=30, is_topic_message=True))
    assert (topic.thread_id, topic.reply_to, topic.reply_user_id) == (30, 0, 0)


def test_an_edit_is_judged_at_the_time_of_the_edit_and_is_never_a_command() -> None:  # S8
    incoming = read_one(edit(message("早"), "/warn", NOW + 60))
    assert incoming.kind == "ordinary"
    assert incoming.facts is not None
    assert (incoming.facts.kind, incoming.facts.at, incoming.facts.text) == ("edit", NOW + 60, "/warn")


@pytest.mark.parametrize(
    ("text", "reply", "kind"),
    [
        ("/rules", False, "talk"),
        ("菜单", False, "talk"),
        ("签到 ", False, "talk"),
        ("警告 刷屏", True, "talk"),
        ("警告 刷屏", False, "ordinary"),
        ("警告大家注意天气", True, "ordinary"),
        ("我看了公告", False, "ordinary"),
        ("", False, "ordinary"),
    ],
)
def test_commands_and_the_words_of_leaders_go_to_a_conversation_too(text: str, reply: bool, kind: str) -> None:
    answered = {"message_id": 3, "date": NOW, "chat": group(), "from": user(77)} if reply else None
    incoming = read_one(message(text, reply_to_message=answered))
    assert incoming.kind == kind
    assert incoming.facts is not None


def test_every_word_that_handlers_obey_reaches_them() -> None:
    assert set(WORDS) <= TALK_WORDS


@pytest.mark.parametrize(
    ("before", "after", "member", "kind", "facts_kind"),
    [
        ("left", "member", {"tag": "新人"}, "ordinary", "join"),
        ("kicked", "member", {}, "ordinary", "join"),
        ("member", "left", {}, "ordinary", "leave"),
        ("restricted", "kicked", {}, "ordinary", "leave"),
        ("left", "restricted", {"is_member": True}, "talk", "join"),
        ("left", "administrator", {}, "talk", None),
        ("member", "administrator", {}, "talk", None),
        ("member", "restricted", {"is_member": True}, "talk", None),
    ],
)
def test_joins_leaves_and_promotions_are_told_apart(
    before: str, after: str, member: dict[str, Any], kind: str, facts_kind: str | None
) -> None:
    more = {"is_member": True} if before == "restricted" else {}
    update = member_change(before, after, member=member, by=5, invite_link={"invite_link": "https://t.me/+a"})
    update["chat_member"]["old_chat_member"] |= more
    incoming = read_one(update)
    assert incoming.kind == kind
    assert (incoming.facts.kind if incoming.facts else None) == facts_kind
    if incoming.facts is not None and facts_kind == "join":
        assert (incoming.facts.by_user_id, incoming.facts.invite_link) == (5, "https://t.me/+a")
        assert incoming.facts.tag == member.get("tag", "")


def test_everybody_named_in_one_join_message_joins() -> None:
    incoming = read_one(message(new_chat_members=[user(1, "甲"), user(2, "乙")]))
    assert incoming.facts is not None
    assert [facts.user_id for facts in (incoming.facts, *incoming.also)] == [1, 2]
    assert {facts.kind for facts in (incoming.facts, *incoming.also)} == {"join"}


@pytest.mark.parametrize(
    ("update", "kind"),
    [
        ({"callback_query": {"id": "1", "from": user(), "chat_instance": "c", "data": "x"}}, "talk"),
        ({"my_chat_member": {}}, "talk"),
        ({"chat_join_request": {"chat": group(), "user_chat_id": 5, "date": 1}}, "talk"),
        ({"chat_join_request": {"chat": {"id": -5, "type": "channel"}}}, "skipped"),
        ({"message": {"message_id": 1, "date": NOW, "chat": {"id": LIN, "type": "private"}, "text": "hi"}}, "talk"),
        ({"message": {"message_id": 1, "date": NOW, "chat": group(), "migrate_to_chat_id": -100}}, "talk"),
        ({"message": {"message_id": 1, "date": NOW, "chat": group(), "new_chat_title": "新"}}, "skipped"),
        ({"message": {"message_id": 1, "date": NOW, "chat": group()}}, "skipped"),
        ({"channel_post": {"message_id": 1, "date": NOW, "chat": CHANNEL, "text": "x"}}, "skipped"),
        ({"an_invention_of_tomorrow": {"x": 1}}, "skipped"),
        ({"message": None}, "skipped"),
        ({"message": {"message_id": "one"}}, "undecided"),
        ({"message": {"message_id": 2**63, "date": 1, "chat": group()}}, "undecided"),
    ],
)
def test_what_is_not_for_the_rules_is_sorted(update: dict[str, Any], kind: str) -> None:  # T7
    incoming = read_one({"update_id": 9} | update)
    assert (incoming.update_id, incoming.kind) == (9, kind)
    assert bool(incoming.reason) is (kind != "ordinary")


def test_one_unreadable_update_leaves_the_others_readable() -> None:  # T7
    kinds = [each.kind for each in read(message("早"), {"update_id": 3, "message": {"date": "?"}}, message("晚"))]
    assert kinds == ["ordinary", "undecided", "ordinary"]


def test_half_a_character_or_a_nul_does_not_spoil_the_batch() -> None:  # S2
    first, second = read(message("早\ud800安\0"), message("晚"))
    assert first.facts is not None
    assert second.facts is not None
    assert first.facts.text == "早?安"
    broken = body(message("好")).replace(b"supergroup", b"super\xffgroup")
    assert len(decode_batch(broken)) == 1


def test_we_ask_for_exactly_the_updates_we_use() -> None:
    assert ALLOWED_UPDATES == (
        "message", "edited_message", "chat_member", "my_chat_member", "callback_query", "chat_join_request",
    )  # fmt: skip
