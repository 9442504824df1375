"""Keyboards under messages: what the server refuses, where a button is, what it carries."""

from __future__ import annotations

from sandbox import errors
from sandbox.errors import Refused, bad
from sandbox.world.records import Json

ACTIONS = (
    "url",
    "callback_data",
    "web_app",
    "login_url",
    "switch_inline_query",
    "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat",
    "copy_text",
    "callback_game",
    "pay",
)
DATA_BYTES = 64


def inline_keyboard(markup: Json | None) -> Json | None:
    """The inline keyboard of a reply_markup, checked; None when there is none (other keyboards are not shown)."""
    if not markup or "inline_keyboard" not in markup:
        return None
    rows = [[checked(button) for button in row] for row in markup["inline_keyboard"] if row]
    return {"inline_keyboard": rows} if rows else None


def checked(button: Json) -> Json:
    if not str(button.get("text", "")).strip():
        raise bad('can\'t parse inline keyboard button: Field "text" must be of type String')
    if not any(acts(button, name) for name in ACTIONS):
        raise bad(errors.TEXT_BUTTON)
    if len(str(button.get("callback_data", "")).encode()) > DATA_BYTES:
        raise bad(errors.BUTTON_DATA_INVALID)
    url = button.get("url")
    if url is not None and not url.startswith(("http://", "https://", "tg://", "ton://")) and "." not in url:
        raise bad(f"inline keyboard button URL '{url}' is invalid: Wrong HTTP URL")
    return button


def acts(button: Json, name: str) -> bool:
    """An inline query may be switched to with nothing typed; everything else needs a value."""
    return name in button and (name.startswith("switch") or button[name] not in (None, ""))


def find(markup: Json | None, text: str) -> Json:
    """The button with that text (whole, else the first containing it)."""
    buttons: list[Json] = [button for row in (markup or {}).get("inline_keyboard", ()) for button in row]
    for button in buttons:
        if button["text"] == text:
            return button
    for button in buttons:
        if text in button["text"]:
            return button
    raise Refused(f"no button {text!r}; there are {[button['text'] for button in buttons]}")


def label(markup: Json | None, data: str) -> str | None:
    """What the button says that sends this data; None for forged data."""
    rows = (markup or {}).get("inline_keyboard", [])
    return next((button["text"] for row in rows for button in row if button.get("callback_data") == data), None)
