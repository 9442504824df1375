"""Every table by its name; the migrations say the same, and a test holds the two together."""

from bot.storage.tables.base import clean, metadata
from bot.storage.tables.conduct import SETTLING, asides, decisions, entries
from bot.storage.tables.intake import audit, policies, recent_messages, undecided, updates_seen
from bot.storage.tables.lease import leases
from bot.storage.tables.merit import accounts, checkins, postings, transactions
from bot.storage.tables.outbox import (
    acts,
    buttons,
    deadlines,
    occurrences,
    tickets,
    welcome_joins,
    welcome_posts,
)
from bot.storage.tables.people import former_chats, groups, members, roles, users

__all__ = [
    "SETTLING",
    "accounts",
    "acts",
    "asides",
    "audit",
    "buttons",
    "checkins",
    "clean",
    "deadlines",
    "decisions",
    "entries",
    "former_chats",
    "groups",
    "leases",
    "members",
    "metadata",
    "occurrences",
    "policies",
    "postings",
    "recent_messages",
    "roles",
    "tickets",
    "transactions",
    "undecided",
    "updates_seen",
    "users",
    "welcome_joins",
    "welcome_posts",
]
