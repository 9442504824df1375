"""The books of merit: points move by transactions that sum to zero; a balance is always their sum."""

from collections.abc import Sequence

from sqlalchemy import delete, func, select

from bot.storage.errors import Overdrawn
from bot.storage.tables import accounts, clean, transactions
from bot.storage.tables import checkins as checkin_rows
from bot.storage.tables import postings as posting_rows
from bot.storage.unit import Sql, Unit, missing
from rules.merit.transactions import MEMBER, Posting, Transaction, balanced, member, reversed_by

POST = Sql(
    'INSERT INTO transactions ("key", group_id, kind, at, "by", note) VALUES (?1, ?2, ?3, ?4, ?5, ?6) '
    "ON CONFLICT DO NOTHING RETURNING id",
    'INSERT INTO transactions ("key", group_id, kind, at, "by", note) VALUES ($1, $2, $3, $4, $5, $6) '
    "ON CONFLICT DO NOTHING RETURNING id",
)
LINES = Sql(
    "INSERT INTO postings (transaction_id, line, group_id, account, unit, amount) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    "INSERT INTO postings (transaction_id, line, group_id, account, unit, amount) SELECT * FROM unnest("
    "$1::bigint[], $2::bigint[], $3::bigint[], $4::text[], $5::text[], $6::bigint[])",
)


async def post(unit: Unit, group_id: int, transaction: Transaction, *, at: int, by: int, solvent: bool = False) -> bool:
    """False where its key was posted before. Raises Unbalanced unless its postings sum to zero.

    `solvent`: raises Overdrawn where an account of a member would fall below zero.
    """
    key, kind, lines, note = balanced(transaction)
    new = await unit.fetch(POST, clean(key), group_id, clean(kind), at, by, clean(note))
    if not new:
        return False
    if solvent:
        await check_funds(unit, group_id, lines)
    number = new[0][0]
    await unit.many(
        LINES, [(number, line, group_id, clean(p.account), clean(p.unit), p.amount) for line, p in enumerate(lines)]
    )
    return True


async def reverse(unit: Unit, group_id: int, decision_id: int, *, at: int, by: int) -> None:
    """What a decision moved moves back; it was posted under a key that begins with `decision:NUMBER:`."""
    of_it = (transactions.c.group_id == group_id, transactions.c.key.startswith(f"decision:{decision_id}:"))
    found = select(transactions.c.id, transactions.c.key, transactions.c.kind, transactions.c.note).where(*of_it)
    for number, key, kind, note in (await unit.execute(found.order_by(transactions.c.id))).all():
        moved = Transaction(key, kind, await postings_of(unit, number), note)
        await post(unit, group_id, reversed_by(moved, f"undo:{key}"), at=at, by=by)


async def postings_of(unit: Unit, number: int) -> tuple[Posting, ...]:
    lines = select(posting_rows.c.account, posting_rows.c.amount, posting_rows.c.unit)
    mine = lines.where(posting_rows.c.transaction_id == number).order_by(posting_rows.c.line)
    return tuple(Posting(row.account, int(row.amount), row.unit) for row in await unit.execute(mine))


async def check_funds(unit: Unit, group_id: int, lines: Sequence[Posting]) -> None:
    """Whoever spends locks the account first, so that two who spend at once are seen one after the other."""
    spending = sorted({p.account for p in lines if p.amount < 0 and p.account.startswith(MEMBER)})
    for account in spending:
        await unit.execute(missing(unit, accounts).values(group_id=group_id, account=account))
    mine = (accounts.c.group_id == group_id, accounts.c.account.in_(spending))
    await unit.execute(select(accounts).where(*mine).order_by(accounts.c.account).with_for_update())
    for account in spending:
        held = await balance_of(unit, group_id, account)
        for unit_name in {p.unit for p in lines if p.account == account}:
            moved = sum(p.amount for p in lines if p.account == account and p.unit == unit_name)
            if held.get(unit_name, 0) + moved < 0:
                raise Overdrawn(account)


async def balances(unit: Unit, group_id: int, user_id: int) -> dict[str, int]:
    """What a member has, by unit ("points")."""
    return await balance_of(unit, group_id, member(user_id))


async def balance_of(unit: Unit, group_id: int, account: str) -> dict[str, int]:
    found = (
        select(posting_rows.c.unit, func.sum(posting_rows.c.amount))
        .where(posting_rows.c.group_id == group_id, posting_rows.c.account == clean(account))
        .group_by(posting_rows.c.unit)
    )
    return {row[0]: int(row[1]) for row in await unit.execute(found)}


async def checkin(unit: Unit, group_id: int, user_id: int, local_date: str, at: int) -> bool:
    """False for a second time on that date."""
    row = {"group_id": group_id, "user_id": user_id, "local_date": local_date, "at": at}
    new = missing(unit, checkin_rows).values(row).returning(checkin_rows.c.user_id)
    return (await unit.execute(new)).first() is not None


async def forget_checkin(unit: Unit, group_id: int, user_id: int, local_date: str) -> None:
    """It was marked by mistake; who marked it and who took it back stands in the audit."""
    mine = (checkin_rows.c.group_id == group_id, checkin_rows.c.user_id == user_id)
    await unit.execute(delete(checkin_rows).where(*mine, checkin_rows.c.local_date == clean(local_date)))


async def checkins(unit: Unit, group_id: int, user_id: int, limit: int = 400) -> list[str]:
    """Dates as YYYY-MM-DD, the newest first."""
    dates = checkin_rows.c.local_date
    mine = select(dates).where(checkin_rows.c.group_id == group_id, checkin_rows.c.user_id == user_id)
    return list((await unit.execute(mine.order_by(dates.desc()).limit(limit))).scalars())
