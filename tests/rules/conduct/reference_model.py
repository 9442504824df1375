"""The rules of procedure told once more, in the plainest way, for a newcomer whom nobody ever answers."""

from collections import defaultdict
from typing import NamedTuple

from rules.conduct.policy import Policy

DAY = 86400
STEPS = ["remind", "warn", "ask_to_leave", "remove"]
Ledger = list[tuple[int, str, str]]


class Event(NamedTuple):
    rule: str
    at: int


class Model:
    """What the books must say after each event; a notice is heard a second after it is written."""

    def __init__(self, policy: Policy) -> None:
        self.policy = policy
        self.ledger: Ledger = []
        self.open_until: dict[str, int] = {}
        self.waits: set[str] = set()
        self.cases: defaultdict[str, list[int]] = defaultdict(list)
        self.counted: list[int] = []
        self.asked: list[int] = []
        self.warned_until = 0

    def happens(self, event: Event) -> None:
        if getattr(self.policy, event.rule).mode != "enforce" or self.same_case(event):
            return
        if event.rule == "needs_approval":
            self.ledger.append((event.at, "observed", event.rule))
        elif event.rule == "ad_without_red_packet":
            self.ad(event)
        elif event.rule == "flooding":
            self.writes(event, "violation", "reminder", "mute")
        elif event.rule in ("scam_newcomer", "hijacked_member"):
            self.writes(event, "violation", "mute")
        else:
            self.climbs(event)

    def same_case(self, event: Event) -> bool:
        recent = event.at < self.open_until.get(event.rule, 0)
        return event.rule in self.waits or (recent and bool(self.live(self.cases[event.rule], event.at)))

    def ad(self, event: Event) -> None:
        if not self.policy.ad_without_red_packet.fines:
            self.waits.add(event.rule)
        elif self.live(self.cases[event.rule], event.at):
            self.writes(event, "violation", "fine_opened")
        else:
            self.writes(event, "violation", "reminder", "fine_opened")

    def climbs(self, event: Event) -> None:
        step = self.step(event)
        severe = event.rule in self.policy.ladder.severe_rules
        if step in STEPS[2:] and not severe and event.at < self.warned_until and self.live(self.counted, event.at):
            return
        if STEPS.index(step) > STEPS.index(self.policy.ladder.highest) and not severe:
            self.waits.add(event.rule)
        elif step == "remind":
            self.writes(event, "violation", "reminder")
        elif step == "warn":
            self.writes(event, "violation", "warning")
        elif step == "ask_to_leave":
            self.writes(event, "violation", "warning", "ask_to_leave")
            self.ledger.append((event.at, "read_only", "ask_to_leave"))
        else:
            self.writes(event, "violation", "removal")
            self.voids_fines(event.at)

    def voids_fines(self, at: int) -> None:
        """What was fined is settled by the removal: nothing joins it any more."""
        fines = [rule for _, kind, rule in self.ledger if kind == "fine_opened"]
        voided = [rule for _, kind, rule in self.ledger if kind == "fine_void"]
        for rule in fines[len(voided) :]:
            self.ledger.append((at, "fine_void", rule))
            self.open_until[rule] = 0

    def step(self, event: Event) -> str:
        if event.rule in self.policy.ladder.severe_rules:
            return "remove"
        if not self.live(self.cases[event.rule], event.at):
            return "remind"
        if self.live(self.asked, event.at):
            return "remove"
        nth = len(self.live(self.counted, event.at)) + 1
        return "ask_to_leave" if nth >= self.policy.ladder.persuade_at else "warn"

    def writes(self, event: Event, *kinds: str) -> None:
        self.ledger += [(event.at, kind, event.rule) for kind in kinds]
        self.cases[event.rule].append(event.at)
        heard = 0 if event.rule == "scam_newcomer" or "removal" in kinds else 1
        self.open_until[event.rule] = event.at + heard + self.policy.ladder.pause_minutes * 60
        self.counted += [event.at] if "warning" in kinds else []
        self.warned_until = self.open_until[event.rule] if "warning" in kinds else self.warned_until
        self.asked += [event.at] if "ask_to_leave" in kinds else []

    def live(self, moments: list[int], now: int) -> list[int]:
        return [at for at in moments if at + self.policy.ladder.valid_days * DAY > now]
