"""The books of conduct: decisions, their entries, and the messages that were set aside."""

from sqlalchemy import Index, Table, text

from bot.storage.tables.base import metadata, number, only, serial, words, yes_no

SETTLING = ("fine_paid", "fine_withdrawn", "fine_waived", "fine_void")

# `code` is the point of the group's rules that it cites (R3).
decisions = Table(
    "decisions",
    metadata,
    serial(),
    words("key", unique=True),
    number("group_id", "groups.id"),
    number("user_id"),
    words("issuer_kind"),
    number("issuer_id"),
    number("at"),
    words("rule"),
    words("step"),
    words("mode"),
    words("state"),
    words("waits_for"),
    yes_no("spends"),
    number("update_id"),
    number("message_id"),
    words("policy_fingerprint"),
    words("rules_version"),
    words("findings"),
    words("case_json"),
    words("verdict"),
    number("reverses", "decisions.id", nullable=True, unique=True),
    words("reason"),
    words("code", server_default=text("''")),
    Index(None, "group_id", "user_id", "at"),
    Index(None, "group_id", "message_id"),
    Index(None, "at"),
    Index("ix_decisions_held", "group_id", "user_id", **only("state = 'held'")),
)

# `settles` repeats `ref` for what ends a fine, so that a fine ends once; it is emptied when that end is taken back.
entries = Table(
    "entries",
    metadata,
    serial(),
    number("decision_id", "decisions.id", index=True),
    number("group_id", "groups.id"),
    number("user_id"),
    number("at"),
    words("kind"),
    words("rule"),
    yes_no("counted"),
    number("valid_until"),
    number("amount"),
    words("unit"),
    number("shares"),
    number("due_at"),
    number("until"),
    number("ref"),
    words("note"),
    number("settles", "entries.id", nullable=True, unique=True),
    Index(None, "group_id", "user_id", "at"),
    Index("ix_entries_void", "ref", **only("kind = 'void'")),
    Index("ix_entries_fines", "group_id", "user_id", **only("kind = 'fine_opened'")),
    Index("ix_entries_read_only", "group_id", "user_id", **only("kind = 'read_only'")),
)

asides = Table(
    "asides",
    metadata,
    number("decision_id", "decisions.id", primary_key=True, autoincrement=False),
    number("message_id", primary_key=True, autoincrement=False),
    number("group_id", "groups.id"),
    number("user_id"),
    number("at", index=True),
    words("facts"),
)
