"""What the group does not want: words, patterns, links, files, kinds; what stands in an allowed phrase was left out."""

from rules.conduct import content
from rules.conduct.case import Case
from rules.conduct.checks.answers import is_answer
from rules.conduct.findings import Finding, type_seen
from rules.conduct.policy import Policy
from rules.conduct.policy_rules import BlockedText

NOTHING = Finding("blocked_text", False)
_LISTS = frozenset({"blocked", "blocked.quoted"})

Seen = tuple[tuple[str, type_seen], ...]


def check(case: Case, policy: Policy) -> Finding:
    view, facts, terms = case.view, case.facts, policy.blocked_text
    carried = (
        carries(case, terms) if facts.media or facts.entities or facts.buttons or terms.links or terms.kinds else ()
    )
    if not view.lists and not view.patterns and not carried:
        return NOTHING
    words = tuple(word for name, word in view.lists if name in _LISTS)
    patterns = tuple(f"{pattern}: {word}" for pattern, word in view.patterns)
    hit = bool(words or patterns or carried)
    return Finding("blocked_text", hit, (("words", words), ("patterns", patterns), *carried))


def carries(case: Case, terms: BlockedText) -> Seen:
    """What hangs on the message and stands on one of the lists; homework may be handed in as anything."""
    facts, handed_in = case.facts, is_answer(case)
    links = content.leading_to(content.links(facts), terms.links, terms.allow_links) if terms.links else ()
    files = content.files_like(facts.media, terms.files) if terms.files and not handed_in else ()
    kinds = tuple(sorted(content.kinds(facts) & set(terms.kinds))) if terms.kinds and not handed_in else ()
    return tuple((name, found) for name, found in (("links", links), ("files", files), ("kinds", kinds)) if found)
