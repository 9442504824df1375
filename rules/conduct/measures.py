"""What leaders do by hand and members answer by a press, as verdicts like those of rules; `fines` settles fines."""

from rules.conduct import fines, ladder, nickname, words
from rules.conduct.brakes import person_full
from rules.conduct.case import Case
from rules.conduct.effects import (
    DAY,
    HOUR,
    BanSender,
    Card,
    Entry,
    Phrase,
    Readmit,
    Remove,
    SetTag,
    UnbanSender,
)  # fmt: skip
from rules.conduct.findings import Finding
from rules.conduct.plan import delete, muted, news, planned, restraint, tell, waiting
from rules.conduct.policy import Policy
from rules.conduct.protection import by_telegram
from rules.conduct.verdict import NOTHING, Step, Verdict

# Under 30 seconds or over 366 days Telegram restricts for ever (restrictChatMember).
SHORTEST_MUTE = 60
LONGEST_MUTE = 365 * DAY
# setChatMemberTag takes no more.
LONGEST_TAG = 16
PERSON_BRAKE = "person_brake"


def warn(case: Case, policy: Policy, reason: str, issuer_name: str, code: str = "") -> Verdict:
    """A warning that counts at once, on the same ladder as those of rules; NOTHING for whom Telegram protects."""
    if refused(case):
        return NOTHING
    verdict = ladder.further(case, policy, words.of_leader(reason, issuer_name, code), Verdict(), by_person=True)
    noted = tuple(e._replace(note=reason) if e.kind == "warning" else e for e in verdict.entries)
    return verdict._replace(entries=noted)


def ask_to_leave(case: Case, policy: Policy, reason: str = "", issuer_name: str = "") -> Verdict:
    """A leader's yes to the step that the bot may not take alone."""
    return by_person(case, policy, "ask_to_leave", words.of_leader(reason, issuer_name))


def by_person(case: Case, policy: Policy, step: Step, said: Phrase) -> Verdict:
    """A step on the ladder; the message a leader replied to stays where it is."""
    if refused(case):
        return NOTHING
    return ladder.take(case._replace(facts=case.facts._replace(message_id=0)), policy, step, "", said)


