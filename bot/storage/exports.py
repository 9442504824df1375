"""All that the tables hold about one person, as plain values; nothing about anybody else. The shape is documented."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Table, select

from bot.storage import books, codec, merit, users
from bot.storage.books import DecisionRow
from bot.storage.tables import (
    acknowledgements,
    acts,
    appeals,
    asides,
    audit,
    blacklist,
    cares,
    decisions,
    entries,
    groups,
    join_requests,
    links,
    members,
    owner_roles,
    postings,
    quarrel_messages,
    quarrels,
    questions,
    roles,
    roster,
    tickets,
    transactions,
)
from bot.storage.unit import Unit
from rules.conduct.effects import Say
from rules.merit.transactions import member

FORMAT = "dengta-mydata-1"
MOST = 5_000
TIMES = ("at", "until", "status_at")

# (name, table, whose, what is told): lists of plain rows that belong to a group.
LISTS: tuple[tuple[str, Table, str, tuple[str, ...]], ...] = (
    (
        "joins",
        join_requests,
        "user_id",
        ("asked_at", "name", "username", "state", "answers", "score", "decided_at", "reason"),
    ),
    ("roster", roster, "used_by", ("name", "username", "note", "used_at")),
    ("links", links, "used_by", ("purpose", "created_at", "used_at")),
    ("care", cares, "user_id", ("state", "offered_at", "entered_at", "due_at", "ended_at")),
    ("questions", questions, "user_id", ("at", "state", "answered_at")),
    ("asked_leaders", tickets, "user_id", ("kind", "state", "opened_at", "answered_at")),
    ("roles", roles, "user_id", ("role", "granted_at", "until")),
)
MEMBER = (
    "name", "username", "tag", "nick", "status", "joined_at", "first_seen", "last_seen", "messages",
    "rules_accepted_at",
)  # fmt: skip


async def about(unit: Unit, user_id: int) -> dict[str, Any]:
    person = (await users.get(unit, [user_id])).get(user_id)
    known = person._asdict() if person is not None else {"user_id": user_id}
    return {
        "format": FORMAT,
        "person": readable(known),
        "groups": [await of_group(unit, row.id, row.title, user_id) for row in await homes(unit, user_id)],
        "blacklist": await rows(
            unit, blacklist, "user_id", user_id, ("name", "username", "reason", "state", "added_at", "expires_at")
        ),
        "roles_over_several_groups": await rows(unit, owner_roles, "user_id", user_id, ("role", "granted_at", "until")),
        "audit": await audited(unit, user_id),
    }  # fmt: skip


async def homes(unit: Unit, user_id: int) -> Any:
    seen = [select(table.c.group_id).where(table.c[column] == user_id) for _, table, column, _ in LISTS]
    seen += [select(table.c.group_id).where(table.c.user_id == user_id) for table in (members, decisions, entries)]
    found = seen[0].union(*seen[1:])
    return (
        await unit.execute(select(groups.c.id, groups.c.title).where(groups.c.id.in_(found)).order_by(groups.c.id))
    ).all()


async def of_group(unit: Unit, group_id: int, title: str, user_id: int) -> dict[str, Any]:
    mine = (members.c.group_id == group_id, members.c.user_id == user_id)
    row = (await unit.execute(select(*(members.c[name] for name in MEMBER)).where(*mine))).first()
    lists = {
        name: await rows(unit, table, column, user_id, told, group_id) for name, table, column, told in LISTS
    }  # fmt: skip
    found = await books.decisions_of(unit, group_id, user_id, MOST)
    return {
        "title": title,
        "member": readable(dict(row._mapping)) if row is not None else {},
        "checkins": await merit.checkins(unit, group_id, user_id, MOST),
        "points": (await merit.balances(unit, group_id, user_id)).get("points", 0),
        "postings": await posted(unit, group_id, user_id),
        "decisions": [await decided(unit, each) for each in found],
        "kept_words": await kept_words(unit, group_id, user_id),
        **lists,
    }  # fmt: skip


async def kept_words(unit: Unit, group_id: int, user_id: int) -> list[dict[str, Any]]:
    """Messages of theirs that were set aside, or that leaders put to a quarrel."""
    aside = select(asides.c.at, asides.c.facts).where(asides.c.group_id == group_id, asides.c.user_id == user_id)
    here = quarrel_messages.c.quarrel_id.in_(select(quarrels.c.id).where(quarrels.c.group_id == group_id))
    said = select(quarrel_messages.c.at, quarrel_messages.c.facts).where(here, quarrel_messages.c.user_id == user_id)
    return [
        readable({"at": row.at, "why": why, "text": codec.decode_facts(row.facts).text})
        for why, asked in (("set_aside", aside), ("quarrel", said))
        for row in await unit.execute(asked.order_by("at").limit(MOST))
        if row.facts
    ]


async def posted(unit: Unit, group_id: int, user_id: int) -> list[dict[str, Any]]:
    told = (transactions.c.at, transactions.c.kind, postings.c.amount, postings.c.unit, transactions.c.note)
    mine = (postings.c.group_id == group_id, postings.c.account == member(user_id))
    joined = postings.c.transaction_id == transactions.c.id
    found = select(*told).where(*mine, joined).order_by(transactions.c.id).limit(MOST)
    return [readable(dict(row._mapping)) for row in await unit.execute(found)]


async def decided(unit: Unit, row: DecisionRow) -> dict[str, Any]:
    """Who decided is told by kind: a rule, a person, the time; which person is about somebody else."""
    case = codec.decode_case(row.case) if row.case else None
    findings = codec.decode_findings(row.findings) if row.findings else ()
    kinds = [each.kind for each in case.facts.media] if case else []
    entries_of = [
        {"kind": each.kind, "counts": each.counted, "until": each.until or each.valid_until or each.due_at,
         "void": each.voided, "note": each.note}
        for each in await books.rows_of(unit, row.id)
    ]  # fmt: skip
    return readable({
        "number": row.id, "at": row.at, "rule": row.rule, "code": row.code, "step": row.step, "mode": row.mode,
        "state": row.state, "by": "yourself" if row.issuer_id == row.user_id else row.issuer_kind,
        "reason": row.reason, "text": case.facts.text if case else "", "with": kinds,
        "checks": [{"rule": each.rule, "hit": each.hit} for each in findings],
        "entries": [readable(each) for each in entries_of],
        "notices": await notices(unit, row.id),
        "acknowledged_at": await unit.scalar(
            select(acknowledgements.c.at).where(acknowledgements.c.decision_id == row.id)
        ) or 0,
        "appeals": await rows(
            unit, appeals, "decision_id", row.id, ("words", "state", "opened_at", "due_at", "decided_at", "reason")
        ),
    })  # fmt: skip


async def notices(unit: Unit, decision_id: int) -> list[dict[str, Any]]:
    told = select(acts.c.act, acts.c.state, acts.c.settled_at).where(
        acts.c.decision_id == decision_id, acts.c.purpose == "notice"
    )
    found = [(codec.decode_act(row.act), row) for row in await unit.execute(told.order_by(acts.c.id))]
    return [
        readable({"where": "private" if act.to_user else "group", "state": row.state, "settled_at": row.settled_at})
        for act, row in found
        if isinstance(act, Say)
    ]


async def audited(unit: Unit, user_id: int) -> list[dict[str, Any]]:
    """What was done about them and by them; before and after may name others and are left out."""
    mine = (audit.c.target_id == user_id) | (audit.c.actor_id == user_id)
    found = select(audit.c.at, audit.c.action, audit.c.actor_kind, audit.c.actor_id).where(mine)
    return [
        readable({"at": row.at, "action": row.action, "by": "yourself" if row.actor_id == user_id else row.actor_kind})
        for row in await unit.execute(found.order_by(audit.c.id).limit(MOST))
    ]


async def rows(
    unit: Unit, table: Table, whose: str, value: int, told: tuple[str, ...], group_id: int = 0
) -> list[dict[str, Any]]:
    here = (table.c.group_id == group_id,) if group_id else ()
    found = select(*(table.c[name] for name in told)).where(table.c[whose] == value, *here).limit(MOST)
    return [readable(dict(row._mapping)) for row in await unit.execute(found)]


def readable(row: dict[str, Any]) -> dict[str, Any]:
    """Moments as people write them (UTC), "" for never."""
    return {
        name: moment(value) if timely(name) and not isinstance(value, str) else value for name, value in row.items()
    }


def timely(name: str) -> bool:
    return name in TIMES or name.endswith("_at") or name in {"first_seen", "last_seen"}


def moment(at: int | None) -> str:
    return datetime.fromtimestamp(at, UTC).isoformat() if at else ""
