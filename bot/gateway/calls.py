"""The acts that are one call, each as that call; it sends nothing."""

from collections.abc import Callable, Mapping
from typing import Any

from telegram import ReactionTypeEmoji

from bot.gateway import posts
from bot.gateway.outcomes import Place, Renderer
from bot.gateway.permissions import free
from bot.gateway.posts import Call
from rules.conduct.effects import (
    Act,
    AnswerPress,
    ApproveJoin,
    BanSender,
    CreateLink,
    DeclineJoin,
    Edit,
    Free,
    Leave,
    Pin,
    React,
    Readmit,
    Remove,
    RevokeLink,
    Say,
    SendFile,
    SetTag,
    UnbanSender,
    Unpin,
)

# A call made of an act, its place and the words' renderer.
Builder = Callable[[Any, Place, Renderer], Call]


def on_user(method: str, **more: object) -> Builder:
    return lambda act, place, _: Call(method, {"chat_id": place.chat_id, "user_id": act.user_id, **more})


def on_sender(method: str) -> Builder:
    return lambda act, place, _: Call(method, {"chat_id": place.chat_id, "sender_chat_id": act.sender_chat_id})


def pin(act: Pin, place: Place, _: Renderer) -> Call:
    message = act.message_id or posts.earlier(place)
    return Call("pin_chat_message", {"chat_id": place.chat_id, "message_id": message, "disable_notification": True})


def unpin(act: Unpin, place: Place, _: Renderer) -> Call:
    return Call("unpin_chat_message", {"chat_id": place.chat_id, "message_id": act.message_id})


def react(act: React, place: Place, _: Renderer) -> Call:
    reaction = [ReactionTypeEmoji(act.emoji)]
    return Call("set_message_reaction", {"chat_id": place.chat_id, "message_id": act.message_id, "reaction": reaction})


def tag(act: SetTag, place: Place, _: Renderer) -> Call:
    return Call("set_chat_member_tag", {"chat_id": place.chat_id, "user_id": act.user_id, "tag": act.tag})


def create_link(act: CreateLink, place: Place, _: Renderer) -> Call:
    limits = {"member_limit": act.uses or None, "expire_date": act.expires_at or None}
    return Call("create_chat_invite_link", {"chat_id": place.chat_id, "name": act.name or None, **limits})


def revoke_link(act: RevokeLink, place: Place, _: Renderer) -> Call:
    url = act.url or posts.earlier_link(place)
    return Call("revoke_chat_invite_link", {"chat_id": place.chat_id, "invite_link": url})


def leave(_act: Leave, place: Place, _: Renderer) -> Call:
    return Call("leave_chat", {"chat_id": place.chat_id})


# The acts that are one call.
CALLS: Mapping[type[Act], Builder] = {
    Say: posts.say,
    Edit: posts.edit,
    AnswerPress: posts.answer,
    Free: free,
    Remove: on_user("ban_chat_member"),
    Readmit: on_user("unban_chat_member", only_if_banned=True),
    BanSender: on_sender("ban_chat_sender_chat"),
    UnbanSender: on_sender("unban_chat_sender_chat"),
    SetTag: tag,
    Pin: pin,
    Unpin: unpin,
    React: react,
    Leave: leave,
    CreateLink: create_link,
    RevokeLink: revoke_link,
    ApproveJoin: on_user("approve_chat_join_request"),
    DeclineJoin: on_user("decline_chat_join_request"),
    SendFile: posts.send_file,
}
