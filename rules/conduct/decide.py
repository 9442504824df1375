"""The one place that decides: a case and a policy in, a verdict out; the same ones give the same verdict."""

from collections.abc import Callable, Iterable, Sequence

from rules.conduct import ads, approvals, care, channel, flooding, hijack, impersonation, ladder, nickname, scam
from rules.conduct.brakes import braked
from rules.conduct.case import Case
from rules.conduct.checks import CHECKS, Checks
from rules.conduct.findings import Finding
from rules.conduct.observe import observed
from rules.conduct.plan import delete
from rules.conduct.policy import Policy
from rules.conduct.protection import protected
from rules.conduct.verdict import NOTHING, Step, Verdict

Consequence = Callable[[Case, Policy, Finding], Verdict]


def text_consequence(case: Case, policy: Policy, finding: Finding) -> Verdict:
    """The message goes, its author moves on the ladder; what it said is kept for leaders and for its author."""
    return ladder.climb(case, policy, finding.rule)._replace(set_aside=bool(case.facts.message_id))


def insult_consequence(case: Case, policy: Policy, finding: Finding) -> Verdict:
    """The same; where the group decided so, the message stays."""
    verdict = text_consequence(case, policy, finding)
    if policy.insult.delete:
        return verdict
    verdict = verdict._replace(set_aside=False)
    content = [p.act for p in delete(case)]
    return verdict._replace(acts=tuple(p for p in verdict.acts if p.act not in content))


# From mild to harsh: of two rules that go equally far the later one decides.
CONSEQUENCES: dict[str, Consequence] = {
    "nickname_format": nickname.consequence,
    "ad_without_red_packet": ads.consequence,
    "needs_approval": approvals.consequence,
    "flooding": flooding.consequence,
    "blocked_text": text_consequence,
    "insult": insult_consequence,
    "hijacked_member": hijack.consequence,
    "scam_newcomer": scam.consequence,
}
RANK = {rule: rank for rank, rule in enumerate(("", *CONSEQUENCES))}
FROM_MILD_TO_HARSH: tuple[Step, ...] = (
    "none", "ask_name", "hold", "remind", "delete", "fine", "warn", "mute", "read_only", "ask_to_leave", "remove",
)  # fmt: skip
HARSHNESS = {step: rank for rank, step in enumerate(FROM_MILD_TO_HARSH)}
JUDGED = frozenset(("message", "edit", "join"))


def decide(case: Case, policy: Policy, checks: Checks = CHECKS) -> Verdict:
    """What follows from one event. Findings of misses are kept too; a clean message leaves nothing else."""
    if case.facts.kind not in JUDGED:
        return NOTHING
    cared = care.heard(case) if case.view.lists else None
    if protected(case, policy):
        return protectedly(case, policy, cared)
    findings = [check(case, policy) for name, check in checks if getattr(policy, name).mode != "off"]
    hits = [finding for finding in findings if finding.hit]
    if cared is not None:
        verdict = kindly(case, policy, hits, cared)
        findings.append(cared)
    elif hits:
        verdict = decided(case, policy, hits)
    elif case.member.standing.nickname_asked_at is not None or case.facts.album_id:
        verdict = quiet_consequence(case, policy, findings)
    else:
        # Nearly every message ends here, so nothing is built twice.
        return Verdict(tuple(findings))
    return verdict._replace(findings=tuple(findings))


def protectedly(case: Case, policy: Policy, cared: Finding | None) -> Verdict:
    """Whoever is never measured may need somebody all the same."""
    if cared is None or cared.rule != care.DISTRESS:
        return NOTHING
    return care.consequence(case, policy, cared)._replace(findings=(cared,))


def kindly(case: Case, policy: Policy, hits: Sequence[Finding], cared: Finding) -> Verdict:
    """Nothing is done about a complaint or distress but hearing it (fairness 7).

    Fraud stays fraud; distress is heard beside it. A complaint that is an advertisement too is looked at by a leader,
    and stays until then.
    """
    by_rule = {hit.rule: hit for hit in hits}
    if by_rule.keys() & care.FRAUD:
        # Fraud alone: an ad would be fined here, an insult counted.
        fraud = decided(case, policy, [hit for hit in hits if hit.rule in (*care.FRAUD, impersonation.RULE)])
        if cared.rule == care.DISTRESS:
            return care.beside(fraud, care.consequence(case, policy, cared))
        if fraud.mode == "enforce":
            return fraud
    ad = by_rule.get(ads.RULE)
    if ad is None or cared.rule == care.DISTRESS:
        return care.consequence(case, policy, cared)
    return consequence(case, policy, ad, ads.covered_or_held)


