"""/backup: who stands in where somebody who took a question up is silent; only leaders and helpers can stand in."""

from bot import audit
from bot.desks import people
from bot.storage import backups
from bot.storage.buttons import ButtonRow
from handlers.frame.context import Talk
from handlers.frame.orders import Order
from handlers.frame.presses import press
from handlers.reading.targets import Target, find, group_row
from handlers.saying.answers import answer, reply
from handlers.saying.panels import Made, back, open_panel, panel
from handlers.team.naming import in_team
from handlers.team.team import BACKUPS, PANEL, mention
from rules.conduct.effects import Button


async def backup(talk: Talk, order: Order) -> None:
    """`/backup @leader @other`; in a reply to the leader only the other."""
    if not (order.words or order.mention or order.answered):
        await open_panel(talk, BACKUPS)
        return
    pair = await two(talk, order)
    if pair is None:
        return
    one, other = pair
    able = await people.holders(talk.unit, group_row(talk), "staff", talk.actor.at)
    if one.user_id == other.user_id or other.user_id not in able:
        key = "backup_same" if one.user_id == other.user_id else "backup_no_role"
        await reply(talk, in_team(key, name=other.mention))
        return
    await put(talk, one, other)


async def two(talk: Talk, order: Order) -> tuple[Target, Target] | None:
    """Two people in the order they are named; None after having said what is unclear."""
    one = await find(talk, order)
    if one is None:
        return None
    if not one.order.words:
        await answer(talk, in_team(f"usage_{order.name}"))
        return None
    other = await find(talk, one.order._replace(mention=None, answered=None))
    return None if other is None else (one, other)


async def put(talk: Talk, one: Target, other: Target) -> None:
    group = group_row(talk)
    before = (await backups.of_group(talk.unit, group.id)).get(one.user_id, 0)
    await backups.put(talk.unit, group.id, one.user_id, other.user_id, talk.actor.user_id, talk.at)
    await audit.done(
        talk.unit, talk.actor, "backup.set", talk.at, group_id=group.id, target_id=one.user_id,
        before={"backup": before}, after={"backup": other.user_id},
    )  # fmt: skip
    said = [in_team("backup_set", name=one.mention, other=other.mention)]
    if before not in {0, other.user_id}:
        said.append(in_team("backup_instead", name=one.mention, old=await mention(talk, before)))
    await reply(talk, said)


@panel(BACKUPS, "team.button_backups")
async def listed(talk: Talk) -> Made:
    group = group_row(talk)
    lines, buttons = [], []
    for user_id, backup_id in (await backups.of_group(talk.unit, group.id)).items():
        name, other = await mention(talk, user_id), await mention(talk, backup_id)
        lines.append(in_team("backup_line", name=name, other=other))
        label = in_team("button_no_backup", name=name.name, other=other.name)
        buttons.append((Button(label, action="backup.remove", audience="leaders", ref=user_id),))
    words = [in_team("backups_head", title=group.title), *(lines or [in_team("backups_none")]), in_team("usage_backup")]
    return words, (*buttons[:20], (back(PANEL),))


@press("backup.remove")
async def on_remove(talk: Talk, pressed: ButtonRow) -> None:
    group = group_row(talk)
    before = (await backups.of_group(talk.unit, group.id)).get(pressed.ref, 0)
    if await backups.remove(talk.unit, group.id, pressed.ref):
        await audit.done(
            talk.unit, talk.actor, "backup.remove", talk.at, group_id=group.id, target_id=pressed.ref,
            before={"backup": before},
        )  # fmt: skip
    await open_panel(talk, BACKUPS)
