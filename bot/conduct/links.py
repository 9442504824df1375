"""Single-use invite links for one person: made by an act, used up by their coming, closed when taken back."""

from typing import NamedTuple

from bot.storage import acts, links
from bot.storage.groups import GroupRow
from bot.storage.links import LinkRow
from bot.storage.unit import Unit
from rules.conduct.effects import DAY, CreateLink, Planned, RevokeLink

INVITES = "can_invite_users"


class Made(NamedTuple):
    """A post whose button has the url AFTER_LINK must come after the act (`acts.comes_after`)."""

    link_id: int
    act_id: int


def possible(group: GroupRow) -> bool:
    """Whether the bot may make links there at all."""
    return INVITES in group.bot_rights


async def make(
    unit: Unit, group: GroupRow, *, user_id: int, purpose: str, key: str, at: int, decision_id: int | None = None,
    lasts: int = DAY,
) -> Made:  # fmt: skip
    """One that lets one person in, once; the same key makes the same link."""
    expires_at = at + lasts
    planned = Planned(CreateLink(name=purpose, uses=1, expires_at=expires_at), expires_at=expires_at)
    (act_id,) = await acts.write(
        unit, key=f"link:{key}", decision_id=decision_id, group_id=group.id, chat_id=group.chat_id, user_id=user_id,
        planned=[planned], at=at,
    )  # fmt: skip
    link_id = await links.add(
        unit, group_id=group.id, user_id=user_id, purpose=purpose, act_id=act_id, decision_id=decision_id, at=at,
        expires_at=expires_at,
    )  # fmt: skip
    return Made(link_id, act_id)


async def address(unit: Unit, group: GroupRow, user_id: int, at: int) -> str:
    """By which that person may come in now, "" where there is none yet, or none any more."""
    found = [each for each in await links.open_for(unit, group.id, user_id) if is_good(each, at)]
    made = await acts.results(unit, [each.act_id for each in found if each.act_id])
    return next((str(result["invite_link"]) for result in made.values() if "invite_link" in result), "")


def is_good(link: LinkRow, at: int) -> bool:
    return not (link.used_at or link.revoked_at or 0 < link.expires_at <= at)


async def joined(unit: Unit, group: GroupRow, user_id: int, at: int) -> list[LinkRow]:
    """Somebody came in: their links are used up, by whatever way they came; those rows, for who waits for it."""
    return await close_all(unit, group, user_id, at, used=True)


async def close(unit: Unit, group: GroupRow, user_id: int, at: int, but: int = 0) -> list[LinkRow]:
    """Somebody is sent away, or their return is taken back: no link lets them in any more, but the newest if named."""
    return await close_all(unit, group, user_id, at, used=False, but=but)


async def close_all(
    unit: Unit, group: GroupRow, user_id: int, at: int, *, used: bool, but: int = 0
) -> list[LinkRow]:  # fmt: skip
    closed = []
    for link in await links.open_for(unit, group.id, user_id):
        if link.id != but and await links.close(unit, link.id, at, used_by=user_id if used else 0):
            closed.append(link)
            await revoke(unit, group, link, at)
    return closed


async def revoke(unit: Unit, group: GroupRow, link: LinkRow, at: int) -> None:
    """Also one that Telegram counts as used up: whoever else had it finds nothing. One that is over needs nothing."""
    if link.act_id is None or 0 < link.expires_at <= at:
        return
    (number,) = await acts.write(
        unit, key=f"link:{link.id}:revoke", group_id=group.id, chat_id=group.chat_id, user_id=link.user_id,
        planned=[Planned(RevokeLink())], at=at,
    )  # fmt: skip
    await acts.comes_after(unit, number, link.act_id)
