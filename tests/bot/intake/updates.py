"""Updates as Telegram sends them, for tests of the intake."""

import itertools
import json
from typing import Any

from bot.intake.incoming import Incoming
from bot.intake.wire import decode_batch

GROUP = -1001234567890
LIN = 1001
NOW = 1_900_000_000

numbers = itertools.count(1)


def user(user_id: int = LIN, name: str = "林晓", **more: Any) -> dict[str, Any]:
    return {"id": user_id, "is_bot": False, "first_name": name} | more


def group(chat_id: int = GROUP, **more: Any) -> dict[str, Any]:
    return {"id": chat_id, "type": "supergroup", "title": "07营 学习群"} | more


def message(
    text: str | None = None, *, sender: int = LIN, chat: int = GROUP, at: int = NOW, **more: Any
) -> dict[str, Any]:
    """One update with one message; `more` are further fields of the message, `from_` replaces its sender."""
    number = next(numbers)
    body = {"message_id": number, "date": at, "chat": group(chat), "from": more.pop("from_", user(sender))}
    if text is not None:
        body["text"] = text
    return {"update_id": more.pop("update_id", number), "message": body | more}


def edit(update: dict[str, Any], text: str, at: int) -> dict[str, Any]:
    return {"update_id": next(numbers), "edited_message": update["message"] | {"text": text, "edit_date": at}}


def member_change(before: str, after: str, *, who: int = LIN, at: int = NOW, **more: Any) -> dict[str, Any]:
    return {
        "update_id": next(numbers),
        "chat_member": {
            "chat": group(more.pop("chat", GROUP)),
            "from": user(more.pop("by", who)),
            "date": at,
            "old_chat_member": {"status": before, "user": user(who)},
            "new_chat_member": {"status": after, "user": user(who)} | more.pop("member", {}),
        }
        | more,
    }


def body(*updates: Any) -> bytes:
    return json.dumps({"ok": True, "result": updates}).encode()


def read(*updates: dict[str, Any]) -> list[Incoming]:
    return decode_batch(body(*updates))


def read_one(update: dict[str, Any]) -> Incoming:
    (incoming,) = read(update)
    return incoming
