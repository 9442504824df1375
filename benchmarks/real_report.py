"""What came of the real messages, as a table, and which promise about it was broken."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from benchmarks.machine import described
from benchmarks.real_stage import CONTROLS, GROUPS, MEMBERS, Sent

WRONG_AT_MOST, FOUND_AT_LEAST = 0.002, 0.40


@dataclass(frozen=True)
class Result:
    table: str
    failures: tuple[str, ...]


def judged(sent: Sent, books: Any, seconds: float, seed: int) -> Result:
    kinds = Counter(sent.kinds.values())
    by_rule: Counter[str] = Counter()
    rules_of: dict[tuple[int, int], str] = {}
    for decision in books["decisions"]:
        key = (decision["chat_id"], decision["message_id"])
        if decision["issuer"] == "rule":
            by_rule[decision["rule"]] += 1
            rules_of.setdefault(key, decision["rule"])
    wrong = [
        k for k, kind in sent.kinds.items() if kind == "chat" and k in rules_of and rules_of[k] != "nickname_format"
    ]
    found = [k for k, kind in sent.kinds.items() if kind == "ad" and k in rules_of and rules_of[k] != "nickname_format"]
    failures = []
    if len(wrong) > WRONG_AT_MOST * kinds["chat"]:
        failures.append(
            f"{len(wrong)} of {kinds['chat']} ordinary messages measured, at most {WRONG_AT_MOST:.1%} allowed"
        )
    if len(found) < FOUND_AT_LEAST * kinds["ad"]:
        failures.append(f"{len(found)} of {kinds['ad']} ads found, at least {FOUND_AT_LEAST:.0%} wanted")
    failures += [f"{rule} never fired" for rule in CONTROLS if not by_rule[rule]]
    if kinds["chat"] < 5000 or kinds["ad"] < 500:
        failures.append(f"only {kinds['chat']} messages of chat and {kinds['ad']} ads were posted")
    if books["totals"]["undecided"]:
        failures.append(f"{books['totals']['undecided']} updates were left undecided")
    return Result(report(sent, kinds, by_rule, rules_of, wrong, found, books, seconds, seed), tuple(failures))


def report(
    sent: Sent, kinds: Counter[str], by_rule: Counter[str], rules_of: dict[tuple[int, int], str],
    wrong: list[tuple[int, int]], found: list[tuple[int, int]], books: Any, seconds: float, seed: int,
) -> str:  # fmt: skip
    wrong_rules = Counter(rules_of[k] for k in wrong)
    sets = Counter(sent.sources[k] for k, kind in sent.kinds.items() if kind == "chat")
    wrong_sets = Counter(sent.sources[k] for k in wrong)
    total = sum(kinds.values())
    lines = [
        "# Real input", "",
        "Real messages through the sandbox and the bot over HTTP, every rule enforced; written by `make real-input`.",
        f"Seed {seed}; {GROUPS} groups of {MEMBERS} members, all new to the bot; {described()}.", "",
        "| what | figure |", "|---|---|",
        f"| messages | {total} ({kinds['chat']} ordinary chat, {kinds['ad']} ads, {kinds['control']} controls) |",
        f"| time | {seconds:.1f} s, {total / seconds:.0f} messages a second through HTTP both ways |",
        f"| ordinary chat measured wrongly | {share(len(wrong), kinds['chat'])} |",
        f"| ads found | {share(len(found), kinds['ad'])} |",
        *(f"| acts {state} | {count} |" for state, count in sorted(books["acts"].items())),
        "", "| rule | decisions | of them on ordinary chat |", "|---|---|---|",
        *(f"| {rule} | {by_rule[rule]} | {wrong_rules[rule]} |" for rule in CONTROLS),
        "", "| set of ordinary chat | messages | measured wrongly |", "|---|---|---|",
        *(f"| {name} | {count} | {wrong_sets[name]} |" for name, count in sorted(sets.items())),
        "", "An ad held by a brake or for a leader counts as found.",
        "Each rule has a scripted control, so one that never fires fails.", "",
    ]  # fmt: skip
    return "\n".join(lines)


def share(part: int, whole: int) -> str:
    return f"{part} of {whole} ({part / max(1, whole):.2%})"
