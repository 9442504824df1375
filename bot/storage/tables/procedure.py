"""What a fair procedure keeps beside decisions: who read a notice, appeals, links, the blacklist, who wants in, care,
roles over one owner's groups, shifts, quarrels, what waits for a second person or a confirmation."""

from sqlalchemy import Index, Table, text

from bot.storage.tables.base import metadata, number, only, serial, words

# Roles over all groups of one owner; those of one group stand in `roles`.
owner_roles = Table(
    "owner_roles",
    metadata,
    number("owner_id", primary_key=True, autoincrement=False),
    number("user_id", primary_key=True, autoincrement=False),
    words("role", primary_key=True),
    number("granted_by"),
    number("granted_at"),
    number("until"),
    Index(None, "user_id"),
)

# Whoever is quiet for too long is stood in for by `backup_id`.
backups = Table(
    "backups",
    metadata,
    number("group_id", "groups.id", primary_key=True, autoincrement=False),
    number("user_id", primary_key=True, autoincrement=False),
    number("backup_id"),
    number("set_by"),
    number("at"),
)

# `weekday` 0 is Monday; minutes of the group's day, `until_minute` up to 1440.
shifts = Table(
    "shifts",
    metadata,
    serial(),
    number("group_id", "groups.id", index=True),
    number("user_id"),
    number("weekday"),
    number("from_minute"),
    number("until_minute"),
    number("added_by"),
    number("at"),
    sqlite_autoincrement=True,
)

# That the person has read a notice: by [我知道了] or by a choice under it.
acknowledgements = Table(
    "acknowledgements",
    metadata,
    number("decision_id", "decisions.id", primary_key=True, autoincrement=False),
    number("user_id"),
    number("at"),
)

# `state`: open, accepted, refused, shortened, lifted (nobody looked in time), closed (taken back meanwhile).
appeals = Table(
    "appeals",
    metadata,
    serial(),
    number("decision_id", "decisions.id", index=True),
    number("group_id", "groups.id"),
    number("user_id"),
    words("words"),
    words("state"),
    number("opened_at"),
    number("due_at"),
    number("ticket_id"),
    number("reviewer_id"),
    number("decided_at"),
    words("reason"),
    Index("ix_appeals_open", "decision_id", unique=True, **only("state = 'open'")),
    Index(None, "group_id", "opened_at"),
    sqlite_autoincrement=True,
)

# Invite links the bot made, by the act that makes them; `url` is known once that act is done.
links = Table(
    "links",
    metadata,
    serial(),
    number("group_id", "groups.id", index=True),
    words("purpose"),
    number("user_id"),
    number("decision_id", "decisions.id", nullable=True, index=True),
    number("act_id", "acts.id", nullable=True, index=True),
    words("url"),
    number("created_at"),
    number("expires_at"),
    number("used_by"),
    number("used_at"),
    number("revoked_at"),
    sqlite_autoincrement=True,
)

# `state`: suggested, active, lifted, expired, refused; `evidence` is a decision or 0; `source`: person, import, rule.
blacklist = Table(
    "blacklist",
    metadata,
    serial(),
    number("owner_id"),
    number("user_id", index=True),
    words("name"),
    words("username"),
    words("reason"),
    number("evidence"),
    words("source"),
    words("state"),
    number("added_by"),
    number("added_at"),
    number("expires_at"),
    number("ended_by"),
    number("ended_at"),
    Index("ix_blacklist_active", "owner_id", "user_id", unique=True, **only("state = 'active'")),
    sqlite_autoincrement=True,
)

# `state`: asking (the questions are being answered), waiting (for a leader), approved, declined, gone.
join_requests = Table(
    "join_requests",
    metadata,
    serial(),
    number("group_id", "groups.id"),
    number("user_id"),
    words("name"),
    words("username"),
    number("user_chat_id"),
    words("link"),
    words("state"),
    words("answers"),
    number("score"),
    number("roster_id"),
    number("ticket_id"),
    number("asked_at"),
    number("decided_by"),
    number("decided_at"),
    words("reason"),
    Index("ix_join_requests_open", "group_id", "user_id", unique=True, **only("state IN ('asking', 'waiting')")),
    Index(None, "group_id", "asked_at"),
    Index(None, "user_id"),
    sqlite_autoincrement=True,
)

# Who may come in; matched by code or by username (folded to lower case).
roster = Table(
    "roster",
    metadata,
    serial(),
    number("group_id", "groups.id"),
    words("code"),
    words("username"),
    words("name"),
    words("note"),
    number("added_by"),
    number("added_at"),
    number("used_by"),
    number("used_at"),
    Index(None, "group_id", "code"),
    Index(None, "group_id", "username"),
    sqlite_autoincrement=True,
)

# One person's way through a special-care group. `state`: offered, inside, ready, back, ended.
cares = Table(
    "cares",
    metadata,
    serial(),
    number("group_id", "groups.id"),
    number("care_group_id", "groups.id"),
    number("user_id"),
    number("decision_id", "decisions.id", index=True),
    number("carer_id"),
    number("link_id"),
    words("state"),
    number("offered_at"),
    number("offers"),
    number("entered_at"),
    number("due_at"),
    number("ended_at"),
    Index("ix_cares_open", "care_group_id", "user_id", **only("state IN ('offered', 'inside', 'ready')")),
    sqlite_autoincrement=True,
)

# What somebody sent to be imported, until they have seen the preview and confirmed it.
drafts = Table(
    "drafts",
    metadata,
    serial(),
    number("user_id"),
    number("group_id"),
    words("kind"),
    words("content"),
    number("at", index=True),
    number("used_at"),
    sqlite_autoincrement=True,
)

# Who has said yes to what needs two people; `subject` names it.
confirmations = Table(
    "confirmations",
    metadata,
    words("subject", primary_key=True),
    number("user_id", primary_key=True, autoincrement=False),
    number("at"),
)

quarrels = Table(
    "quarrels",
    metadata,
    serial(),
    number("group_id", "groups.id"),
    words("title"),
    number("owner_id"),
    words("state"),
    number("opened_by"),
    number("opened_at"),
    number("closed_at"),
    words("note"),
    number("ticket_id"),
    Index(None, "group_id", "state"),
    sqlite_autoincrement=True,
)

quarrel_messages = Table(
    "quarrel_messages",
    metadata,
    number("quarrel_id", "quarrels.id", primary_key=True, autoincrement=False),
    number("message_id", primary_key=True, autoincrement=False),
    number("user_id"),
    number("at"),
    words("facts"),
)

# Who asked to be forgotten: names and texts go at once, the number when nothing in force needs it (`finished_at`).
erasures = Table(
    "erasures",
    metadata,
    serial(),
    number("user_id", index=True),
    number("asked_at"),
    number("asked_by"),
    number("finished_at"),
    number("pseudonym", server_default=text("0")),
    sqlite_autoincrement=True,
)
