"""Floods by the messages' own times: too many at once, or the same text again and again (fairness 5 and 8)."""

from collections.abc import Iterable

from rules.conduct.case import Case, Recent
from rules.conduct.checks.answers import is_answer, is_chain
from rules.conduct.findings import Finding
from rules.conduct.policy import Policy

NOTHING = Finding("flooding", False)


def check(case: Case, policy: Policy) -> Finding:
    rule, recent, at, text = policy.flooding, case.member.recent, case.facts.at, case.view.fold_hash
    many = _so_many(recent, rule.messages, at - rule.seconds)
    if case.facts.kind != "message" or not (many or _so_many(recent, rule.same_text, at - rule.same_text_seconds)):
        return NOTHING
    together = 1 + _messages((r for r in recent if at - r.at < rule.seconds), case.facts.album_id)
    same = (r for r in recent if text and r.fold_hash == text and at - r.at < rule.same_text_seconds)
    repeated = 1 + _messages(same, case.facts.album_id)
    expected = is_answer(case) or is_chain(case) or any(start <= at < end for start, end in case.group.quiet_windows)
    hit = (together >= rule.messages or repeated >= rule.same_text) and not expected
    return Finding("flooding", hit, (("together", together), ("same_text", repeated), ("expected", expected)))


def _so_many(recent: tuple[Recent, ...], number: int, since: int) -> bool:
    """Whether this and the messages before it can be `number` since then; a look at one of them is enough to say no."""
    return len(recent) + 1 >= number and recent[1 - number].at > since


def _messages(recent: Iterable[Recent], album_id: str) -> int:
    """An album is one message, and parts of the album being judged are none."""
    return len({r.album_id or r.message_id for r in recent if not album_id or r.album_id != album_id})
