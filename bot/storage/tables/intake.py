"""What came in and what was ordered: updates, recent messages without their text, policies, the audit."""

from sqlalchemy import Index, Table, UniqueConstraint, text

from bot.storage.tables.base import metadata, number, only, serial, words

updates_seen = Table(
    "updates_seen",
    metadata,
    number("bot_id", primary_key=True, autoincrement=False),
    number("update_id", primary_key=True, autoincrement=False),
    number("at"),
    sqlite_with_rowid=False,
)

undecided = Table(
    "undecided",
    metadata,
    serial(),
    number("bot_id"),
    number("update_id"),
    words("reason"),
    words("raw"),
    number("at", index=True),
    number("resolved_at", nullable=True),
    UniqueConstraint("bot_id", "update_id"),
    Index("ix_undecided_unresolved", "id", **only("resolved_at IS NULL")),
    sqlite_autoincrement=True,
)

# Keyed by message, not by person: new rows then go to few pages, one a group. No index by time, here and above: it
# would cost with every message what a trim saves once a day.
recent_messages = Table(
    "recent_messages",
    metadata,
    number("group_id", primary_key=True, autoincrement=False),
    number("message_id", primary_key=True, autoincrement=False),
    number("user_id"),
    number("at"),
    number("fold_hash"),
    number("simhash"),
    words("album_id"),
    sqlite_with_rowid=False,
)

policies = Table(
    "policies",
    metadata,
    serial(),
    words("scope"),
    number("scope_id"),
    words("changes"),
    number("author"),
    number("at"),
    words("reason", server_default=text("''")),
    Index(None, "scope", "scope_id"),
)

audit = Table(
    "audit",
    metadata,
    serial(),
    number("at"),
    words("actor_kind"),
    number("actor_id"),
    words("action"),
    number("group_id", index=True),
    number("target_id", index=True),
    words("before"),
    words("after"),
)
