"""The one way a conversation changes what a group has decided: a version, its trace, and what begins with it."""

import json
from collections.abc import Mapping

from bot import audit
from bot.conduct import rulesnews
from bot.storage import groups, policies
from bot.storage.groups import GroupRow
from handlers.frame.context import Talk
from handlers.reading.targets import group_row
from rules.conduct.policy_layers import value_of


async def change(talk: Talk, action: str, changes: Mapping[str, object], reason: str = "") -> int:
    """Values by key as one version, whose number it gives; None takes a key back to the layer below.

    `talk.group` is afterwards the group as it stands with them.
    """
    group, old = await locked(talk), await talk.policy()
    version = await policies.put(talk.unit, "group", group.id, changes, talk.actor.user_id, talk.at, reason)
    # Read back, for only the layers know what stands below a value that is given back.
    group, new = await fresh(talk), await talk.policy()
    began = [rule for key in changes if (rule := rule_that_begins(key, value_of(new, key), value_of(old, key)))]
    if began:
        await groups.update(talk.unit, group.id, rule_began={**group.rule_began, **dict.fromkeys(began, talk.at)})
        group = await fresh(talk)
    before, after = ({key: shown(value_of(policy, key)) for key in changes} for policy in (old, new))
    told = {**after, "version": version, **({"reason": reason} if reason else {})}
    await audit.done(talk.unit, talk.actor, action, talk.at, group_id=group.id, before=before, after=told)
    if new.rules_text != old.rules_text:
        await rulesnews.changed(talk.unit, group, version, talk.at)
    return version


async def locked(talk: Talk) -> GroupRow:
    """Of two who change something at once the second sees what the first has done."""
    return await fresh(talk, lock=True)


async def fresh(talk: Talk, *, lock: bool = False) -> GroupRow:
    number = group_row(talk).id
    talk.group = group = (await groups.by_ids(talk.unit, [number], lock=lock))[number]
    return group


def rule_that_begins(key: str, value: object, before: object) -> str:
    """Who was here before a rule is enforced is treated gently, so its beginning is kept (fairness 2)."""
    rule, _, field = key.partition(".")
    return rule if field == "mode" and value == "enforce" and before != "enforce" else ""


def shown(value: object) -> str:
    """As it may be typed again after `/policy set KEY`."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, tuple | list):
        return json.dumps(value, ensure_ascii=False)
    return str(value) or '""'
