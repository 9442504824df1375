"""What a fair procedure keeps: roles over one owner's groups, shifts, appeals, links, the blacklist, requests to join,
care, quarrels, what waits for a second person; what a ticket promises, the code of a rule, the reason of a policy."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

TABLES = (
    "owner_roles",
    "backups",
    "shifts",
    "acknowledgements",
    "appeals",
    "links",
    "blacklist",
    "join_requests",
    "roster",
    "cares",
    "drafts",
    "confirmations",
    "quarrels",
    "quarrel_messages",
    "erasures",
)

ZERO, NOTHING = sa.text("0"), sa.text("''")
TICKETS = ("taken_by", "taken_at", "due_at", "not_by", "escalated_at")

# Columns of the books that name a person: each may only become the pseudonym of somebody who is being forgotten. What is
# left beside them stays as it was frozen by the first migration.
PERSONS = {
    "audit": ("actor_id", "target_id"),
    "decisions": ("user_id", "issuer_id", "key"),
    "entries": ("user_id",),
    "transactions": ("by", "key"),
    "postings": ("account",),
}
FROZEN = {
    "audit": ("id", "at", "actor_kind", "action"),
    "decisions": ("id", "issuer_kind", "at", "rule", "step", "mode", "waits_for", "update_id", "policy_fingerprint", "rules_version", "reverses", "code"),
    "entries": ("id", "decision_id", "at", "kind", "rule", "counted", "valid_until", "amount", "unit", "shares", "due_at", "until", "ref"),
    "transactions": ("id", "kind", "at"),
    "postings": ("transaction_id", "line", "unit", "amount"),
}
# No person of Telegram has such a number (2**60).
FIRST_PSEUDONYM = 1152921504606846976
IN_PLACE = (
    "EXISTS (SELECT 1 FROM erasures WHERE finished_at = 0 AND pseudonym >= {first} AND ':' || {new} || ':' = "
    "replace(':' || {old} || ':', ':' || user_id || ':', ':' || pseudonym || ':'))"
)


def number(name: str, *, serial: bool = False, nullable: bool = False, default: Any = None) -> "sa.Column[int]":
    kind = sa.BigInteger().with_variant(sa.Integer(), "sqlite") if serial else sa.BigInteger()
    return sa.Column(name, kind, nullable=nullable, autoincrement=serial, server_default=default)


def words(name: str, *, default: Any = None) -> "sa.Column[str]":
    return sa.Column(name, sa.Text(), nullable=False, server_default=default)


def only(where: str) -> dict[str, Any]:
    return {"sqlite_where": sa.text(where), "postgresql_where": sa.text(where)}


def primary(table: str, *columns: str) -> sa.PrimaryKeyConstraint:
    return sa.PrimaryKeyConstraint(*columns, name=op.f(f"pk_{table}"))


def of(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=op.f(f"fk_{table}_{column}_{other}"))


def upgrade() -> None:
    # By plain ALTER TABLE: a table that is rebuilt on SQLite loses the triggers that keep the books.
    for name in TICKETS:
        op.add_column("tickets", number(name, default=ZERO))
    op.add_column("tickets", words("audience", default=sa.text("'leaders'")))
    op.create_index("ix_tickets_promised", "tickets", ["due_at"], **only("state = 'open' AND due_at > 0"))
    op.add_column("decisions", words("code", default=NOTHING))
    op.add_column("policies", words("reason", default=NOTHING))
    create_tables()
    if op.get_bind().dialect.name == "sqlite":
        guards_of_sqlite()
    else:
        guards_of_postgresql()


def guards_of_sqlite() -> None:
    for table, frozen in FROZEN.items():
        refuse = f"BEGIN SELECT RAISE(ABORT, '{table} only grows'); END"
        frozen_by_sqlite(table, frozen, refuse)
        for column in PERSONS[table]:
            place = IN_PLACE.format(first=FIRST_PSEUDONYM, new=f'new."{column}"', old=f'old."{column}"')
            of = f'BEFORE UPDATE OF "{column}" ON {table}'
            op.execute(f"CREATE TRIGGER {table}_{column}_kept {of} WHEN NOT {place} {refuse}")


def frozen_by_sqlite(table: str, columns: tuple[str, ...], refuse: str) -> None:
    op.execute(f"DROP TRIGGER {table}_no_update")
    op.execute(f"CREATE TRIGGER {table}_no_update BEFORE UPDATE OF {quoted(columns)} ON {table} {refuse}")


def guards_of_postgresql() -> None:
    place = IN_PLACE.format(
        first=FIRST_PSEUDONYM, new="(to_jsonb(new) ->> TG_ARGV[0])", old="(to_jsonb(old) ->> TG_ARGV[0])"
    )
    op.execute(
        "CREATE FUNCTION only_a_pseudonym() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"IF NOT {place} THEN RAISE EXCEPTION '% only grows', TG_TABLE_NAME; END IF; RETURN new; END $$"
    )
    for table, frozen in FROZEN.items():
        frozen_by_postgresql(table, frozen)
        for column in PERSONS[table]:
            of = f'BEFORE UPDATE OF "{column}" ON {table} FOR EACH ROW'
            op.execute(f"CREATE TRIGGER {table}_{column}_kept {of} EXECUTE FUNCTION only_a_pseudonym('{column}')")


def frozen_by_postgresql(table: str, columns: tuple[str, ...]) -> None:
    op.execute(f"DROP TRIGGER {table}_no_update ON {table}")
    of = f"BEFORE UPDATE OF {quoted(columns)} ON {table} FOR EACH ROW"
    op.execute(f"CREATE TRIGGER {table}_no_update {of} EXECUTE FUNCTION only_grows()")


def quoted(columns: tuple[str, ...]) -> str:
    return ", ".join(f'"{column}"' for column in columns)


def former_guards() -> None:
    """As the first migration made them: no column that names a person changes at all."""
    sqlite = op.get_bind().dialect.name == "sqlite"
    for table, now in FROZEN.items():
        frozen = tuple(column for column in now if column != "code")
        for column in PERSONS[table]:
            op.execute(f"DROP TRIGGER {table}_{column}_kept" + ("" if sqlite else f" ON {table}"))
        if sqlite:
            refuse = f"BEGIN SELECT RAISE(ABORT, '{table} only grows'); END"
            frozen_by_sqlite(table, (*frozen, *PERSONS[table]), refuse)
        else:
            frozen_by_postgresql(table, (*frozen, *PERSONS[table]))
    if not sqlite:
        op.execute("DROP FUNCTION only_a_pseudonym()")


def create_tables() -> None:
    op.create_table(
        "owner_roles",
        number("owner_id"),
        number("user_id"),
        words("role"),
        number("granted_by"),
        number("granted_at"),
        number("until"),
        primary("owner_roles", "owner_id", "user_id", "role"),
    )
    op.create_index(op.f("ix_owner_roles_user_id"), "owner_roles", ["user_id"])
    op.create_table(
        "backups",
        number("group_id"),
        number("user_id"),
        number("backup_id"),
        number("set_by"),
        number("at"),
        of("backups", "group_id", "groups"),
        primary("backups", "group_id", "user_id"),
    )
    op.create_table(
        "shifts",
        number("id", serial=True),
        number("group_id"),
        number("user_id"),
        number("weekday"),
        number("from_minute"),
        number("until_minute"),
        number("added_by"),
        number("at"),
        of("shifts", "group_id", "groups"),
        primary("shifts", "id"),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_shifts_group_id"), "shifts", ["group_id"])
    op.create_table(
        "acknowledgements",
        number("decision_id"),
        number("user_id"),
        number("at"),
        of("acknowledgements", "decision_id", "decisions"),
        primary("acknowledgements", "decision_id"),
    )
    op.create_table(
        "appeals",
        number("id", serial=True),
        number("decision_id"),
        number("group_id"),
        number("user_id"),
        words("words"),
        words("state"),
        number("opened_at"),
        number("due_at"),
        number("ticket_id"),
        number("reviewer_id"),
        number("decided_at"),
        words("reason"),
        of("appeals", "decision_id", "decisions"),
        of("appeals", "group_id", "groups"),
        primary("appeals", "id"),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_appeals_decision_id"), "appeals", ["decision_id"])
    op.create_index(op.f("ix_appeals_group_id_opened_at"), "appeals", ["group_id", "opened_at"])
    op.create_index("ix_appeals_open", "appeals", ["decision_id"], unique=True, **only("state = 'open'"))
    op.create_table(
        "links",
        number("id", serial=True),
        number("group_id"),
        words("purpose"),
        number("user_id"),
        number("decision_id", nullable=True),
        number("act_id", nullable=True),
        words("url"),
        number("created_at"),
        number("expires_at"),
        number("used_by"),
        number("used_at"),
        number("revoked_at"),
        of("links", "group_id", "groups"),
        of("links", "decision_id", "decisions"),
        of("links", "act_id", "acts"),
        primary("links", "id"),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_links_act_id"), "links", ["act_id"])
    op.create_index(op.f("ix_links_decision_id"), "links", ["decision_id"])
    op.create_index(op.f("ix_links_group_id"), "links", ["group_id"])
    op.create_table(
        "blacklist",
        number("id", serial=True),
        number("owner_id"),
        number("user_id"),
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
        primary("blacklist", "id"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_blacklist_active", "blacklist", ["owner_id", "user_id"], unique=True, **only("state = 'active'"))
    op.create_index(op.f("ix_blacklist_user_id"), "blacklist", ["user_id"])
    op.create_table(
        "join_requests",
        number("id", serial=True),
        number("group_id"),
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
        of("join_requests", "group_id", "groups"),
        primary("join_requests", "id"),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_join_requests_group_id_asked_at"), "join_requests", ["group_id", "asked_at"])
    op.create_index(op.f("ix_join_requests_user_id"), "join_requests", ["user_id"])
    op.create_index("ix_join_requests_open", "join_requests", ["group_id", "user_id"], unique=True, **only("state IN ('asking', 'waiting')"))
    op.create_table(
        "roster",
        number("id", serial=True),
        number("group_id"),
        words("code"),
        words("username"),
        words("name"),
        words("note"),
        number("added_by"),
        number("added_at"),
        number("used_by"),
        number("used_at"),
        of("roster", "group_id", "groups"),
        primary("roster", "id"),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_roster_group_id_code"), "roster", ["group_id", "code"])
    op.create_index(op.f("ix_roster_group_id_username"), "roster", ["group_id", "username"])
    op.create_table(
        "cares",
        number("id", serial=True),
        number("group_id"),
        number("care_group_id"),
        number("user_id"),
        number("decision_id"),
        number("carer_id"),
        number("link_id"),
        words("state"),
        number("offered_at"),
        number("offers"),
        number("entered_at"),
        number("due_at"),
        number("ended_at"),
        of("cares", "group_id", "groups"),
        of("cares", "care_group_id", "groups"),
        of("cares", "decision_id", "decisions"),
        primary("cares", "id"),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_cares_decision_id"), "cares", ["decision_id"])
    op.create_index("ix_cares_open", "cares", ["care_group_id", "user_id"], **only("state IN ('offered', 'inside', 'ready')"))
    op.create_table(
        "drafts",
        number("id", serial=True),
        number("user_id"),
        number("group_id"),
        words("kind"),
        words("content"),
        number("at"),
        number("used_at"),
        primary("drafts", "id"),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_drafts_at"), "drafts", ["at"])
    op.create_table(
        "confirmations",
        words("subject"),
        number("user_id"),
        number("at"),
        primary("confirmations", "subject", "user_id"),
    )
    op.create_table(
        "quarrels",
        number("id", serial=True),
        number("group_id"),
        words("title"),
        number("owner_id"),
        words("state"),
        number("opened_by"),
        number("opened_at"),
        number("closed_at"),
        words("note"),
        number("ticket_id"),
        of("quarrels", "group_id", "groups"),
        primary("quarrels", "id"),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_quarrels_group_id_state"), "quarrels", ["group_id", "state"])
    op.create_table(
        "quarrel_messages",
        number("quarrel_id"),
        number("message_id"),
        number("user_id"),
        number("at"),
        words("facts"),
        of("quarrel_messages", "quarrel_id", "quarrels"),
        primary("quarrel_messages", "quarrel_id", "message_id"),
    )
    op.create_table(
        "erasures",
        number("id", serial=True),
        number("user_id"),
        number("asked_at"),
        number("asked_by"),
        number("finished_at"),
        number("pseudonym", default=ZERO),
        primary("erasures", "id"),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_erasures_user_id"), "erasures", ["user_id"])


def downgrade() -> None:
    former_guards()
    for table in reversed(TABLES):
        op.drop_table(table)
    op.drop_column("policies", "reason")
    op.drop_column("decisions", "code")
    op.drop_index("ix_tickets_promised", "tickets")
    for name in ("audience", *reversed(TICKETS)):
        op.drop_column("tickets", name)
