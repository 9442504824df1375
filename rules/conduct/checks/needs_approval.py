"""What is looked at before others read it, as the group agreed: links, files, forwards, ads; it is no offence."""

from rules.conduct import content
from rules.conduct.case import Case
from rules.conduct.checks import ad_without_red_packet
from rules.conduct.checks.answers import is_answer
from rules.conduct.effects import DAY
from rules.conduct.findings import Finding
from rules.conduct.policy import Policy

NOTHING = Finding("needs_approval", False)
FILES = frozenset({"document", "audio", "animation", "video", "video_note", "voice"})


def check(case: Case, policy: Policy) -> Finding:
    if not is_concerned(case, policy) or not can_come_back(case) or is_answer(case):
        return NOTHING
    found = kinds(case, policy)
    return Finding("needs_approval", bool(found), (("waits", found),))


def kinds(case: Case, policy: Policy) -> tuple[str, ...]:
    """Which of the kinds that wait here the message is."""
    terms, facts = policy.needs_approval, case.facts
    links = content.leading_to(content.links(facts), (content.ANY,), terms.allow_links)
    is_so = {
        "link": lambda: bool(links),
        "file": lambda: any(media.kind in FILES for media in facts.media),
        "forward": lambda: bool(facts.forward),
        "ad": lambda: ad_without_red_packet.check(case, policy).hit,
    }
    return tuple(kind for kind in terms.kinds if is_so[kind]())


def is_concerned(case: Case, policy: Policy) -> bool:
    """Chosen members always; besides them nobody, newcomers, or all."""
    terms, member = policy.needs_approval, case.member
    if case.facts.sender == "channel":
        return False
    if member.user_id in terms.user_ids or terms.whom == "all":
        return True
    return terms.whom == "newcomers" and is_newcomer(case, policy)


def is_newcomer(case: Case, policy: Policy) -> bool:
    """Whoever was here before the bot, for some days or with some messages, is known (fairness 2)."""
    terms, joined = policy.needs_approval, case.member.joined_at
    if joined is None:
        return False
    return case.now - joined <= terms.new_member_days * DAY and case.messages_before <= terms.new_member_messages


def can_come_back(case: Case) -> bool:
    """Only what the bot could post again is taken down: nothing may be lost."""
    return all(media.kind in content.POSTABLE and media.file_id for media in case.facts.media)
