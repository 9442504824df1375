"""What is set up in a group's first days: claims, topics, the notice, replies, questions, who closed a group."""

from sqlalchemy import Table

from bot.storage.tables.base import metadata, number, serial, words, yes_no

# `id` is a hash of what stands in the link, never the link itself.
claims = Table(
    "claims",
    metadata,
    words("id", primary_key=True),
    number("created_at"),
    number("expires_at"),
    number("used_by"),
    number("used_at"),
)

# How a group came to the bot; `asked_at` 0: nobody had to be asked; `fresh`: the group was not known before.
arrivals = Table(
    "arrivals",
    metadata,
    number("group_id", "groups.id", primary_key=True, autoincrement=False),
    number("adder_id"),
    words("adder_name"),
    words("adder_username"),
    number("members"),
    yes_no("fresh"),
    number("asked_at"),
    words("template"),
    number("template_by"),
    number("at"),
)

# The settings a group began with: a newer program changes nothing of what it enforces.
defaults = Table("defaults", metadata, words("fingerprint", primary_key=True), words("settings"))

# What the next thing a person says in private will answer; one at a time.
awaited = Table(
    "awaited",
    metadata,
    number("user_id", primary_key=True, autoincrement=False),
    words("kind"),
    number("group_id"),
    words("note"),
    number("at"),
)

topics = Table(
    "topics",
    metadata,
    number("group_id", "groups.id", primary_key=True, autoincrement=False),
    number("thread_id", primary_key=True, autoincrement=False),
    words("name"),
    yes_no("closed"),
)

topic_purposes = Table(
    "topic_purposes",
    metadata,
    number("group_id", "groups.id", primary_key=True, autoincrement=False),
    words("purpose", primary_key=True),
    number("thread_id"),
    number("set_by"),
    number("at"),
)

# `message_id` is where it stands (0: not known yet); `asked_about` the other pinned message leaders were asked about.
group_notices = Table(
    "group_notices",
    metadata,
    number("group_id", "groups.id", primary_key=True, autoincrement=False),
    words("text"),
    number("act_id"),
    number("message_id"),
    number("asked_about"),
    number("looked_at"),
    number("set_by"),
    number("at"),
)

replies = Table(
    "replies",
    metadata,
    serial(),
    number("group_id", "groups.id", index=True),
    words("kind"),
    words("pattern"),
    words("answer"),
    number("pause_seconds"),
    yes_no("enabled"),
    number("hits"),
    number("last_at"),
    number("created_by"),
    number("created_at"),
    sqlite_autoincrement=True,
)

questions = Table(
    "questions",
    metadata,
    number("group_id", "groups.id", primary_key=True, autoincrement=False),
    number("message_id", primary_key=True, autoincrement=False),
    number("user_id"),
    number("thread_id"),
    number("at"),
    words("state"),
    number("repeated_at"),
    number("answered_at"),
)

# `permissions` are those that everybody had before, to be given back.
lockdowns = Table(
    "lockdowns",
    metadata,
    number("group_id", "groups.id", primary_key=True, autoincrement=False),
    number("since"),
    number("until"),
    number("set_by"),
    words("permissions"),
    number("closing_act"),
    number("notice_act"),
    words("reason"),
)

# Who set a group up, in which post they see what it still needs, and what they chose; a post may be about many groups.
setups = Table(
    "setups",
    metadata,
    number("group_id", "groups.id", primary_key=True, autoincrement=False),
    number("user_id", index=True),
    number("at"),
    number("act_id"),
    number("done_at"),
    words("preset"),
)
