"""Who may do what: names of rights and permissions, how they imply each other, when they run out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sandbox.world.records import Chat, Json, Member

SENDING = (
    "can_send_messages",
    "can_send_audios",
    "can_send_documents",
    "can_send_photos",
    "can_send_videos",
    "can_send_video_notes",
    "can_send_voice_notes",
)
PERMISSIONS = (
    *SENDING,
    "can_send_polls",
    "can_send_other_messages",
    "can_add_web_page_previews",
    "can_react_to_messages",
    "can_edit_tag",
    "can_change_info",
    "can_invite_users",
    "can_pin_messages",
    "can_manage_topics",
)
EVERY_PERMISSION = frozenset(PERMISSIONS)
USUAL_PERMISSIONS = EVERY_PERMISSION - {"can_change_info", "can_pin_messages", "can_manage_topics", "can_edit_tag"}

COMMON_RIGHTS = (
    "can_manage_chat",
    "can_delete_messages",
    "can_manage_video_chats",
    "can_restrict_members",
    "can_promote_members",
    "can_change_info",
    "can_invite_users",
    "can_post_stories",
    "can_edit_stories",
    "can_delete_stories",
)
GROUP_RIGHTS = ("can_pin_messages", "can_manage_topics", "can_manage_tags")
CHANNEL_RIGHTS = ("can_post_messages", "can_edit_messages", "can_manage_direct_messages")
RIGHTS = (*COMMON_RIGHTS, *GROUP_RIGHTS, *CHANNEL_RIGHTS)

FOREVER_BELOW, FOREVER_ABOVE = 30, 366 * 86_400


def rights_of(chat: Chat) -> tuple[str, ...]:
    """The rights an administrator of such a chat can have at all."""
    if chat.kind == "channel":
        return (*COMMON_RIGHTS, *CHANNEL_RIGHTS)
    group = GROUP_RIGHTS if chat.is_forum else ("can_pin_messages", "can_manage_tags")
    return (*COMMON_RIGHTS, *group)


def named_rights(chat: Chat, wanted: Iterable[str] | str | None) -> frozenset[str]:
    """Rights asked for by a list (with or without `can_`), or `all` (all but appointing others)."""
    possible = rights_of(chat)
    if wanted == "all":
        return frozenset(possible)
    names = [wanted] if isinstance(wanted, str) else list(wanted or ())
    chosen = {name if name.startswith("can_") else f"can_{name}" for name in names if name != "is_anonymous"}
    if unknown := chosen - set(RIGHTS):
        raise ValueError(f"unknown rights: {', '.join(sorted(unknown))}")
    return frozenset(chosen & set(possible)) | {"can_manage_chat"}


def read_permissions(given: Mapping[str, Any], *, independent: bool) -> frozenset[str]:
    """ChatPermissions as a set: what is left out is false, unless a broader one implies it."""
    chosen = {name for name in PERMISSIONS if given.get(name)}
    if not independent:
        if chosen & {"can_send_other_messages", "can_add_web_page_previews"}:
            chosen.update(SENDING)
        if "can_send_polls" in chosen:
            chosen.add("can_send_messages")
    follow(chosen, given, "can_react_to_messages", "can_send_messages")
    follow(chosen, given, "can_edit_tag", "can_pin_messages")
    follow(chosen, given, "can_manage_topics", "can_pin_messages")
    return frozenset(chosen)


def follow(chosen: set[str], given: Mapping[str, Any], name: str, leader: str) -> None:
    if name not in given and leader in chosen:
        chosen.add(name)


def absolute_end(until: int, now: float) -> int:
    """The stored end of a restriction; 0 means for ever (also: nearer than 30 s, farther than 366 days)."""
    return until if FOREVER_BELOW <= until - now <= FOREVER_ABOVE else 0


def settle(member: Member, now: float) -> Member:
    """Let a restriction or ban that has run out be over; no update tells of it."""
    if member.until and member.until <= now and member.status in ("restricted", "kicked"):
        lift(member)
    return member


def lift(member: Member) -> None:
    member.status = "member" if member.status == "restricted" and member.is_member else "left"
    member.until, member.permissions, member.is_member = 0, frozenset(), False


def allowed(chat: Chat, member: Member) -> frozenset[str]:
    """What a person in the chat may do now: everything for admins, else the chat's default and their own part."""
    if member.is_admin:
        return EVERY_PERMISSION
    if member.status == "restricted":
        return chat.permissions & member.permissions
    return chat.permissions if member.inside else frozenset()


def can(member: Member, right: str) -> bool:
    return member.status == "creator" or (member.status == "administrator" and right in member.rights)


def editable(actor: Member, target: Member) -> bool:
    """May `actor` change `target`'s administrator rights: the owner any, others only whom they appointed."""
    if target.status == "creator":
        return False
    return actor.status == "creator" or (can(actor, "can_promote_members") and target.appointed_by == actor.user_id)


def flags(names: Iterable[str], chosen: frozenset[str]) -> Json:
    return {name: name in chosen for name in names}
