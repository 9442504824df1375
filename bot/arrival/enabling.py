"""Switches on, as one version of the policy, the rules that a letter offered; takes them back within a day."""

from typing import TYPE_CHECKING

from bot.arrival import letterpage
from bot.arrival.letterpage import Enabled
from bot.storage import groups, policies
from bot.storage.groups import GroupRow
from bot.storage.unit import Unit

if TYPE_CHECKING:
    from bot.conduct.moderator import Moderator


async def enable(
    unit: Unit, moderator: "Moderator", group: GroupRow, asked: tuple[str, ...], by: int, at: int
) -> Enabled | None:
    """Those that were asked for and are still offered; None where that is none: somebody was first, or they became
    doubtful. Whoever is here before this moment is treated gently."""
    group = (await groups.by_ids(unit, [group.id], lock=True))[group.id]
    offered = (await letterpage.watched(unit, moderator, group, at)).offer.rules
    rules = tuple(rule for rule in offered if rule in asked)
    if not rules:
        return None
    own = (await policies.current(unit, group.id)).group
    before = {mode_of(rule): own.get(mode_of(rule)) for rule in rules}
    version = await policies.put(unit, "group", group.id, dict.fromkeys(before, "enforce"), by, at)
    await groups.update(unit, group.id, rule_began={**group.rule_began, **dict.fromkeys(rules, at)})
    return Enabled(version, rules, before, at)


async def take_back(
    unit: Unit, moderator: "Moderator", group: GroupRow, done: Enabled, by: int, at: int
) -> tuple[str, ...]:
    """The rules that only observe again: those that nobody has set otherwise since."""
    group = (await groups.by_ids(unit, [group.id], lock=True))[group.id]
    policy = await moderator.policy_of(unit, group)
    rules = tuple(rule for rule in done.rules if getattr(policy, rule).mode == "enforce")
    if rules:
        changes = {mode_of(rule): done.before.get(mode_of(rule)) for rule in rules}
        await policies.put(unit, "group", group.id, changes, by, at)
        began = {rule: since for rule, since in group.rule_began.items() if rule not in rules}
        await groups.update(unit, group.id, rule_began=began)
    return rules


def mode_of(rule: str) -> str:
    return f"{rule}.mode"
