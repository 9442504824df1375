"""/audit: who did what to whom in a group, to those who lead it; on wish as a table, in private."""

from collections.abc import Collection

from bot import audit, auditing
from bot.powers import OWNERS
from bot.roles import roles_in
from bot.storage import audit as stored
from bot.storage import groups
from bot.storage.audit import AuditRow
from bot.storage.buttons import ButtonRow
from bot.storage.groups import GroupRow
from handlers.frame.context import Talk
from handlers.frame.orders import Order, one_of
from handlers.frame.presses import press
from handlers.reading.targets import find, group_row
from handlers.saying.answers import catalogue, plain, reply
from handlers.saying.files import send
from handlers.saying.pages import page_of
from handlers.saying.panels import show
from handlers.saying.times import moment
from rules.conduct.effects import DAY, Button, Phrase

in_audit = catalogue("audit")

PAGE, EXPORT = "audit.page", "audit.export"
EXPORTS, TURNED_AWAY = ("export", "导出"), ("refused", "未执行")
EVERYWHERE, REFUSALS = frozenset(("all", "全部", "所有", "所有群")), ":refused"
DAYS, EXPORT_DAYS, MOST_DAYS = 7, 90, 3650
ON_A_PAGE, LOOKED_AT = 12, 400


async def audit_(talk: Talk, order: Order) -> None:
    said = [int(word) for word in order.words.split() if is_days(word)]
    if not all(1 <= days <= MOST_DAYS for days in said):
        await reply(talk, in_audit("days", most=MOST_DAYS))
        return
    if one_of(order.first(), EXPORTS):
        rest = order.without_first()
        wide = [word for word in rest.words.split() if word.lower() in EVERYWHERE]
        given = next((word for word in rest.words.split() if word not in wide), "")
        await export(talk, days_of(given, EXPORT_DAYS), everywhere=bool(wide))
        return
    turned_away = bool(one_of(order.first(), TURNED_AWAY))
    order = order.without_first() if turned_away else order
    days, rest = days_of(order.first(), 0), order
    if days:
        rest = order.without_first()
    user_id = 0
    if rest.words or rest.mention or rest.answered:
        target = await find(talk, rest)
        if target is None:
            return
        user_id = target.user_id
    await show_page(talk, days or DAYS, user_id, 0, turned_away=turned_away)


def days_of(word: str, otherwise: int) -> int:
    """A small number is days; a longer one is a person's."""
    return int(word) if is_days(word) else otherwise


def is_days(word: str) -> bool:
    return word.isascii() and word.isdigit() and len(word) <= 4


async def show_page(talk: Talk, days: int, user_id: int, page: int, *, turned_away: bool = False) -> None:
    """What was done; or, asked for by its own word, what was tried and not allowed."""
    group, now = group_row(talk), int(talk.services.clock.now())
    found = await stored.of(talk.unit, group_id=group.id, since=now - days * DAY, limit=LOOKED_AT, refused=turned_away)
    rows = [row for row in found if user_id in {0, row.target_id, row.actor_id}]
    shown, turn = page_of(rows, page, ON_A_PAGE, PAGE)
    names = await auditing.named(talk.unit, shown)
    head = in_audit("head" if rows else "nothing", title=group.title, days=days, n=len(rows))
    turning = tuple(
        tuple(button._replace(note=f"{days}:{user_id}{REFUSALS if turned_away else ''}") for button in row)
        for row in turn
    )
    out = Button(label=in_audit("button_export"), action=EXPORT, ref=days)
    await show(talk, [head, *(line(talk, row, names) for row in shown)], (*turning, (out,)))


def line(talk: Talk, row: AuditRow, names: auditing.Names) -> Phrase:
    who = names.get((row.group_id, row.actor_id)) or plain(talk, in_audit(f"who_{known_kind(row.actor_kind)}"))
    whom = names.get((row.group_id, row.target_id)) or (str(row.target_id) if row.target_id else "")
    number = row.after.get("decision") or row.before.get("decision")
    more = f"{f' → {whom}' if whom else ''}{f' #{number}' if number else ''}"
    return in_audit("line", at=moment(talk, row.at), who=who, what=named(talk, row.action), more=more)


def known_kind(kind: str) -> str:
    return kind if kind in {"rule", "clock", "anonymous_admin", "channel", "telegram"} else "person"


def named(talk: Talk, action: str) -> str:
    return plain(talk, Phrase(key_of(action, talk.services.texts.keys("zh_Hans"))))


def key_of(action: str, known: Collection[str]) -> str:
    """Its own words, else those of the subject that it belongs to; the table has its permanent name."""
    key = action.replace(".", "_")
    keys = (f"audit.did_{key}", f"talk.step_{key}", f"audit.about_{action.partition('.')[0]}")
    return next((each for each in keys if each in known), "audit.did_other")


async def export(talk: Talk, days: int, *, everywhere: bool = False) -> None:
    """Of this group alone; by the word for it, whoever owns several gets all of theirs."""
    group, now = group_row(talk), int(talk.services.clock.now())
    found = await auditing.owned(talk.unit, group, await owned_too(talk, group) if everywhere else set())
    text = await auditing.table(talk.unit, found, now - days * DAY, refused=False)
    if await send(talk, f"audit-{group.id}.csv", text, (in_audit("file", n=len(found), days=days),)):
        await audit.done(talk.unit, talk.actor, "audit.export", talk.at, group_id=group.id, after={"days": days})


async def owned_too(talk: Talk, group: GroupRow) -> set[int]:
    """The groups of the same owner in which whoever asks holds an owner's power."""
    active = await groups.all_active(talk.unit)
    held = await roles_in(talk.unit, talk.actor, [each.id for each in active])
    return {each.id for each in active if held[each.id] & OWNERS and each.owner_id == group.owner_id}


@press(PAGE)
async def on_page(talk: Talk, button: ButtonRow) -> None:
    note = button.note.removesuffix(REFUSALS)
    days, _, user_id = note.partition(":")
    await show_page(talk, int(days), int(user_id), button.ref, turned_away=note != button.note)


@press(EXPORT)
async def on_export(talk: Talk, button: ButtonRow) -> None:
    await export(talk, button.ref)
    if talk.private:
        await reply(talk, in_audit("sent"))
