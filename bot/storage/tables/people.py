"""Groups and who is in them."""

from sqlalchemy import Index, Table, text

from bot.storage.tables.base import metadata, number, serial, words, yes_no

groups = Table(
    "groups",
    metadata,
    serial(),
    number("chat_id", unique=True),
    number("owner_id"),
    words("title"),
    words("kind"),
    words("state"),
    words("language"),
    words("zone"),
    yes_no("uses_tags"),
    yes_no("is_forum"),
    number("member_count"),
    number("bot_joined_at"),
    number("set_up_by"),
    number("moderators_chat"),
    number("linked_chat"),
    words("bot_status"),
    words("bot_rights"),
    words("rule_began"),
    number("policy_version"),
    number("admins_at"),
    words("defaults", server_default=text("''")),
    words("second_language", server_default=text("''")),
    number("created_at"),
)

# Ids that a group had before it became a supergroup: late updates and answers still name them.
former_chats = Table(
    "former_chats",
    metadata,
    number("chat_id", primary_key=True, autoincrement=False),
    number("group_id", "groups.id", index=True),
)

members = Table(
    "members",
    metadata,
    number("group_id", "groups.id", primary_key=True, autoincrement=False),
    number("user_id", primary_key=True, autoincrement=False),
    words("name"),
    words("username"),
    words("tag", nullable=True),
    words("nick"),
    yes_no("nick_exempt"),
    words("status"),
    number("status_at"),
    words("admin_rights"),
    yes_no("anonymous"),
    yes_no("is_bot"),
    number("joined_at", nullable=True),
    number("first_seen"),
    number("last_seen"),
    number("messages"),
    number("rules_accepted_at", nullable=True),
    sqlite_with_rowid=False,
)

users = Table(
    "users",
    metadata,
    number("user_id", primary_key=True, autoincrement=False),
    words("name"),
    words("username"),
    words("language"),
    number("started_at"),
    number("blocked_at"),
    number("quiet_since", server_default=text("0")),
)

# Group 0 stands for the whole installation.
roles = Table(
    "roles",
    metadata,
    number("group_id", primary_key=True, autoincrement=False),
    number("user_id", primary_key=True, autoincrement=False),
    words("role", primary_key=True),
    number("granted_by"),
    number("granted_at"),
    number("until"),
    Index(None, "user_id"),
)
