"""/policy export: the settings of a group as a TOML file, its own alone or all with what each is for."""

from bot.conduct import policyfile
from bot.storage import policies
from bot.storage.buttons import ButtonRow
from handlers.frame.context import Talk
from handlers.frame.orders import Order
from handlers.frame.presses import press
from handlers.policy.naming import about, in_policy, read_alone
from handlers.policy.settingpage import PANEL, button
from handlers.reading.targets import group_row
from handlers.saying import files
from handlers.saying.answers import plain
from handlers.saying.panels import back, show
from rules.conduct.policy_layers import dump, keys, merge

EXPORT = "policy.export"


async def export(talk: Talk, order: Order) -> None:
    """`/policy export`, `/policy export all`."""
    await read_alone(talk)
    await send(talk, whole=order.first().lower() in ("all", "全部"))


@press(EXPORT)
async def on_export(talk: Talk, pressed: ButtonRow) -> None:
    if pressed.note:
        await send(talk, whole=pressed.note == "all")
        return
    which = [button(in_policy(f"export_{each}"), EXPORT, each) for each in ("own", "all")]
    await show(talk, [in_policy("export_which")], (*((each,) for each in which), (back(PANEL),)))


async def send(talk: Talk, *, whole: bool) -> None:
    group, policy = group_row(talk), await talk.policy()
    own = merge((await policies.current(talk.unit, group.id)).group)
    values = dump(policy) if whole else {key: value for key, value in own.items() if key in keys()}
    head = plain(talk, in_policy("export_first", title=group.title, version=group.policy_version))
    comments = {key: about(talk, key) for key in values} if whole else {}
    text = policyfile.written(values, head, comments)
    said = in_policy("export_said", title=group.title, version=group.policy_version)
    await files.send(talk, f"policy-{group.id}-v{group.policy_version}.toml", text, [said])
