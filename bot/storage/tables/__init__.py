"""Every table by its name; the migrations say the same, and a test holds the two together."""

from bot.storage.tables.arrival import (
    arrivals,
    awaited,
    claims,
    defaults,
    group_notices,
    lockdowns,
    questions,
    replies,
    setups,
    topic_purposes,
    topics,
)
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
    "arrivals",
    "asides",
    "audit",
    "awaited",
    "buttons",
    "checkins",
    "claims",
    "clean",
    "deadlines",
    "decisions",
    "defaults",
    "entries",
    "former_chats",
    "group_notices",
    "groups",
    "leases",
    "lockdowns",
    "members",
    "metadata",
    "occurrences",
    "policies",
    "postings",
    "questions",
    "recent_messages",
    "replies",
    "roles",
    "setups",
    "tickets",
    "topic_purposes",
    "topics",
    "transactions",
    "undecided",
    "updates_seen",
    "users",
    "welcome_joins",
    "welcome_posts",
]
