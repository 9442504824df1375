"""One decision as a value: findings, entries, acts, and why it came out so."""

from typing import Literal, NamedTuple

from rules.conduct.effects import Card, Deadline, Entry, Planned
from rules.conduct.findings import Finding

Mode = Literal["off", "observe", "enforce"]
Step = Literal[
    "none", "remind", "warn", "ask_to_leave", "remove", "mute", "delete", "fine", "hold", "ask_name", "read_only",
    "free", "settle", "undo", "pardon", "record",
]  # fmt: skip

RULES_VERSION = "1"


class Verdict(NamedTuple):
    """What was found and what follows.

    `rule` is the rule that decided ("" for none), `step` how far it went. `held` names the cause for which acts wait
    (`brake`, `leader`); their entries are written only when the wait ends with yes. `set_aside` asks the shell to keep
    text, entities and file ids of the message so that it can be posted again.
    """

    findings: tuple[Finding, ...] = ()
    rule: str = ""
    step: Step = "none"
    mode: Mode = "enforce"
    entries: tuple[Entry, ...] = ()
    acts: tuple[Planned, ...] = ()
    cards: tuple[Card, ...] = ()
    deadlines: tuple[Deadline, ...] = ()
    held: str = ""
    set_aside: bool = False
    joins_case: int = 0

    @property
    def stands(self) -> bool:
        """Whether it becomes a decision: something was hit or is done. Everything else leaves no row."""
        return bool(self.rule or self.entries or self.acts or self.cards)


NOTHING = Verdict()
