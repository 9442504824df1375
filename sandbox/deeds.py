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


Place = tuple[int, int]
Messages = Mapping[Place, Mapping[str, Any] | None]


class Namer(NamedTuple):
    """How people and chats are called, and in which zone times are told."""

    person: Callable[[int], str]
    chat: Callable[[int], str]
    zone: tzinfo | None


def told(calls: Iterable[Call], names: Namer, about: Messages) -> list[Deed]:
    """One line for each deed, what was taken away first; the same deed again is counted. `about` are deleted ones."""
    done = [call for call in calls if call["ok"]]
    gone = [deletion(place, about.get(place), names) for place in deleted(done)]
    lines: dict[str, list[Deed]] = {}
    for deed in [*gone, *(deed for call in done for deed in deeds(call, names))]:
        lines.setdefault(deed.key, []).append(deed)
    return [together(same) for same in lines.values()]


def together(same: list[Deed]) -> Deed:
    first = same[0]
    if first.key.startswith("edit "):
        return same[-1]
    return first if len(same) == 1 else first._replace(text=f"{first.text} ({len(same)} times)")


def deleted(calls: Iterable[Call]) -> list[Place]:
    """The messages that the calls took away."""
    found = []
    for call in calls:
        if call["ok"] and call["method"] in ("deleteMessage", "deleteMessages"):
            given = call["parameters"]
            ids = given["message_ids"] if call["method"] == "deleteMessages" else [given["message_id"]]
            found += [(int(given["chat_id"]), int(number)) for number in ids]
    return found


def deletion(place: Place, message: Mapping[str, Any] | None, names: Namer) -> Deed:
    chat, number = place
    if message is None or message["from_bot"]:
        return Deed(f"own {chat}", f"took away a notice of its own in {names.chat(chat)}", chat, number)
    who, said = names.person(message["author"]), message.get("text") or message.get("caption") or ""
    text = f"deleted {who}'s message in {names.chat(chat)}{f': “{quoted(said)}”' if said else ''}"
    return Deed(f"delete {chat} {who} {said}", text, chat, number)


def deeds(call: Call, names: Namer) -> Iterator[Deed]:
    given, method = call["parameters"], call["method"]
    chat = int(given.get("chat_id") or 0)
    where, who = names.chat(chat), names.person(int(given.get("user_id") or 0))
    until = f" until {moment(given['until_date'], names.zone)}" if given.get("until_date") else ""
    match method:
        case "sendMessage" | "sendPhoto":
            said = f"wrote in {where}: “{quoted(given.get('text') or given.get('caption') or '')}”{buttons(given)}"
            yield Deed(f"say {call['n']}", said, chat, int(call["result"]["message_id"]))
        case "editMessageText":
            said = f"changed a post of its own in {where}: “{quoted(given['text'])}”{buttons(given)}"
            yield Deed(f"edit {chat} {given['message_id']}", said, chat, int(given["message_id"]))
        case "restrictChatMember":
            yield Deed(f"restrict {chat} {who}", f"let {who} only read in {where}{until}", chat)
        case "banChatMember":
            yield Deed(f"ban {chat} {who}", f"removed {who} from {where}{until}", chat)
        case "setChatMemberTag":
            yield Deed(f"tag {chat} {who}", f"gave {who} the tag “{given.get('tag', '')}” in {where}", chat)
        case "setMessageReaction":
            signs = "".join(each.get("emoji", "") for each in given.get("reaction") or ())
            yield Deed(f"react {call['n']}", f"reacted with {signs} in {where}", chat, int(given["message_id"]))
        case "answerCallbackQuery" if given.get("text"):
            said = f"answered the press, to that person alone: “{quoted(given['text'])}”"
            yield Deed(f"answer {said}", said, 0)


def quoted(text: str) -> str:
    """The beginning of it, on one line and without markup."""
    plain = " ".join(html.unescape(TAG.sub("", text)).split())
    return plain if len(plain) <= QUOTED else plain[: QUOTED - 1] + "…"


def buttons(given: Mapping[str, Any]) -> str:
    rows = (given.get("reply_markup") or {}).get("inline_keyboard", [])
    return "".join(f" [{button['text']}]" for row in rows for button in row)


def moment(at: float, zone: tzinfo | None) -> str:
    return f"{datetime.fromtimestamp(at, tz=zone):%m-%d %H:%M}"
