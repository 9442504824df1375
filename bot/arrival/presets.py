"""Gives a group one of the ready sets of settings, as one version of its policy; sends nothing."""

from typing import NamedTuple

from bot import audit
from bot.roles import Actor
from bot.storage import Unit, policies, setups
from bot.storage.groups import GroupRow
from rules.conduct.policy_layers import merge
from rules.conduct.presets import PRESETS, named

ACTION = "preset.apply"


class Applied(NamedTuple):
    """`preset` "" where there is none of that name: then nothing was changed. `version` 0: all of it stood already."""

    preset: str
    changes: dict[str, object]
    version: int


async def apply(unit: Unit, group: GroupRow, preset: str, by: int, at: int) -> Applied:
    """All keys of the preset become the group's own, so that nothing below changes them afterwards."""
    name = named(preset)
    if not name:
        return Applied("", {}, 0)
    own = merge((await policies.current(unit, group.id)).group)
    changes = {key: value for key, value in PRESETS[name].items() if key not in own or own[key] != value}
    version = await policies.put(unit, "group", group.id, changes, by, at) if changes else 0
    await setups.chosen(unit, group.id, name, by, at)
    if version:
        await audit.done(
            unit, Actor(by), ACTION, at, group_id=group.id,
            before={key: own.get(key) for key in changes}, after={**changes, "preset": name, "version": version},
        )  # fmt: skip
    return Applied(name, changes, version)
