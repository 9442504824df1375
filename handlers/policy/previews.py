"""A rule's notice exactly as a member would read it, in both languages; nobody is decided about."""

from zoneinfo import ZoneInfo

from bot.storage.buttons import ButtonRow
from handlers.frame.context import Talk
from handlers.frame.presses import press
from handlers.policy.naming import in_policy, name
from handlers.policy.settingpage import OPEN, RULES, button
from handlers.reading.targets import group_row
from handlers.saying.answers import alert
from handlers.saying.panels import Made, show
from rules.conduct.case import NOTHING_SEEN, Case, GroupView, MemberView
from rules.conduct.decide import CONSEQUENCES, consequence
from rules.conduct.effects import DAY, Phrase, Say
from rules.conduct.facts import Facts
from rules.conduct.findings import Finding
from rules.conduct.policy import Policy
from rules.conduct.policy_layers import dump, load

LANGUAGES = {"zh": "zh_Hans", "en": "en"}
PREVIEW, WHO, LONGEST = "policy.preview", "林晓", 900


@press(PREVIEW)
async def on_preview(talk: Talk, pressed: ButtonRow) -> None:
    if pressed.note in RULES:
        await show(talk, *await page(talk, pressed.note))
    else:
        await alert(talk, in_policy("gone"))


async def page(talk: Talk, rule: str) -> Made:
    said = notice(talk, await talk.policy(), rule)
    up = ((button(in_policy("button_up"), OPEN, rule),),)
    if not said:
        return [in_policy("preview_none", name=name(talk, rule))], up
    texts = talk.services.texts
    shown = [in_policy(f"preview_{short}", text=texts.plain(said, code, LONGEST)) for short, code in LANGUAGES.items()]
    return [in_policy("preview_head", name=name(talk, rule)), *shown], up


def notice(talk: Talk, policy: Policy, rule: str) -> tuple[Phrase, ...]:
    """What is said to a member the first time, as if the rule were enforced; nothing where only leaders are asked."""
    if rule not in CONSEQUENCES:
        return ()
    enforced = load([("tried", {**dump(policy), f"{rule}.mode": "enforce"})]).policy
    verdict = consequence(sample(talk), enforced, Finding(rule, True))
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