def mute(case: Case, policy: Policy, seconds: int, reason: str, code: str = "") -> Verdict:
    """Quiet for `seconds`, kept between a minute and a year: Telegram takes other times for ever."""
    if refused(case):
        return NOTHING
    until = case.now + min(max(seconds, SHORTEST_MUTE), LONGEST_MUTE)
    minutes: words.Params = (("minutes", (until - case.now) // 60),)
    return Verdict(
        step="mute",
        entries=(Entry("mute", until=until, note=reason),),
        acts=(muted(case, until), tell(case, policy, "mute", words.of_leader(reason, code=code), minutes)),
    )


def unmute(case: Case, policy: Policy) -> Verdict:
    """May write again, whatever it was that kept the person silent."""
    if refused(case):
        return NOTHING
    standing = case.member.standing
    stayed = (Entry("stayed"),) if standing.asked_to_leave_at is not None else ()
    freed = (Entry("freed"), *(Entry("freed", reason) for reason in standing.read_only))
    return Verdict(
        step="free",
        entries=(*stayed, *freed),
        acts=(
            restraint(case, standing.reading_for(())._replace(muted_until=None)),
            news(case, policy, "unmuted"),
        ),
    )


def remove(case: Case, policy: Policy, ban: bool, reason: str, removals_last_hour: int = 0, code: str = "") -> Verdict:
    """`removals_last_hour` are those of the same leader: beyond the brake another one is asked (fairness 3)."""
    if is_channel(case):
        return ban_sender(case, policy, case.facts.sender_chat_id, removals_last_hour)
    if refused(case):
        return NOTHING
    verdict = ladder.remove(case, policy, ban, words.of_leader(reason, code=code), Verdict(acts=delete(case)))
    return second_look(case, policy, verdict, removals_last_hour)


def second_look(case: Case, policy: Policy, verdict: Verdict, removals_last_hour: int) -> Verdict:
    """Beyond a person's own brake somebody else has to look first."""
    if not person_full(policy, removals_last_hour):
        return verdict
    said = (Phrase("conduct.card_person_brake", (("n", removals_last_hour),)),)
    go_on = (words.for_leaders("release", "case.release"), words.for_leaders("ok", "case.ok"))
    held = tuple(waiting(p, case, PERSON_BRAKE) for p in verdict.acts)
    return verdict._replace(acts=held, held=PERSON_BRAKE, cards=(Card("person_brake", said, (go_on,)),))


def ban_sender(case: Case, policy: Policy, sender_chat_id: int, removals_last_hour: int = 0) -> Verdict:
    """A channel may not speak here any more; its `from` is a fake user and is left alone."""
    acts = (*delete(case), planned(case, BanSender(sender_chat_id=sender_chat_id)))
    verdict = Verdict(step="remove", entries=(Entry("removal", note=f"channel {sender_chat_id}"),), acts=acts)
    return second_look(case, policy, verdict, removals_last_hour)


def delete_message(case: Case, policy: Policy) -> Verdict:
    """A leader's [删除]: the message goes, nothing counts."""
    if by_telegram(case.facts, case.member):
        return NOTHING
    return Verdict(step="delete", acts=delete(case), set_aside=True)


def readmit(case: Case, policy: Policy) -> Verdict:
    channel = case.facts.sender_chat_id
    act = UnbanSender(sender_chat_id=channel) if is_channel(case) else Readmit(user_id=case.member.user_id)
    return Verdict(step="free", entries=(Entry("readmitted"),), acts=(planned(case, act),))


def pardon(case: Case, policy: Policy, ref: int = 0, reason: str = "") -> Verdict:
    """What counted, counts no more: of decision `ref`, or all of it (0), which also ends an open asking to leave."""
    standing = case.member.standing
    told = () if is_channel(case) else (news(case, policy, "pardoned"),)
    forgiven = Entry("pardon", ref=ref, note=reason)
    if ref or standing.asked_to_leave_at is None:
        return Verdict(step="pardon", entries=(forgiven,), acts=told)
    free = restraint(case, case.member.standing.without(ladder.ASKED))
    return Verdict(step="pardon", entries=(forgiven, Entry("stayed"), Entry("freed", ladder.ASKED)), acts=(free, *told))


def open_fine(case: Case, policy: Policy, reason: str) -> Verdict:
    """A leader's fine; the case carries the message, so that it goes aside (an ad that was held, or a reply to one)."""
    return NOTHING if refused(case) else fines.opened(case, policy, reason)


def called_an_ad(case: Case, policy: Policy) -> Verdict:
    """A leader's [是广告]: a packet is asked for where that was agreed; else the ad goes, and nothing counts."""
    if is_channel(case):
        return delete_message(case, policy)
    if refused(case):
        return NOTHING
    if policy.ad_without_red_packet.fines and case.member.rules_accepted_at is not None:
        return fines.opened(case, policy, "")
    reminder = Entry("reminder", fines.RULE, valid_until=ladder.valid_until(case, policy))
    told = tell(case, policy, "remind_ad", words.of_rule("ad_unannounced"), ladder.counting(case, policy))
    entries = (ladder.violation_of(case, policy, fines.RULE), reminder)
    return Verdict(rule=fines.RULE, step="remind", entries=entries, acts=(*delete(case), told), set_aside=True)


def grant_pass(case: Case, policy: Policy) -> Verdict:
    """A packet was announced beforehand: it covers the next ad within `pass_hours`."""
    until = case.now + policy.ad_without_red_packet.pass_hours * HOUR
    return Verdict(rule=fines.RULE, step="record", entries=(Entry("pass_granted", fines.RULE, until=until),))


def register_nick(case: Case, policy: Policy, nick: str) -> Verdict:
    """The name of the group card, which always suffices; written as member tag where the group shows tags."""
    name = nick.strip()
    verdict = nickname.settled(case, policy, Entry("nick_registered", nickname.RULE, note=name))
    if not (case.group.uses_tags and 0 < len(name) <= LONGEST_TAG and case.member.status == "member"):
        return verdict
    tag = SetTag(user_id=case.member.user_id, tag=name, before=case.member.tag)
    return verdict._replace(acts=(*verdict.acts, planned(case, tag)))


def ask_name(case: Case, policy: Policy) -> Verdict:
    """A leader's wish that this person keeps the name format; NOTHING where they were asked already."""
    if refused(case) or policy.nickname_format.mode == "off" or nickname.was_asked(case):
        return NOTHING
    return nickname.consequence(case, policy, Finding(nickname.RULE, True))


def name_fixed(case: Case, policy: Policy) -> Verdict:
    return nickname.settled(case, policy) if case.member.standing.nickname_asked_at is not None else NOTHING


def accept_rules(case: Case, policy: Policy) -> Verdict:
    return Verdict(step="record", entries=(Entry("rules_accepted"),))


def stay(case: Case, policy: Policy) -> Verdict:
    """The person asked to leave keeps the agreement and stays; NOTHING where no answer is awaited."""
    if case.member.standing.asked_to_leave_at is None:
        return NOTHING
    return Verdict(
        step="free",
        entries=(Entry("stayed"), Entry("freed", ladder.ASKED)),
        acts=(restraint(case, case.member.standing.without(ladder.ASKED)),),
    )


def leave(case: Case, policy: Policy) -> Verdict:
    """The person asked to leave goes; the door stays open."""
    if case.member.standing.asked_to_leave_at is None:
        return NOTHING
    voided = tuple(Entry("fine_void", fine.rule, ref=fine.fine_id) for fine in case.member.standing.open_fines)
    return Verdict(
        step="remove",
        entries=(Entry("removal", note="left"), *voided),
        acts=(planned(case, Remove(user_id=case.member.user_id)),),
    )


def refused(case: Case) -> bool:
    """Whom no measure may name by user id: those Telegram protects, and channels, which are no users."""
    return by_telegram(case.facts, case.member) or is_channel(case)


def is_channel(case: Case) -> bool:
    return case.facts.sender == "channel"
