"""The first tables: groups and members, books that only grow, the outbox, and what came in."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

TABLES = (
    "audit", "groups", "policies", "recent_messages", "roles", "undecided", "updates_seen", "users",
    "accounts", "checkins", "decisions", "former_chats", "members", "occurrences", "transactions",
    "welcome_joins", "welcome_posts", "acts", "asides", "buttons", "deadlines", "entries", "postings",
    "tickets",
)

# What may never change once it is written; the other columns are states, links for a merged group, and texts that
# may be erased. A column under EMPTIED may only become what stands beside it: a message has no number any more when its
# group has become a supergroup.
FROZEN = {
    "audit": "id, at, actor_kind, actor_id, action, target_id",
    "decisions": "id, key, user_id, issuer_kind, issuer_id, at, rule, step, mode, waits_for, update_id, "
    "policy_fingerprint, rules_version, reverses",
    "entries": "id, decision_id, user_id, at, kind, rule, counted, valid_until, amount, unit, shares, due_at, until, ref",
    "transactions": "id, key, kind, at, by",
    "postings": "transaction_id, line, account, unit, amount",
}
EMPTIED = {
    "audit": {"before": "''", "after": "''"},
    "decisions": {"reason": "''", "message_id": "0"},
    "entries": {"note": "''"},
    "transactions": {"note": "''"},
}


def serial() -> "sa.Column[int]":
    return sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False)


def number(name: str, *, nullable: bool = False) -> "sa.Column[int]":
    return sa.Column(name, sa.BigInteger(), nullable=nullable, autoincrement=False)


def words(name: str, *, nullable: bool = False) -> "sa.Column[str]":
    return sa.Column(name, sa.Text(), nullable=nullable)


def yes_no(name: str) -> "sa.Column[bool]":
    return sa.Column(name, sa.Boolean(), nullable=False)


def foreign(column: str, target: str, *, name: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [target], name=op.f(name))


def primary(*columns: str, name: str) -> sa.PrimaryKeyConstraint:
    return sa.PrimaryKeyConstraint(*columns, name=op.f(name))


def unique(*columns: str, name: str) -> sa.UniqueConstraint:
    return sa.UniqueConstraint(*columns, name=op.f(name))


def partial(name: str, table: str, columns: list[str], where: str, *, unique: bool = False) -> None:
    chosen: dict[str, Any] = {"sqlite_where": sa.text(where), "postgresql_where": sa.text(where)}
    op.create_index(name, table, columns, unique=unique, **chosen)


def upgrade() -> None:
    tables_of_people_and_merit()
    tables_of_conduct_and_the_outbox()
    indexes()
    if op.get_bind().dialect.name == "sqlite":
        op.execute("PRAGMA application_id = 1147498087")
        guards_of_sqlite()
    else:
        guards_of_postgresql()


def tables_of_people_and_merit() -> None:
    op.create_table(
        "audit", serial(), number("at"), words("actor_kind"), number("actor_id"), words("action"),
        number("group_id"), number("target_id"), words("before"), words("after"), primary("id", name="pk_audit")
    )
    op.create_table(
        "groups", serial(), number("chat_id"), number("owner_id"), words("title"), words("kind"), words("state"),
        words("language"), words("zone"), yes_no("uses_tags"), yes_no("is_forum"), number("member_count"),
        number("bot_joined_at"), number("set_up_by"), number("moderators_chat"), number("linked_chat"),
        words("bot_status"), words("bot_rights"), words("rule_began"), number("policy_version"), number("admins_at"),
        number("created_at"), primary("id", name="pk_groups"), unique("chat_id", name="uq_groups_chat_id")
    )
    op.create_table(
        "policies", serial(), words("scope"), number("scope_id"), words("changes"), number("author"),
        number("at"), primary("id", name="pk_policies")
    )
    op.create_table(
        "recent_messages", number("group_id"), number("message_id"), number("user_id"), number("at"),
        number("fold_hash"), number("simhash"), words("album_id"),
        primary("group_id", "message_id", name="pk_recent_messages"), sqlite_with_rowid=False
    )
    op.create_table(
        "roles", number("group_id"), number("user_id"), words("role"), number("granted_by"), number("granted_at"),
        number("until"), primary("group_id", "user_id", "role", name="pk_roles")
    )
    op.create_table(
        "undecided", serial(), number("bot_id"), number("update_id"), words("reason"), words("raw"), number("at"),
        number("resolved_at", nullable=True), primary("id", name="pk_undecided"),
        unique("bot_id", "update_id", name="uq_undecided_bot_id_update_id"), sqlite_autoincrement=True
    )
    op.create_table(
        "updates_seen", number("bot_id"), number("update_id"), number("at"),
        primary("bot_id", "update_id", name="pk_updates_seen"), sqlite_with_rowid=False
    )
    op.create_table(
        "users", number("user_id"), words("name"), words("username"), words("language"), number("started_at"),
        number("blocked_at"), primary("user_id", name="pk_users")
    )
    op.create_table(
        "accounts", number("group_id"), words("account"),
        foreign("group_id", "groups.id", name="fk_accounts_group_id_groups"),
        primary("group_id", "account", name="pk_accounts")
    )
    op.create_table(
        "checkins", number("group_id"), number("user_id"), words("local_date"), number("at"),
        foreign("group_id", "groups.id", name="fk_checkins_group_id_groups"),
        primary("group_id", "user_id", "local_date", name="pk_checkins")
    )
    op.create_table(
        "decisions", serial(), words("key"), number("group_id"), number("user_id"), words("issuer_kind"),
        number("issuer_id"), number("at"), words("rule"), words("step"), words("mode"), words("state"),
        words("waits_for"), yes_no("spends"), number("update_id"), number("message_id"), words("policy_fingerprint"),
        words("rules_version"), words("findings"), words("case_json"), words("verdict"), number("reverses", nullable=True), words("reason"),
        foreign("group_id", "groups.id", name="fk_decisions_group_id_groups"),
        foreign("reverses", "decisions.id", name="fk_decisions_reverses_decisions"),
        primary("id", name="pk_decisions"), unique("key", name="uq_decisions_key"),
        unique("reverses", name="uq_decisions_reverses")
    )
    op.create_table(
        "former_chats", number("chat_id"), number("group_id"),
        foreign("group_id", "groups.id", name="fk_former_chats_group_id_groups"),
        primary("chat_id", name="pk_former_chats")
    )
    op.create_table(
        "members", number("group_id"), number("user_id"), words("name"), words("username"),
        words("tag", nullable=True), words("nick"), yes_no("nick_exempt"), words("status"), number("status_at"),
        words("admin_rights"), yes_no("anonymous"), yes_no("is_bot"), number("joined_at", nullable=True),
        number("first_seen"), number("last_seen"), number("messages"), number("rules_accepted_at", nullable=True),
        foreign("group_id", "groups.id", name="fk_members_group_id_groups"),
        primary("group_id", "user_id", name="pk_members"), sqlite_with_rowid=False
    )
    op.create_table(
        "occurrences", words("key"), number("group_id"), number("due_at"), number("claimed_at"), words("state"),
        number("act_id", nullable=True), foreign("group_id", "groups.id", name="fk_occurrences_group_id_groups"),
        primary("key", name="pk_occurrences")
    )
    op.create_table(
        "transactions", serial(), words("key"), number("group_id"), words("kind"), number("at"), number("by"),
        words("note"), foreign("group_id", "groups.id", name="fk_transactions_group_id_groups"),
        primary("id", name="pk_transactions"), unique("key", name="uq_transactions_key")
    )
    op.create_table(
        "welcome_joins", serial(), number("group_id"), number("user_id"), words("name"), number("at"),
        number("act_id", nullable=True), foreign("group_id", "groups.id", name="fk_welcome_joins_group_id_groups"),
        primary("id", name="pk_welcome_joins"), sqlite_autoincrement=True
    )
    op.create_table(
        "welcome_posts", number("group_id"), number("act_id"), number("at"),
        foreign("group_id", "groups.id", name="fk_welcome_posts_group_id_groups"),
        primary("group_id", name="pk_welcome_posts")
    )


def tables_of_conduct_and_the_outbox() -> None:
    op.create_table(
        "acts", serial(), words("key"), number("decision_id", nullable=True), number("group_id", nullable=True),
        number("chat_id"), number("user_id"), words("kind"), words("act"), words("purpose"),
        yes_no("against_member"), yes_no("erased"), words("buttons"), number("lane"), words("state"), words("cause"), words("reason"),
        number("after_id", nullable=True), number("not_before"), number("expires_at"), number("attempts"),
        number("created_at"), number("settled_at"), number("message_id"), words("result"),
        foreign("after_id", "acts.id", name="fk_acts_after_id_acts"),
        foreign("decision_id", "decisions.id", name="fk_acts_decision_id_decisions"),
        foreign("group_id", "groups.id", name="fk_acts_group_id_groups"), primary("id", name="pk_acts"),
        unique("key", name="uq_acts_key"), sqlite_autoincrement=True
    )
    op.create_table(
        "asides", number("decision_id"), number("message_id"), number("group_id"), number("user_id"), number("at"),
        words("facts"),
        foreign("decision_id", "decisions.id", name="fk_asides_decision_id_decisions"),
        foreign("group_id", "groups.id", name="fk_asides_group_id_groups"),
        primary("decision_id", "message_id", name="pk_asides")
    )
    op.create_table(
        "buttons", words("id"), words("action"), words("audience"), number("user_id"), number("ref"), words("note"),
        number("group_id", nullable=True), number("decision_id", nullable=True), words("state"),
        number("created_at"), foreign("decision_id", "decisions.id", name="fk_buttons_decision_id_decisions"),
        foreign("group_id", "groups.id", name="fk_buttons_group_id_groups"), primary("id", name="pk_buttons")
    )
    op.create_table(
        "deadlines", serial(), words("kind"), number("group_id"), number("user_id"),
        number("decision_id", nullable=True), number("due_at"), words("state"), words("reason"),
        foreign("decision_id", "decisions.id", name="fk_deadlines_decision_id_decisions"),
        foreign("group_id", "groups.id", name="fk_deadlines_group_id_groups"), primary("id", name="pk_deadlines"), sqlite_autoincrement=True
    )
    op.create_table(
        "entries", serial(), number("decision_id"), number("group_id"), number("user_id"), number("at"),
        words("kind"), words("rule"), yes_no("counted"), number("valid_until"), number("amount"), words("unit"),
        number("shares"), number("due_at"), number("until"), number("ref"), words("note"),
        number("settles", nullable=True),
        foreign("decision_id", "decisions.id", name="fk_entries_decision_id_decisions"),
        foreign("group_id", "groups.id", name="fk_entries_group_id_groups"),
        foreign("settles", "entries.id", name="fk_entries_settles_entries"), primary("id", name="pk_entries"),
        unique("settles", name="uq_entries_settles")
    )
    op.create_table(
        "postings", number("transaction_id"), number("line"), number("group_id"), words("account"), words("unit"),
        number("amount"), foreign("group_id", "groups.id", name="fk_postings_group_id_groups"),
        foreign("transaction_id", "transactions.id", name="fk_postings_transaction_id_transactions"),
        primary("transaction_id", "line", name="pk_postings")
    )
    op.create_table(
        "tickets", serial(), number("group_id"), words("kind"), number("decision_id", nullable=True),
        number("user_id"), words("words"), words("state"), number("opened_at"), number("answered_by"),
        number("answered_at"), words("answer"),
        foreign("decision_id", "decisions.id", name="fk_tickets_decision_id_decisions"),
        foreign("group_id", "groups.id", name="fk_tickets_group_id_groups"), primary("id", name="pk_tickets"), sqlite_autoincrement=True
    )


def indexes() -> None:
    op.create_index("ix_audit_group_id", "audit", ["group_id"])
    op.create_index("ix_audit_target_id", "audit", ["target_id"])
    op.create_index("ix_policies_scope_scope_id", "policies", ["scope", "scope_id"])
    op.create_index("ix_roles_user_id", "roles", ["user_id"])
    op.create_index("ix_undecided_at", "undecided", ["at"])
    partial("ix_undecided_unresolved", "undecided", ["id"], "resolved_at IS NULL")
    op.create_index("ix_decisions_at", "decisions", ["at"])
    op.create_index("ix_decisions_group_id_message_id", "decisions", ["group_id", "message_id"])
    op.create_index("ix_decisions_group_id_user_id_at", "decisions", ["group_id", "user_id", "at"])
    op.create_index("ix_former_chats_group_id", "former_chats", ["group_id"])
    op.create_index("ix_occurrences_group_id", "occurrences", ["group_id"])
    op.create_index("ix_transactions_group_id", "transactions", ["group_id"])
    op.create_index("ix_acts_after_id", "acts", ["after_id"])
    op.create_index("ix_acts_created_at", "acts", ["created_at"])
    op.create_index("ix_acts_decision_id", "acts", ["decision_id"])
    op.create_index("ix_acts_group_id_purpose", "acts", ["group_id", "purpose"])
    partial("ix_acts_waiting", "acts", ["lane", "not_before"], "state IN ('pending', 'sending', 'held')")
    op.create_index("ix_asides_at", "asides", ["at"])
    op.create_index("ix_buttons_created_at", "buttons", ["created_at"])
    op.create_index("ix_buttons_decision_id", "buttons", ["decision_id"])
    op.create_index("ix_deadlines_decision_id", "deadlines", ["decision_id"])
    op.create_index("ix_deadlines_group_id_user_id", "deadlines", ["group_id", "user_id"])
    partial("ix_deadlines_open", "deadlines", ["due_at"], "state = 'open'")
    op.create_index("ix_entries_decision_id", "entries", ["decision_id"])
    op.create_index("ix_entries_group_id_user_id_at", "entries", ["group_id", "user_id", "at"])
    partial("ix_decisions_held", "decisions", ["group_id", "user_id"], "state = 'held'")
    partial("ix_entries_fines", "entries", ["group_id", "user_id"], "kind = 'fine_opened'")
    partial("ix_entries_read_only", "entries", ["group_id", "user_id"], "kind = 'read_only'")
    partial("ix_entries_void", "entries", ["ref"], "kind = 'void'")
    op.create_index("ix_postings_group_id_account", "postings", ["group_id", "account"])
    op.create_index("ix_tickets_decision_id", "tickets", ["decision_id"])
    op.create_index("ix_tickets_group_id_state", "tickets", ["group_id", "state"])
    partial("ix_welcome_joins_waiting", "welcome_joins", ["group_id", "user_id"], "act_id IS NULL", unique=True)


def guards_of_sqlite() -> None:
    for table, columns in FROZEN.items():
        refuse = f"BEGIN SELECT RAISE(ABORT, '{table} only grows'); END"
        op.execute(f"CREATE TRIGGER {table}_no_update BEFORE UPDATE OF {quoted(columns)} ON {table} {refuse}")
        op.execute(f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} {refuse}")
        for column, empty in EMPTIED.get(table, {}).items():
            changed = f"""new."{column}" <> {empty} AND new."{column}" <> old."{column}" """
            op.execute(f"""CREATE TRIGGER {table}_{column}_kept BEFORE UPDATE OF "{column}" ON {table} WHEN {changed}{refuse}""")


def guards_of_postgresql() -> None:
    op.execute(
        "CREATE FUNCTION only_grows() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION '% only grows', TG_TABLE_NAME; END $$"
    )
    for table, columns in FROZEN.items():
        refuse = "EXECUTE FUNCTION only_grows()"
        each = f"ON {table} FOR EACH ROW"
        op.execute(f"CREATE TRIGGER {table}_no_update BEFORE UPDATE OF {quoted(columns)} {each} {refuse}")
        op.execute(f"CREATE TRIGGER {table}_no_delete BEFORE DELETE {each} {refuse}")
        op.execute(f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} FOR EACH STATEMENT {refuse}")
        for column, empty in EMPTIED.get(table, {}).items():
            changed = f"""(new."{column}" <> {empty} AND new."{column}" <> old."{column}")"""
            op.execute(f"""CREATE TRIGGER {table}_{column}_kept BEFORE UPDATE OF "{column}" {each} WHEN {changed} {refuse}""")


def quoted(columns: str) -> str:
    return ", ".join(f'"{column}"' for column in columns.split(", "))


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)
    if op.get_bind().dialect.name == "sqlite":
        op.execute("PRAGMA application_id = 0")
    else:
        op.execute("DROP FUNCTION only_grows()")
