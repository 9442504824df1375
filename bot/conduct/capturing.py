"""A decision as a file for the tests: the case without personal data, the policy, and how it came out."""

import json
from typing import Any, NamedTuple

from bot.conduct.disguise import SAME_TEXT, disguise
from bot.storage import codec
from bot.textscan import Scanner
from rules.conduct.case import NOTHING_SEEN, Case
from rules.conduct.decide import decide
from rules.conduct.policy import Policy
from rules.conduct.policy_layers import dump, load
from rules.conduct.verdict import Verdict


class Captured(NamedTuple):
    """`case` is not scanned yet."""

    case: Case
    policy: Policy
    expected: dict[str, Any]


def capture(case: Case, policy: Policy, scanner: Scanner) -> Captured:
    """The disguised case with what it comes to."""
    captured = Captured(*disguise(case, policy), expected={})
    return captured._replace(expected=replayed(captured, scanner))


def replayed(captured: Captured, scanner: Scanner) -> dict[str, Any]:
    """What it comes to today; to be compared with what is expected."""
    return outcome(decide(scanned(captured.case, captured.policy, scanner), captured.policy))


def scanned(case: Case, policy: Policy, scanner: Scanner) -> Case:
    """The case as the scan sees it now, with earlier messages of the same text known as such; which leaders a name
    resembled then is no matter of the scan, and stays.
    """
    view = scanner.scan(case.facts, scanner.compile_lists(policy))._replace(resembles=case.view.resembles)
    recent = tuple(r._replace(fold_hash=view.fold_hash) if r.fold_hash == SAME_TEXT else r for r in case.member.recent)
    return case._replace(view=view, member=case.member._replace(recent=recent))


def outcome(verdict: Verdict) -> dict[str, Any]:
    """What no change of the rules must change unseen."""
    return {
        "rule": verdict.rule,
        "step": verdict.step,
        "mode": verdict.mode,
        "held": verdict.held,
        "hits": sorted(finding.rule for finding in verdict.findings if finding.hit),
        "entries": [entry.kind for entry in verdict.entries],
        "acts": [type(planned.act).__name__ for planned in verdict.acts],
        "cards": [card.kind for card in verdict.cards],
    }


def written(captured: Captured) -> str:
    """The whole policy is kept, so that other defaults do not change an old case."""
    unseen = NOTHING_SEEN._replace(resembles=captured.case.view.resembles)
    case = json.loads(codec.encode_case(captured.case._replace(view=unseen)))
    told = {"expected": captured.expected, "policy": dump(captured.policy), "case": case}
    return json.dumps(told, ensure_ascii=False, indent=1)


def read(text: str) -> Captured:
    """What `written` wrote. Raises ValueError for a policy that this version does not know."""
    told = json.loads(text)
    loaded = load([("case", told["policy"])])
    if loaded.problems:
        raise ValueError("; ".join(map(str, loaded.problems)))
    return Captured(codec.decode_case(json.dumps(told["case"])), loaded.policy, told["expected"])
