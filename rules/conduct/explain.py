"""Why a decision came out as it did, as data for /why: the step, then what each rule looked at, misses too."""

from collections.abc import Callable, Iterable

from rules.conduct.effects import Phrase
from rules.conduct.findings import Finding, type_seen
from rules.conduct.verdict import Mode, Step


def why(
    findings: Iterable[Finding], rule: str = "", step: Step = "none", mode: Mode = "enforce", held: str = "",
    named: Callable[[str], str] = str,
) -> tuple[Phrase, ...]:  # fmt: skip
    """The deciding rule first, then other hits, then misses; `named` says in words what was looked at."""
    ordered = sorted(findings, key=lambda finding: (finding.rule != rule, not finding.hit))
    return (*outcome(step, mode, held), *(looked_at(finding, named) for finding in ordered))


def outcome(step: Step, mode: Mode, held: str) -> tuple[Phrase, ...]:
    done = Phrase(f"conduct.why_{step}")
    if held:
        return done, Phrase(f"conduct.why_held_{held}")
    return (done, Phrase("conduct.why_observed")) if mode == "observe" else (done,)


def looked_at(finding: Finding, named: Callable[[str], str]) -> Phrase:
    key = f"conduct.found_{finding.rule}" if finding.hit else f"conduct.missed_{finding.rule}"
    return Phrase(key, (("seen", "; ".join(f"{named(name)}: {shown(value)}" for name, value in finding.seen) or "–"),))


def shown(value: type_seen) -> str:
    match value:
        case tuple():
            return ", ".join(value) or "–"
        case bool():
            return "✓" if value else "✗"
        case None:
            return "–"
        case _:
            return str(value)
