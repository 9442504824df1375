"""Words and patterns that the group does not want; what stands in an allowed phrase was left out by the scan."""

from rules.conduct.case import Case
from rules.conduct.findings import Finding
from rules.conduct.policy import Policy

NOTHING = Finding("blocked_text", False)
_LISTS = frozenset({"blocked", "blocked.quoted"})


def check(case: Case, policy: Policy) -> Finding:
    view = case.view
    if not view.lists and not view.patterns:
        return NOTHING
    words = tuple(word for name, word in view.lists if name in _LISTS)
    patterns = tuple(f"{pattern}: {word}" for pattern, word in view.patterns)
    return Finding("blocked_text", bool(words or patterns), (("words", words), ("patterns", patterns)))
