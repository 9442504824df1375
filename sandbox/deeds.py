"""What the bot did, in plain words, from the log of its calls; only what people in the chats can notice."""

import html
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime, tzinfo
from typing import Any, NamedTuple

Call = Mapping[str, Any]
QUOTED = 70
TAG = re.compile(r"<[^>]*>")


class Deed(NamedTuple):
    """`key`: deeds of one kind in one place are told together; `message_id` 0: about no message."""

    key: str
    text: str
    chat: int
    message_id: int = 0


class Namer(NamedTuple):
    """How people and chats are called, and in which zone times are told."""

    person: Callable[[int], str]
    chat: Callable[[int], str]
    zone: tzinfo | None


def told(calls: Iterable[Call], names: Namer) -> list[Deed]:
    """One line for each deed; deletions in one chat are counted."""
    found = [deed for call in calls if call["ok"] for deed in deeds(call, names)]
    lines: dict[str, list[Deed]] = {}
    for deed in found:
        lines.setdefault(deed.key, []).append(deed)
    return [together(same) for same in lines.values()]


def together(same: list[Deed]) -> Deed:
    first = same[0]
    return first if len(same) == 1 else first._replace(text=f"{first.text} ({len(same)} times)")


def deeds(call: Call, names: Namer) -> Iterator[Deed]:
    given, method = call["parameters"], call["method"]
    chat = int(given.get("chat_id") or 0)
    where, who = names.chat(chat), names.person(int(given.get("user_id") or 0))
    until = f" until {moment(given['until_date'], names.zone)}" if given.get("until_date") else ""
    match method:
        case "sendMessage" | "sendPhoto":
            said = f"wrote in {where}: “{quoted(given.get('text') or given.get('caption') or '')}”{buttons(given)}"
            yield Deed(f"say {call['n']}", said, chat, int(call["result"]["message_id"]))
        case "deleteMessage":
            yield Deed(f"delete {chat}", f"deleted a message in {where}", chat, int(given["message_id"]))
        case "deleteMessages":
            gone = list(given["message_ids"])
            yield Deed(f"delete {call['n']}", f"deleted {len(gone)} messages in {where}", chat, int(gone[0]))
        case "restrictChatMember":
            yield Deed(f"restrict {chat} {who}", f"let {who} only read in {where}{until}", chat)
        case "banChatMember":
            yield Deed(f"ban {chat} {who}", f"removed {who} from {where}{until}", chat)
        case "setChatMemberTag":
            yield Deed(f"tag {chat} {who}", f"gave {who} the tag “{given.get('tag', '')}” in {where}", chat)
        case "setMessageReaction":
            yield Deed(f"react {call['n']}", f"put a sign under a message in {where}", chat, int(given["message_id"]))
        case "answerCallbackQuery" if given.get("text"):
            yield Deed(
                f"answer {call['n']}", f"answered the press, for that person alone: “{quoted(given['text'])}”", 0
            )


def quoted(text: str) -> str:
    """The beginning of it, on one line and without markup."""
    plain = " ".join(html.unescape(TAG.sub("", text)).split())
    return plain if len(plain) <= QUOTED else plain[: QUOTED - 1] + "…"


def buttons(given: Mapping[str, Any]) -> str:
    rows = (given.get("reply_markup") or {}).get("inline_keyboard", [])
    return "".join(f" [{button['text']}]" for row in rows for button in row)


def moment(at: float, zone: tzinfo | None) -> str:
    return f"{datetime.fromtimestamp(at, tz=zone):%m-%d %H:%M}"
