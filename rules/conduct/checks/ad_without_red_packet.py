"""Advertisements: enough different signals, at least one of them strong; a paid pass is looked at by `decide`."""

from rules.conduct.case import Case
from rules.conduct.checks.answers import is_answer
from rules.conduct.checks.warnings import offers
from rules.conduct.findings import Finding
from rules.conduct.policy import Policy

NOTHING = Finding("ad_without_red_packet", False)


def check(case: Case, policy: Policy) -> Finding:
    """Signals differ by their id, so a word said five times counts once; weak ones only support."""
    signals = offers(case.view)
    if not case.view.signals:
        return NOTHING
    needed, answer = policy.ad_without_red_packet.min_signals, is_answer(case)
    strong = sum(not signal.weak for signal in signals)
    hit = len(signals) >= needed and strong > 0 and not answer
    shown = tuple(f"{signal.id}: {signal.word}" for signal in case.view.signals)
    return Finding("ad_without_red_packet", hit,
                   (("signals", shown), ("strong", strong), ("needed", needed), ("answer", answer)))  # fmt: skip
