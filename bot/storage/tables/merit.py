"""The books of merit: transactions whose postings sum to zero, and check-ins."""

from sqlalchemy import Index, Table

from bot.storage.tables.base import metadata, number, serial, words

transactions = Table(
    "transactions",
    metadata,
    serial(),
    words("key", unique=True),
    number("group_id", "groups.id", index=True),
    words("kind"),
    number("at"),
    number("by"),
    words("note"),
)

postings = Table(
    "postings",
    metadata,
    number("transaction_id", "transactions.id", primary_key=True, autoincrement=False),
    number("line", primary_key=True, autoincrement=False),
    number("group_id", "groups.id"),
    words("account"),
    words("unit"),
    number("amount"),
    Index(None, "group_id", "account"),
)

# A row to lock while an account is read and written; the balance itself is always the sum of the postings.
accounts = Table(
    "accounts",
    metadata,
    number("group_id", "groups.id", primary_key=True, autoincrement=False),
    words("account", primary_key=True),
)

checkins = Table(
    "checkins",
    metadata,
    number("group_id", "groups.id", primary_key=True, autoincrement=False),
    number("user_id", primary_key=True, autoincrement=False),
    words("local_date", primary_key=True),
    number("at"),
)
