"""Each member's messages of the last hour, kept in memory for floods; the database holds the same for longer."""

from bisect import insort
from collections.abc import Iterable

from rules.conduct.case import Recent

# No policy looks farther (`flooding` in rules/conduct/policy_ranges.py).
SPAN = 3600
MOST = 100
SWEEP_EVERY = 20_000


class Recents:
    """Noting a message twice changes nothing, so a Unit that is tried again sees what it saw before."""

    def __init__(self) -> None:
        # By chat, not by group: numbers of messages start anew where a group becomes a supergroup.
        self._of: dict[tuple[int, int], list[Recent]] = {}
        self._noted = 0

    def note(self, key: tuple[int, int], message: Recent) -> None:
        """`key` is chat and sender."""
        known = self._of.setdefault(key, [])
        if not known or message.message_id > known[-1].message_id:
            known.append(message)
        elif all(each.message_id != message.message_id for each in known):
            insort(known, message)
        if len(known) > MOST:
            del known[0]
        self._noted += 1
        if self._noted % SWEEP_EVERY == 0:
            self.sweep(message.at)

    def before(self, key: tuple[int, int], message_id: int, since: int) -> tuple[Recent, ...]:
        """What `key` wrote after `since` and before this message, oldest first; Telegram numbers messages in order."""
        known = self._of.get(key)
        if known is None:
            return ()
        first = len(known)
        while first and known[first - 1].at > since:
            first -= 1
        if known[-1].message_id < message_id:
            return tuple(known[first:])
        return tuple(each for each in known[first:] if each.message_id < message_id)

    def fill(self, messages: Iterable[tuple[tuple[int, int], Recent]]) -> None:
        for key, message in sorted(messages):
            self.note(key, message)

    def sweep(self, now: int) -> None:
        """Forget who has been silent for an hour."""
        self._of = {key: known for key, known in self._of.items() if known[-1].at > now - SPAN}
