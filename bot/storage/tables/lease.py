"""Whose turn it is to act for a bot."""

from sqlalchemy import Table

from bot.storage.tables.base import metadata, number, words

# `epoch` grows with every turn, `instance` is the random number of the process that has it.
leases = Table(
    "leases",
    metadata,
    number("bot_id", primary_key=True, autoincrement=False),
    number("epoch"),
    number("instance"),
    number("beats"),
    words("place"),
)
