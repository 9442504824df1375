"""One decision as a value: findings, entries, acts, and why it came out so."""

from typing import Literal, NamedTuple

from rules.conduct.effects import Card, Deadline, Entry, Planned, Say
from rules.conduct.findings import Finding

Mode = Literal["off", "observe", "enforce"]
Step = Literal[
    "none", "remind", "warn", "ask_to_leave", "remove", "mute", "delete", "fine", "hold", "ask_name", "read_only",
    "free", "settle", "undo", "pardon", "record", "shorten", "care",
]  # fmt: skip

RULES_VERSION = "1"


class Verdict(NamedTuple):
    """What was found and what follows.

    `rule` is the rule that decided ("" for none), `step` how far it went. `held` names the cause for which acts wait
    (`brake`, `leader`, `person_brake`); their entries are written only when the wait ends with yes. `set_aside` asks
    the shell to keep text, entities and file ids of the message so that it can be posted again. `joins_case` is the
    decision of the burst this event belongs to: no new step. `cancels` is a decision whose waiting acts and deadlines
    are called off.
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
    cancels: int = 0

    @property
    def notifies(self) -> bool:
        """Whether the person is told: only what was told can lead to a next step."""
        return any(isinstance(p.act, Say) and p.act.purpose == "notice" for p in self.acts)

    @property
    def stands(self) -> bool:
        """Whether it becomes a decision: something was hit or is done. Everything else leaves no row."""
        return bool(self.rule or self.entries or self.acts or self.cards)


NOTHING = Verdict()
