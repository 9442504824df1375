"""What the rules would say of a text that somebody asks about; it decides nothing and writes nothing down."""

from typing import NamedTuple
from zoneinfo import ZoneInfo

from bot.conduct.policies import zone_of
from bot.storage.groups import GroupRow
from bot.textscan import Scanner
from rules.conduct.case import Case, GroupView, MemberView, Signal
from rules.conduct.checks import ad_without_red_packet
from rules.conduct.checks.warnings import WARNING
from rules.conduct.decide import decide
from rules.conduct.effects import DAY
from rules.conduct.facts import Facts
from rules.conduct.policy import DEFAULTS, Policy
from rules.conduct.verdict import Mode, Step

# An invented newcomer, so that nobody's own record speaks: came a moment ago, has accepted the rules, wrote once.
SOMEBODY = 1


class Opinion(NamedTuple):
    """`kind`: scam, ad, near (something of an ad, too little), warning (of ads), clean."""

    kind: str
    signals: tuple[Signal, ...]


class Outcome(NamedTuple):
    """What one group would do: the rule that decides ("" for none), its step, whether it only observes."""

    rule: str
    step: Step
    mode: Mode


def opinion(scanner: Scanner, facts: Facts) -> Opinion:
    """Whether it is an ad, by the rules that ship."""
    case = newcomers(scanner, facts, DEFAULTS, None)
    signals = case.view.signals
    if ad_without_red_packet.check(case, DEFAULTS).hit:
        severe = sum(signal.severe for signal in signals)
        return Opinion("scam" if severe >= DEFAULTS.scam_newcomer.min_severe else "ad", signals)
    if any(signal.id == WARNING for signal in signals):
        return Opinion("warning", signals)
    return Opinion("near" if signals else "clean", signals)


def outcome(scanner: Scanner, facts: Facts, policy: Policy, group: GroupRow | None) -> Outcome:
    verdict = decide(newcomers(scanner, facts, policy, group), policy)
    return Outcome(verdict.rule, verdict.step, verdict.mode)


def newcomers(scanner: Scanner, facts: Facts, policy: Policy, group: GroupRow | None) -> Case:
    """The text as if a newcomer posted it there now."""
    said = facts._replace(kind="message", sender="member", user_id=SOMEBODY, message_id=1, reply_to=0, album_id="")
    view = scanner.scan(said._replace(name="", tag=None), scanner.compile_lists(policy))
    since = said.at - DAY
    began = dict.fromkeys(("ad_without_red_packet", "scam_newcomer"), since)
    member = MemberView(
        SOMEBODY,
        joined_at=said.at - 60,
        first_seen=said.at - 60,
        messages=1,
        rules_accepted_at=said.at,
        started_bot=True,
    )
    zone = zone_of(group) if group is not None else ZoneInfo("UTC")
    place = GroupView(
        group_id=group.id if group else 0, chat_id=said.chat_id, owner_id=0, title=group.title if group else "",
        zone=zone, zone_name=zone.key, member_count=group.member_count if group else 0, bot_joined_at=since,
        rule_began=began,
    )  # fmt: skip
    return Case(said, view, member, place)
