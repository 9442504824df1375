"""What came of the real messages, as a table, and which promise about it was broken."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from benchmarks.machine import described
from benchmarks.real_stage import CONTROLS, GROUPS, MEMBERS, Sent

WRONG_AT_MOST, FOUND_AT_LEAST = 0.002, 0.40
# A leader is asked to look at a complaint or at distress; nothing is done to anybody. Much of it is meant.
SHOWN_AT_MOST, SHOWN = 0.01, frozenset(("complaint", "distress"))
NAMES = "nickname_format"

Message = tuple[int, int]


@dataclass(frozen=True)
class Result:
    table: str
    failures: tuple[str, ...]


@dataclass(frozen=True)
class Outcome:
    """Messages by (chat, message id): ordinary ones measured or shown to a leader, and ads that were found."""

    kinds: Counter[str]
    by_rule: Counter[str]
    rules_of: dict[Message, str]
    wrong: list[Message]
    shown: list[Message]
    found: list[Message]


def judged(sent: Sent, books: Any, seconds: float, seed: int) -> Result:
    outcome = counted(sent, books)
    return Result(report(sent, outcome, books, seconds, seed), tuple(failures(outcome, books)))


def counted(sent: Sent, books: Any) -> Outcome:
    by_rule: Counter[str] = Counter()
    rules_of: dict[Message, str] = {}
    for decision in books["decisions"]:
        if decision["issuer"] == "rule":
            by_rule[decision["rule"]] += 1
            rules_of.setdefault((decision["chat_id"], decision["message_id"]), decision["rule"])

    def of(kind: str) -> list[Message]:
        return [key for key, each in sent.kinds.items() if each == kind and rules_of.get(key, NAMES) != NAMES]

    shown = [key for key in of("chat") if rules_of[key] in SHOWN]
    wrong = [key for key in of("chat") if rules_of[key] not in SHOWN]
    found = [key for key in of("ad") if rules_of[key] not in SHOWN]
    return Outcome(Counter(sent.kinds.values()), by_rule, rules_of, wrong, shown, found)


def failures(outcome: Outcome, books: Any) -> Iterator[str]:
    chat, ads = outcome.kinds["chat"], outcome.kinds["ad"]
    if len(outcome.wrong) > WRONG_AT_MOST * chat:
        yield f"{len(outcome.wrong)} of {chat} ordinary messages measured, at most {WRONG_AT_MOST:.1%} allowed"
    if len(outcome.shown) > SHOWN_AT_MOST * chat:
        yield f"{len(outcome.shown)} of {chat} ordinary messages shown to a leader, at most {SHOWN_AT_MOST:.0%} allowed"
    if len(outcome.found) < FOUND_AT_LEAST * ads:
        yield f"{len(outcome.found)} of {ads} ads found, at least {FOUND_AT_LEAST:.0%} wanted"
    yield from (f"{rule} never fired" for rule in CONTROLS if not outcome.by_rule[rule])
    if chat < 5000 or ads < 500:
        yield f"only {chat} messages of chat and {ads} ads were posted"
    if books["totals"]["undecided"]:
        yield f"{books['totals']['undecided']} updates were left undecided"


def report(sent: Sent, outcome: Outcome, books: Any, seconds: float, seed: int) -> str:
    kinds, chat = outcome.kinds, outcome.kinds["chat"]
    wrong_rules = Counter(outcome.rules_of[k] for k in outcome.wrong)
    sets = Counter(sent.sources[k] for k, kind in sent.kinds.items() if kind == "chat")
    wrong_sets = Counter(sent.sources[k] for k in outcome.wrong)
    total = sum(kinds.values())
    lines = [
        "# Real input", "",
        "Real messages through the sandbox and the bot over HTTP, every rule enforced; written by `make real-input`.",
        f"Seed {seed}; {GROUPS} groups of {MEMBERS} members, all new to the bot; {described()}.", "",
        "| what | figure |", "|---|---|",
        f"| messages | {total} ({chat} ordinary chat, {kinds['ad']} ads, {kinds['control']} controls) |",
        f"| time | {seconds:.1f} s, {total / seconds:.0f} messages a second through HTTP both ways |",
        f"| ordinary chat measured wrongly | {share(len(outcome.wrong), chat)} |",
        f"| ordinary chat shown to a leader as complaint or distress | {share(len(outcome.shown), chat)} |",
        f"| ads found | {share(len(outcome.found), kinds['ad'])} |",
        *(f"| acts {state} | {count} |" for state, count in sorted(books["acts"].items())),
        "", "| rule | decisions | of them on ordinary chat |", "|---|---|---|",
        *(f"| {rule} | {outcome.by_rule[rule]} | {wrong_rules[rule]} |" for rule in CONTROLS),
        "", "| set of ordinary chat | messages | measured wrongly |", "|---|---|---|",
        *(f"| {name} | {count} | {wrong_sets[name]} |" for name, count in sorted(sets.items())),
        "", "An ad held by a brake or for a leader counts as found.",
        "Each rule has a scripted control, so one that never fires fails.", "",
    ]  # fmt: skip
    return "\n".join(lines)


def share(part: int, whole: int) -> str:
    return f"{part} of {whole} ({part / max(1, whole):.2%})"