def decided(case: Case, policy: Policy, hits: Sequence[Finding]) -> Verdict:
    """The harshest of what was hit; a name like a leader's is a question beside it."""
    verdict = combine(verdicts(case, policy, with_approval(policy, hits)))
    alike = next((hit for hit in hits if hit.rule == impersonation.RULE), None)
    if alike is None:
        return verdict
    return impersonation.attached(verdict, impersonation.consequence(case, policy, alike))


def with_approval(policy: Policy, hits: Sequence[Finding]) -> Sequence[Finding]:
    """What is looked at first anyway is not asked about a second time as an advertisement."""
    waits = policy.needs_approval.mode == "enforce" and any(hit.rule == approvals.RULE for hit in hits)
    return [hit for hit in hits if hit.rule != ads.RULE] if waits else hits


def verdicts(case: Case, policy: Policy, hits: Iterable[Finding]) -> list[Verdict]:
    return [consequence(case, policy, hit) for hit in hits if hit.rule != impersonation.RULE]


def consequence(case: Case, policy: Policy, finding: Finding, otherwise: Consequence | None = None) -> Verdict:
    """What one hit means here: for a channel by its messages alone, under the brakes, or only observed."""
    usual = otherwise or CONSEQUENCES[finding.rule]
    follow = channel.consequence if case.facts.sender == "channel" else usual
    verdict = follow(case, policy, finding)
    if not verdict.stands:
        return verdict
    # What is only observed spends nothing, so the brake comes after.
    if getattr(policy, finding.rule).mode == "observe":
        return observed(case, policy, verdict)
    return braked(case, policy, verdict)


def combine(verdicts: Iterable[Verdict]) -> Verdict:
    """The harsher consequence wins: what is done before what is observed, then the step, then the rule."""
    return max(verdicts, key=harshness, default=NOTHING)


def harshness(verdict: Verdict) -> tuple[bool, bool, int, int]:
    """More of an open scam is as harsh as the scam: what else it might be does not open a case beside it."""
    step: Step = "mute" if verdict.joins_case and verdict.rule == scam.RULE else verdict.step
    return verdict.stands, verdict.mode == "enforce", HARSHNESS.get(step, 0), RANK[verdict.rule]


def quiet_consequence(case: Case, policy: Policy, findings: Iterable[Finding]) -> Verdict:
    """What follows where nothing was hit: the rest of an album whose text was judged, or a name that fits now."""
    part = album_part(case, policy)
    waits = approvals.album_of(case) if policy.needs_approval.mode == "enforce" else 0
    if waits:
        return approvals.joined(case, waits)
    if part.stands or case.facts.sender == "channel" or policy.nickname_format.mode != "enforce":
        return part
    asked = case.member.standing.nickname_asked_at is not None
    fits = any(f.rule == nickname.RULE and f.seen for f in findings)
    return nickname.settled(case, policy) if asked and fits else NOTHING


def album_part(case: Case, policy: Policy) -> Verdict:
    """An album is one message (fairness 8): its other parts go with the one that was judged."""
    album = case.facts.album_id
    moments = {r.at for r in case.member.recent if album and r.album_id == album}
    if not moments:
        return NOTHING
    standing = case.member.standing
    # The books know no albums: the case is found by the moments at which its parts came.
    open_cases = [(seen.at, seen.rule, seen.decision_id) for seen in standing.waiting]
    open_cases += [(last.last_event_at, last.rule, last.last_decision_id) for last in standing.rules]
    parts = (part_of(case, policy, rule, decision_id) for at, rule, decision_id in open_cases if at in moments)
    return next(parts, NOTHING)


def part_of(case: Case, policy: Policy, rule: str, decision_id: int) -> Verdict:
    if rule == "insult" and not policy.insult.delete:
        return NOTHING
    if rule == ads.RULE:
        return ads.joined(case, decision_id)
    return ladder.joined(case, rule, decision_id, delete(case))._replace(set_aside=True)
