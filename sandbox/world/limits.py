"""Telegram's limits on speech: one message a second in a chat, 20 a minute in a group, 30 a second over all."""

from __future__ import annotations

import math
from collections import deque

SPEECH = ("send", "copymessage", "forwardmessage", "editmessage")
SILENT = frozenset({"sendchataction"})
HOLD = 8.0
PER_CHAT, CHAT_WINDOW = 1, 1.0
PER_GROUP, GROUP_WINDOW = 20, 60.0
OVER_ALL, ALL_WINDOW = 30, 1.0
BURST = 3


def is_speech(method: str) -> bool:
    return method.startswith(SPEECH) and method not in SILENT


class Window:
    """At most `count` within `seconds`; remembers when each one goes out."""

    def __init__(self, count: int, seconds: float) -> None:
        self.count, self.seconds = count, seconds
        self.sent: deque[float] = deque()

    def earliest(self, now: float) -> float:
        while self.sent and self.sent[0] <= now - self.seconds:
            self.sent.popleft()
        return now if len(self.sent) < self.count else max(now, self.sent[-self.count] + self.seconds)

    def add(self, moment: float, times: int) -> None:
        self.sent.extend([moment] * times)


class Limits:
    """Off by default. `claim` says when a call may go out, or refuses it with the seconds to wait."""

    def __init__(self) -> None:
        self.enabled = False
        self._all = Window(OVER_ALL, ALL_WINDOW)
        self._chats: dict[int, list[Window]] = {}

    def claim(self, method: str, chat_id: int, now: float, messages: int = 1) -> tuple[float, int]:
        """(moment to go out, 0), or (now, retry_after) when it would have to wait longer than the server holds.

        An album or a batch goes out at once, but each of its `messages` counts."""
        if not self.enabled or not is_speech(method.lower()):
            return now, 0
        windows = [self._all, *self._of(chat_id)]
        moment = max(window.earliest(now) for window in windows)
        if moment - now > HOLD:
            return now, max(1, math.ceil(moment - now))
        for window in windows:
            window.add(moment, messages)
        return moment, 0

    def _of(self, chat_id: int) -> list[Window]:
        windows = self._chats.get(chat_id)
        if windows is None:
            windows = [Window(BURST * PER_CHAT, BURST * CHAT_WINDOW)]
            if chat_id < 0:
                windows.append(Window(PER_GROUP, GROUP_WINDOW))
            self._chats[chat_id] = windows
        return windows
