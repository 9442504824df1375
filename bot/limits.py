"""How fast Telegram may be called: only speech spends a group's budget, a 429 stops one chat in one way of calling."""

from collections import deque

from bot.clock import Clock
from rules.conduct.effects import (
    LANE_DELETIONS,
    LANE_MEMBERS,
    LANE_PRESSES,
    LANE_SPEECH,
    Act,
    Edit,
    Repost,
    Say,
    lane,
)

# Telegram's own figures: 30 calls a second in all, 20 posts a minute in a group, few at once in any chat.
CALLS, CALLS_IN = 30, 1.0
BURST, BURST_IN = 3, 3.0
GROUP, GROUP_IN = 20, 60.0
# What a lane leaves of the calls of a second for the lanes before it.
RESERVED = {LANE_PRESSES: 0, LANE_DELETIONS: 2, LANE_MEMBERS: 4, LANE_SPEECH: 6}
CHATS_KEPT = 2_000


class Window:
    """At most `count` within `seconds`."""

    def __init__(self, count: int, seconds: float) -> None:
        self._count = count
        self._seconds = seconds
        self._taken: deque[float] = deque()

    def wait(self, now: float, reserved: int = 0) -> float:
        """Seconds until one more fits."""
        self.forget(now)
        excess = len(self._taken) - (self._count - reserved)
        return self._taken[excess] + self._seconds - now if excess >= 0 else 0.0

    def take(self, now: float) -> None:
        self._taken.append(now)

    def forget(self, now: float) -> bool:
        """Drop what is over; True where nothing is left."""
        while self._taken and self._taken[0] + self._seconds <= now:
            self._taken.popleft()
        return not self._taken


class Limits:
    """Asked before a call (`wait`), told of it (`take`) and of Telegram's refusal (`refused`)."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._calls = Window(CALLS, CALLS_IN)
        self._chats: dict[int, tuple[Window, ...]] = {}
        self._closed: dict[tuple[int, int], float] = {}

    def wait_of(self, way: int) -> float:
        """Seconds until a lane may call at all."""
        return self._calls.wait(self._clock.monotonic(), RESERVED[way])

    def wait(self, act: Act, chat_id: int) -> float:
        """Seconds until `act` may be sent to that chat; 0: now."""
        now, way = self._clock.monotonic(), lane(act)
        waits = [self._calls.wait(now, RESERVED[way]), self._closed.get((way, chat_id), 0.0) - now, 0.0]
        if is_speech(act):
            waits += [window.wait(now) for window in self._chats.get(chat_id, ())]
        return max(waits)

    def wait_to_ask(self) -> float:
        """Seconds until a question may be asked that nobody waits for."""
        return self._calls.wait(self._clock.monotonic(), RESERVED[LANE_SPEECH])

    def asked(self) -> None:
        self._calls.take(self._clock.monotonic())

    def take(self, act: Act, chat_id: int) -> None:
        now = self._clock.monotonic()
        self._calls.take(now)
        if is_speech(act):
            for window in self._chats.setdefault(chat_id, windows_of(chat_id)):
                window.take(now)
        if len(self._chats) > CHATS_KEPT or len(self._closed) > CHATS_KEPT:
            self._tidy(now)

    def refused(self, act: Act, chat_id: int, seconds: float) -> None:
        """Telegram said 429: this chat, in this way of calling, exactly so long; a call meanwhile would lengthen it."""
        self._closed[lane(act), chat_id] = self._clock.monotonic() + seconds

    def _tidy(self, now: float) -> None:
        self._closed = {key: until for key, until in self._closed.items() if until > now}
        self._chats = {
            chat: windows for chat, windows in self._chats.items() if not all(each.forget(now) for each in windows)
        }


def is_speech(act: Act) -> bool:
    """Whether Telegram counts it against the chat: posts and edits; not deletions, members, pins, reactions."""
    return isinstance(act, Say | Repost | Edit)


def windows_of(chat_id: int) -> tuple[Window, ...]:
    in_a_chat = Window(BURST, BURST_IN)
    return (in_a_chat, Window(GROUP, GROUP_IN)) if chat_id < 0 else (in_a_chat,)
