"""What a member would read, made for somebody who does not exist; nobody is decided about."""

from collections.abc import Mapping
from zoneinfo import ZoneInfo

from handlers.frame.context import Talk
from handlers.policy.naming import in_policy
from handlers.reading.targets import group_row
from rules.conduct import ads, ladder, words
from rules.conduct.case import NOTHING_SEEN, Case, GroupView, MemberView
from rules.conduct.decide import CONSEQUENCES, consequence
from rules.conduct.effects import DAY, Phrase, Say
from rules.conduct.facts import Facts
from rules.conduct.findings import Finding
from rules.conduct.policy import Policy
from rules.conduct.policy_layers import dump, load
from rules.conduct.verdict import Step, Verdict

LANGUAGES = {"zh": "zh_Hans", "en": "en"}
WHO, LONGEST = "林晓", 900
STEPS: Mapping[str, Step] = {"remind": "remind", "warn": "warn", "ask_to_leave": "ask_to_leave", "remove": "remove"}
BY_RULE = {"mute": "flooding", "fine": ads.RULE}


def shown(talk: Talk, said: tuple[Phrase, ...]) -> list[Phrase]:
    """In both languages, exactly as it would stand in a post."""
    texts = talk.services.texts
    return [in_policy(f"preview_{short}", text=texts.plain(said, code, LONGEST)) for short, code in LANGUAGES.items()]


def of_rule(talk: Talk, policy: Policy, rule: str) -> tuple[Phrase, ...]:
    """What is said the first time, as if the rule were enforced; nothing where only leaders are asked."""
    if rule not in CONSEQUENCES:
        return ()
    return said_in(consequence(sample(talk), tried(policy, {f"{rule}.mode": "enforce"}), Finding(rule, True)))


def of_way(talk: Talk, policy: Policy, way: str) -> tuple[Phrase, ...]:
    """A notice of that kind, in the group's own words where it has some."""
    if way in STEPS:
        return said_in(ladder.take(sample(talk), policy, STEPS[way], "insult", words.of_rule("insult")))
    return of_rule(talk, tried(policy, {f"{ads.RULE}.fines": True}), BY_RULE[way])


def tried(policy: Policy, changes: dict[str, object]) -> Policy:
    return load([("tried", {**dump(policy), **changes})]).policy


def said_in(verdict: Verdict) -> tuple[Phrase, ...]:
    acts = (planned.act for planned in verdict.acts)
    return next((act.words for act in acts if isinstance(act, Say) and act.purpose == "notice"), ())


def sample(talk: Talk) -> Case:
    """Somebody new who has accepted the rules and reads what the bot writes in private."""
    group, now, user_id = group_row(talk), int(talk.services.clock.now()), talk.actor.user_id
    facts = Facts(0, "message", group.chat_id, user_id, now, message_id=1, name=WHO, text="…")
    member = MemberView(
        user_id,
        WHO,
        joined_at=now - DAY,
        first_seen=now - DAY,
        messages=3,
        rules_accepted_at=now - DAY,
        started_bot=True,
    )
    zone = ZoneInfo(talk.zone.key)
    view = GroupView(
        group.id, group.chat_id, 0, group.title, zone, zone.key, member_count=100, bot_joined_at=now - 30 * DAY
    )
    return Case(facts, NOTHING_SEEN, member, view)
