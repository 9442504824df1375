"""What arrival needs: claims, topics and what is said in them, words that are waited for, the group's notice, replies
to keywords, questions nobody answered, closed groups, and the defaults a group began with."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

TABLES = (
    "claims",
    "arrivals",
    "defaults",
    "awaited",
    "topics",
    "topic_purposes",
    "group_notices",
    "replies",
    "questions",
    "lockdowns",
    "setups",
)


def number(name: str, *, serial: bool = False) -> "sa.Column[int]":
    kind = sa.BigInteger().with_variant(sa.Integer(), "sqlite") if serial else sa.BigInteger()
    return sa.Column(name, kind, nullable=False, autoincrement=serial)


def words(name: str) -> "sa.Column[str]":
    return sa.Column(name, sa.Text(), nullable=False)


def yes_no(name: str) -> "sa.Column[bool]":
    return sa.Column(name, sa.Boolean(), nullable=False)


def only(where: str) -> dict[str, Any]:
    return {"sqlite_where": sa.text(where), "postgresql_where": sa.text(where)}


def primary(table: str, *columns: str) -> sa.PrimaryKeyConstraint:
    return sa.PrimaryKeyConstraint(*columns, name=op.f(f"pk_{table}"))


def of_group(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["group_id"], ["groups.id"], name=op.f(f"fk_{table}_group_id_groups"))


def upgrade() -> None:
    with op.batch_alter_table("groups") as groups:
        groups.add_column(sa.Column("defaults", sa.Text(), nullable=False, server_default=sa.text("''")))
        groups.add_column(sa.Column("second_language", sa.Text(), nullable=False, server_default=sa.text("''")))
    with op.batch_alter_table("acts") as acts:
        acts.add_column(sa.Column("quiet", sa.BigInteger(), nullable=False, server_default=sa.text("0")))
    op.create_index("ix_acts_counted", "acts", ["group_id", "settled_at"], **only("quiet > 0"))
    op.create_index("ix_acts_edits", "acts", ["chat_id", "message_id"], **only("kind = 'Edit'"))
    with op.batch_alter_table("users") as users:
        users.add_column(sa.Column("quiet_since", sa.BigInteger(), nullable=False, server_default=sa.text("0")))
    op.create_table(
        "claims",
        words("id"),
        number("created_at"),
        number("expires_at"),
        number("used_by"),
        number("used_at"),
        primary("claims", "id"),
    )
    op.create_table(
        "arrivals",
        number("group_id"),
        number("adder_id"),
        words("adder_name"),
        words("adder_username"),
        number("members"),
        yes_no("fresh"),
        number("asked_at"),
        words("template"),
        number("template_by"),
        number("at"),
        of_group("arrivals"),
        primary("arrivals", "group_id"),
    )
    op.create_table("defaults", words("fingerprint"), words("settings"), primary("defaults", "fingerprint"))
    op.create_table(
        "awaited",
        number("user_id"),
        words("kind"),
        number("group_id"),
        words("note"),
        number("at"),
        primary("awaited", "user_id"),
    )
    op.create_table(
        "topics",
        number("group_id"),
        number("thread_id"),
        words("name"),
        yes_no("closed"),
        of_group("topics"),
        primary("topics", "group_id", "thread_id"),
    )
    op.create_table(
        "topic_purposes",
        number("group_id"),
        words("purpose"),
        number("thread_id"),
        number("set_by"),
        number("at"),
        of_group("topic_purposes"),
        primary("topic_purposes", "group_id", "purpose"),
    )
    op.create_table(
        "group_notices",
        number("group_id"),
        words("text"),
        number("act_id"),
        number("message_id"),
        number("asked_about"),
        number("looked_at"),
        number("set_by"),
        number("at"),
        of_group("group_notices"),
        primary("group_notices", "group_id"),
    )
    op.create_table(
        "replies",
        number("id", serial=True),
        number("group_id"),
        words("kind"),
        words("pattern"),
        words("answer"),
        number("pause_seconds"),
        yes_no("enabled"),
        number("hits"),
        number("last_at"),
        number("created_by"),
        number("created_at"),
        of_group("replies"),
        primary("replies", "id"),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_replies_group_id"), "replies", ["group_id"])
    op.create_table(
        "questions",
        number("group_id"),
        number("message_id"),
        number("user_id"),
        number("thread_id"),
        number("at"),
        words("state"),
        number("repeated_at"),
        number("answered_at"),
        of_group("questions"),
        primary("questions", "group_id", "message_id"),
    )
    op.create_table(
        "lockdowns",
        number("group_id"),
        number("since"),
        number("until"),
        number("set_by"),
        words("permissions"),
        number("closing_act"),
        number("notice_act"),
        words("reason"),
        of_group("lockdowns"),
        primary("lockdowns", "group_id"),
    )
    op.create_table(
        "setups",
        number("group_id"),
        number("user_id"),
        number("at"),
        number("act_id"),
        number("done_at"),
        words("preset"),
        of_group("setups"),
        primary("setups", "group_id"),
    )
    op.create_index(op.f("ix_setups_user_id"), "setups", ["user_id"])


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)
    op.drop_index("ix_acts_edits", "acts")
    op.drop_index("ix_acts_counted", "acts")
    with op.batch_alter_table("users") as users:
        users.drop_column("quiet_since")
    with op.batch_alter_table("acts") as acts:
        acts.drop_column("quiet")
    with op.batch_alter_table("groups") as groups:
        groups.drop_column("second_language")
        groups.drop_column("defaults")
