"""/rules, /privacy, /help: what was agreed, what is kept, what one can ask for."""

from bot import tongues
from bot.roles import LEADERS, OPERATORS, roles_of
from handlers.frame.context import Talk
from handlers.frame.orders import Order
from handlers.reading.choosing import mine
from handlers.reading.homes import homes
from handlers.saying.answers import Rows, answer, phrase, word
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
    found = await homes(talk)
    for group in found:
        talk.group = group
        await answer(talk, await agreed(talk))
    if not found:
        await answer(talk, agreed_by_default(DEFAULTS))


async def agreed(talk: Talk) -> list[Phrase]:
    """The group's own rules, numbered, or the six that ship."""
    policy = await talk.policy()
    title = talk.group.title if talk.group else ""
    head = phrase("rules_head", title=title, group_goal=policy.notices.group_goal)
    if not policy.rules_text:
        return [head, *agreed_by_default(policy)]
    return [head, *(phrase("rules_line", number=n, text=text) for n, text in enumerate(policy.rules_text, 1))]


def agreed_by_default(policy: Policy) -> list[Phrase]:
    """Where packets are asked for, how large one is belongs to what is agreed."""
    return [with_packet(policy) if n == ADS else phrase(f"rules_{n}") for n in range(1, AGREEMENTS + 1)]


def with_packet(policy: Policy) -> Phrase:
    terms = policy.ad_without_red_packet
    if not terms.fines or terms.mode == "off":
        return phrase(f"rules_{ADS}")
    key = f"rules_packet_{terms.unit.lower()}" if terms.unit in NAMED_UNITS else "rules_packet"
    return phrase(key, amount=terms.amount, unit=terms.unit, shares=terms.shares)


async def privacy(talk: Talk, _: Order) -> None:
    await answer(talk, what_is_kept(talk))


def what_is_kept(talk: Talk) -> list[Phrase]:
    contact = talk.services.settings.operators.contact
    lines = [phrase("privacy_kept"), phrase("privacy_not_kept"), phrase("privacy_long"), phrase("privacy_rights")]
    return [*lines, phrase("privacy_contact", contact=contact) if contact else phrase("privacy_ask")]


async def help_(talk: Talk, _: Order) -> None:
    """For members what members may ask; for leaders theirs as well, where nobody is disturbed."""
    led = [] if talk.group else await mine(talk)
    leads = await leads_here(talk) if talk.group else bool(led)
    lines = [phrase("help_head"), *(help_line(talk, name) for name in FOR_MEMBERS)]
    if leads:
        theirs = [name for name in FOR_LEADERS if name not in FOR_MEMBERS]
        lines += [phrase("help_leaders"), *(help_line(talk, name) for name in theirs), phrase("help_more")]
        if talk.private:
            lines += [phrase("help_in_private", group=min(group.id for group in led))]
    if talk.private and await roles_of(talk.unit, talk.actor, 0) & OPERATORS:
        lines += [phrase("help_operators"), help_line(talk, "status")]
    await answer(talk, [*lines, Phrase("menu.rest")])


def help_line(talk: Talk, name: str) -> Phrase:
    return phrase("help_line", command=name, what=word(talk, f"menu_{name}"))


async def leads_here(talk: Talk) -> bool:
    return bool(talk.group and await roles_of(talk.unit, talk.actor, talk.group.id) & LEADERS)


# At most six and twelve: everything else is a button of /menu, and works when it is typed.
FOR_MEMBERS = ("menu", "rules", "record", "appeal", "privacy", "help")
FOR_LEADERS = (
    "menu", "warn", "mute", "remove", "undo", "why", "record", "fine", "inbox", "lockdown", "doctor", "policy",
)  # fmt: skip
