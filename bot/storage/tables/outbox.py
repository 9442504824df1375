"""What is still to be done: acts and their buttons, deadlines, tickets, occurrences, joins to welcome."""

from sqlalchemy import Index, Table, text

from bot.storage.tables.base import metadata, number, only, serial, words, yes_no

# Rows below are trimmed, and their numbers stand in keys of other rows: SQLite must not give a number twice.
acts = Table(
    "acts",
    metadata,
    serial(),
    words("key", unique=True),
    number("decision_id", "decisions.id", nullable=True, index=True),
    number("group_id", "groups.id", nullable=True),
    number("chat_id"),
    number("user_id"),
    words("kind"),
    words("act"),
    words("purpose"),
    yes_no("against_member"),
    yes_no("erased"),
    words("buttons"),
    number("lane"),
    words("state"),
    words("cause"),
    words("reason"),
    number("after_id", "acts.id", nullable=True),
    number("not_before"),
    number("expires_at"),
    number("attempts"),
    number("created_at", index=True),
    number("settled_at"),
    number("message_id"),
    words("result"),
    number("quiet", server_default=text("0")),
    Index("ix_acts_waiting", "lane", "not_before", **only("state IN ('pending', 'sending', 'held')")),
    Index(None, "after_id"),
    Index(None, "group_id", "purpose"),
    Index("ix_acts_counted", "group_id", "settled_at", **only("quiet > 0")),
    Index("ix_acts_edits", "chat_id", "message_id", **only("kind = 'Edit'")),
    sqlite_autoincrement=True,
)

buttons = Table(
    "buttons",
    metadata,
    words("id", primary_key=True),
    words("action"),
    words("audience"),
    number("user_id"),
    number("ref"),
    words("note"),
    number("group_id", "groups.id", nullable=True),
    number("decision_id", "decisions.id", nullable=True, index=True),
    words("state"),
    number("created_at", index=True),
)

deadlines = Table(
    "deadlines",
    metadata,
    serial(),
    words("kind"),
    number("group_id", "groups.id"),
    number("user_id"),
    number("decision_id", "decisions.id", nullable=True, index=True),
    number("due_at"),
    words("state"),
    words("reason"),
    Index("ix_deadlines_open", "due_at", **only("state = 'open'")),
    Index(None, "group_id", "user_id"),
    sqlite_autoincrement=True,
)

# `taken_by` looks after it while it is open, an answer is promised until `due_at` (0: not), `audience` is the role that
# may answer, `not_by` may not (whoever decided what is asked about), `escalated_at` is when the backup was told.
tickets = Table(
    "tickets",
    metadata,
    serial(),
    number("group_id", "groups.id"),
    words("kind"),
    number("decision_id", "decisions.id", nullable=True, index=True),
    number("user_id"),
    words("words"),
    words("state"),
    number("opened_at"),
    number("answered_by"),
    number("answered_at"),
    words("answer"),
    number("taken_by", server_default=text("0")),
    number("taken_at", server_default=text("0")),
    number("due_at", server_default=text("0")),
    words("audience", server_default=text("'leaders'")),
    number("not_by", server_default=text("0")),
    number("escalated_at", server_default=text("0")),
    Index(None, "group_id", "state"),
    Index("ix_tickets_promised", "due_at", **only("state = 'open' AND due_at > 0")),
    sqlite_autoincrement=True,
)

occurrences = Table(
    "occurrences",
    metadata,
    words("key", primary_key=True),
    number("group_id", "groups.id", index=True),
    number("due_at"),
    number("claimed_at"),
    words("state"),
    number("act_id", nullable=True),
)

welcome_joins = Table(
    "welcome_joins",
    metadata,
    serial(),
    number("group_id", "groups.id"),
    number("user_id"),
    words("name"),
    number("at"),
    number("act_id", nullable=True),
    Index("ix_welcome_joins_waiting", "group_id", "user_id", unique=True, **only("act_id IS NULL")),
    sqlite_autoincrement=True,
)

welcome_posts = Table(
    "welcome_posts",
    metadata,
    number("group_id", "groups.id", primary_key=True, autoincrement=False),
    number("act_id"),
    number("at"),
)
