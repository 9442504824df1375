"""What the server answers when it refuses, in the real server's words; it decides nothing."""

from __future__ import annotations

from typing import Any


class ApiError(Exception):
    """A refusal of a Bot API call: HTTP status, the exact description and the machine-readable parameters."""

    def __init__(self, code: int, description: str, **parameters: int) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters

    def body(self) -> dict[str, Any]:
        answer: dict[str, Any] = {"ok": False, "error_code": self.code, "description": self.description}
        if self.parameters:
            answer["parameters"] = dict(self.parameters)
        return answer


class Refused(Exception):
    """A person's action that Telegram's clients would not let through (restricted, banned, not in the chat)."""


def bad(reason: str, **parameters: int) -> ApiError:
    return ApiError(400, f"Bad Request: {reason}", **parameters)


def forbidden(reason: str) -> ApiError:
    return ApiError(403, f"Forbidden: {reason}")


def conflict(reason: str) -> ApiError:
    return ApiError(409, f"Conflict: {reason}")


def flooded(seconds: int) -> ApiError:
    return ApiError(429, f"Too Many Requests: retry after {seconds}", retry_after=seconds)


def migrated(new_id: int) -> ApiError:
    return bad("group chat was upgraded to a supergroup chat", migrate_to_chat_id=new_id)


UNAUTHORIZED = ApiError(401, "Unauthorized")
NOT_FOUND = ApiError(404, "Not Found")
METHOD_NOT_FOUND = ApiError(404, "Not Found: method not found")

CHAT_ID_EMPTY = "chat_id is empty"
CHAT_NOT_FOUND = "chat not found"
USER_NOT_FOUND = "user not found"
INVALID_USER = "invalid user_id specified"
BLOCKED = "bot was blocked by the user"
DEACTIVATED = "user is deactivated"
TO_A_BOT = "bot can't send messages to bots"
NEVER_STARTED = "bot can't initiate conversation with a user"

OTHER_POLLER = "terminated by other getUpdates request; make sure that only one bot instance is running"
WEBHOOK_ACTIVE = "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
WEBHOOK_SET = "terminated by setWebhook request"

TEXT_EMPTY = "message text is empty"
TEXT_BLANK = "text must be non-empty"
TEXT_TOO_LONG = "message is too long"
EDIT_TOO_LONG = "MESSAGE_TOO_LONG"
RAW_TEXT_TOO_LONG = "text is too long"
CAPTION_TOO_LONG = "message caption is too long"
REPLY_NOT_FOUND = "message to be replied not found"
THREAD_NOT_FOUND = "message thread not found"
BUTTON_DATA_INVALID = "BUTTON_DATA_INVALID"
TEXT_BUTTON = "text buttons are unallowed in the inline keyboard"
ALBUM_EMPTY = "there are no messages to send"
ALBUM_TOO_LONG = "too many messages to send as an album"

EDIT_NOT_FOUND = "message to edit not found"
EDIT_FOREIGN = "message can't be edited"
NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same"
    " as a current content and reply markup of the message"
)

DELETE_NOT_FOUND = "message to delete not found"
CANNOT_DELETE = "message can't be deleted"
CANNOT_DELETE_FOR_ALL = "message can't be deleted for everyone"
DELETE_NO_IDS = "message identifiers are not specified"
DELETE_TOO_MANY = "too many message identifiers specified"

PROMOTE_SELF = "can't promote self"
NOT_ENOUGH_RIGHTS = "not enough rights"
RIGHT_FORBIDDEN = "RIGHT_FORBIDDEN"
ADMIN_REQUIRED = "CHAT_ADMIN_REQUIRED"
TITLE_OF_OWNER = "only the owner can edit their custom title"
NOT_AN_ADMIN = "user is not an administrator"
TITLE_FOREIGN = "not enough rights to change custom title of the user"
TITLE_INVALID = "CUSTOM_TITLE_INVALID"
TITLE_EMOJI = "CUSTOM_TITLE_EMOJI_NOT_ALLOWED"
TAG_INVALID = "TAG_INVALID"
TAG_EMOJI = "TAG_EMOJI_NOT_ALLOWED"
TAG_FORBIDDEN = "TAG_CHANGE_FORBIDDEN"

SUPERGROUPS_ONLY = "method is available only for supergroups"
SUPERGROUPS_AND_CHANNELS_ONLY = "method is available for supergroup and channel chats only"
OWNER_UNTOUCHABLE = "can't remove chat owner"
RESTRICT_SELF = "can't restrict self"
RESTRICT_RIGHTS = "not enough rights to restrict/unrestrict chat member"
TARGET_IS_ADMIN = "user is an administrator of the chat"
PARTICIPANT_INVALID = "PARTICIPANT_ID_INVALID"

REQUEST_RIGHTS = "not enough rights to manage chat join requests"
REQUEST_MISSING = "HIDE_REQUESTER_MISSING"
ALREADY_PARTICIPANT = "USER_ALREADY_PARTICIPANT"
LINK_RIGHTS = "not enough rights to manage chat invite link"
LINK_LIMIT_WITH_APPROVAL = "member limit can't be specified for links requiring administrator approval"

PIN_NOT_FOUND = "message to pin not found"
PIN_RIGHTS = "not enough rights to manage pinned messages in the chat"
REACT_NOT_FOUND = "message to react not found"
REACTION_INVALID = "REACTION_INVALID"
PERMISSIONS_RIGHTS = "not enough rights to change chat permissions"
CHANGE_TITLE_RIGHTS = "not enough rights to change chat title"
CHANGE_PHOTO_RIGHTS = "not enough rights to change chat photo"
DESCRIPTION_RIGHTS = "not enough rights to set chat description"

NOT_A_FORUM = "the chat is not a forum"
TOPIC_RIGHTS = "not enough rights to create a topic"
NO_ADMINS_IN_PRIVATE = "there are no administrators in the private chat"
MEMBERS_HIDDEN = "member list is inaccessible"
MEMBER_NOT_FOUND = "member not found"
QUERY_TOO_OLD = "query is too old and response timeout expired or query ID is invalid"
