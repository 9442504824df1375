"""/rules: what was agreed, and accepted with a press."""

from collections.abc import Iterator, Sequence
from itertools import count

from bot import tongues
from bot.conduct import rulesnews
from bot.storage import members
from bot.storage.buttons import ButtonRow
from handlers.conduct.measures import decide
from handlers.frame.context import Talk
from handlers.frame.orders import Order
from handlers.frame.presses import press
from handlers.protection.lockdown import in_protect
from handlers.protection.press_gate import open_gate
from handlers.reading.homes import homes
from handlers.reading.targets import group_row, known
from handlers.saying.answers import Rows, alert, answer, answer_of_each, has_started, phrase, whisper
from rules.conduct import measures
from rules.conduct.codes import is_heading
from rules.conduct.effects import Button, Phrase
from rules.conduct.policy import DEFAULTS, Policy

AGREEMENTS, ADS = 6, 3
NAMED_UNITS = frozenset({"CNY", "points"})
ACCEPT: Rows = ((Button(label=phrase("button_accept"), action="rules.accept"),),)


async def rules(talk: Talk, _: Order) -> None:
    """In private those of each group one is in."""
    if talk.group is not None:
        await answer(talk, tongues.both(talk.group, await agreed(talk)), tongues.labels(talk.group, ACCEPT))
        return
    await answer_of_each(talk, await homes(talk), lambda: agreed(talk), agreed_by_default(DEFAULTS))


async def agreed(talk: Talk) -> list[Phrase]:
    """The group's own rules, numbered, or the six that ship."""
    policy = await talk.policy()
    title = talk.group.title if talk.group else ""
    head = phrase("rules_head", title=title, group_goal=policy.notices.group_goal)
    if not policy.rules_text:
        return [head, *agreed_by_default(policy)]
    return [head, *own_lines(policy.rules_text)]


def own_lines(texts: Sequence[str]) -> Iterator[Phrase]:
    """Numbered through; a heading of a section (【…】) has no number."""
    numbers = count(1)
    for text in texts:
        if is_heading(text):
            yield Phrase("codes.section", (("text", text.strip()),))
        else:
            yield phrase("rules_line", number=f"R{next(numbers)}", text=text)


def agreed_by_default(policy: Policy) -> list[Phrase]:
    """Where packets are asked for, how large one is belongs to what is agreed."""
    return [with_packet(policy) if n == ADS else phrase(f"rules_{n}") for n in range(1, AGREEMENTS + 1)]


def with_packet(policy: Policy) -> Phrase:
    terms = policy.ad_without_red_packet
    if not terms.fines or terms.mode == "off":
        return phrase(f"rules_{ADS}")
    key = f"rules_packet_{terms.unit.lower()}" if terms.unit in NAMED_UNITS else "rules_packet"
    return phrase(key, amount=terms.amount, unit=terms.unit, shares=terms.shares)


@press("rules.accept")
async def accept(talk: Talk, _: ButtonRow) -> None:
    group, key = group_row(talk), (group_row(talk).id, talk.actor.user_id)
    row = (await members.load(talk.unit, [key])).get(key)
    if row is None:
        await alert(talk, phrase("press_members_only"))
        return
    if row.rules_accepted_at is None or row.rules_accepted_at < await rulesnews.last_change(talk.unit, group.id):
        target = await known(talk, talk.actor.user_id, talk.actor.name, Order("rules"))
        await decide(talk, target, "rules.accept", measures.accept_rules)
        await members.update(talk.unit, group.id, talk.actor.user_id, rules_accepted_at=talk.at)
    await alert(
        talk, in_protect("gate_opened") if await open_gate(talk, talk.actor.user_id) else phrase("rules_accepted")
    )


@press("rules.show")
async def show_rules(talk: Talk, _: ButtonRow) -> None:
    said = await agreed(talk)
    if await has_started(talk, talk.actor.user_id):
        await whisper(talk, said)
        await alert(talk, phrase("sent_to_you"))
    else:
        await alert(talk, said[1:])
