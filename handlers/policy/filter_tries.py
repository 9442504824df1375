"""A text tried on a group's rules: what would be found, by which entry, and what would follow; keeps nothing."""

from dataclasses import replace

from handlers.frame.context import Talk
from handlers.policy.filter_entries import in_filter
from handlers.reading.targets import group_row
from handlers.saying.answers import plain, word
from rules.conduct.checks import blocked_text
from rules.conduct.decide import decide
from rules.conduct.effects import Phrase
from rules.conduct.facts import Facts
from rules.conduct.findings import Finding

NOBODY = 1
RULE = "blocked_text"


async def tried(talk: Talk, text: str, pointed: Facts | None) -> list[Phrase]:
    """As of an ordinary member whom nobody knows anything about."""
    group, at = group_row(talk), talk.at
    ruled = await talk.services.moderator.ruled(talk.unit, group)
    said = Facts(0, "message", group.chat_id, NOBODY, at, 1, text=text)
    if pointed is not None:
        said = pointed._replace(user_id=NOBODY, at=at, message_id=1, sender="member", is_bot=False)
    case = await talk.services.moderator.case_of(talk.unit, group, NOBODY, at)
    case = case._replace(facts=said, view=talk.services.scanner.scan(said, ruled.lists))
    finding = blocked_text.check(case, ruled.policy)
    # What it would do if it were on is what somebody wants to know who tries it before.
    rules = replace(ruled.policy, blocked_text=replace(ruled.policy.blocked_text, mode="enforce"))
    verdict = decide(case, rules)
    hits = found(talk, finding) or [in_filter("test_nothing")]
    lines = [in_filter("test_head"), *hits]
    if finding.hit:
        lines.append(in_filter(f"test_{ruled.policy.blocked_text.mode}"))
    if verdict.rule == RULE:
        lines.append(in_filter("test_step", step=word(talk, f"step_{verdict.step}")))
    others = [each.rule for each in verdict.findings if each.hit and each.rule != RULE]
    if others:
        lines.append(in_filter("test_others", rules="、".join(word(talk, f"rule_{each}") for each in others)))
    return lines


def found(talk: Talk, finding: Finding) -> list[Phrase]:
    """One line an entry."""
    if not finding.hit:
        return []
    return [
        in_filter("test_line", name=plain(talk, in_filter(f"list_{name}")), entry=each)
        for name, seen in finding.seen
        if isinstance(seen, tuple)
        for each in seen
    ]
