"""Where a person is named: every column of every table, so that nothing about somebody is overlooked."""

NUMBERS: dict[str, tuple[tuple[str, ...], str]] = {
    "acknowledgements": (("user_id",), "at"),
    "acts": (("user_id", "chat_id"), "created_at"),
    "appeals": (("user_id", "reviewer_id"), "opened_at"),
    "arrivals": (("adder_id", "template_by"), "at"),
    "audit": (("actor_id", "target_id"), "at"),
    "backups": (("user_id", "backup_id", "set_by"), "at"),
    "blacklist": (("owner_id", "user_id", "added_by", "ended_by"), "added_at"),
    "cares": (("user_id", "carer_id"), "offered_at"),
    "checkins": (("user_id",), "at"),
    "claims": (("used_by",), "created_at"),
    "confirmations": (("user_id",), "at"),
    "deadlines": (("user_id",), ""),
    "decisions": (("user_id", "issuer_id"), "at"),
    "entries": (("user_id",), "at"),
    "group_notices": (("set_by",), "at"),
    "groups": (("owner_id", "set_up_by"), ""),
    "join_requests": (("user_id", "user_chat_id", "decided_by"), "asked_at"),
    "links": (("user_id", "used_by"), "created_at"),
    "lockdowns": (("set_by",), "since"),
    "owner_roles": (("owner_id", "user_id", "granted_by"), "granted_at"),
    "policies": (("author",), "at"),
    "quarrels": (("owner_id", "opened_by"), "opened_at"),
    "replies": (("created_by",), "created_at"),
    "roles": (("user_id", "granted_by"), "granted_at"),
    "roster": (("added_by", "used_by"), "added_at"),
    "setups": (("user_id",), "at"),
    "shifts": (("user_id", "added_by"), "at"),
    "tickets": (("user_id", "answered_by", "taken_by", "not_by"), "opened_at"),
    "topic_purposes": (("set_by",), "at"),
    "transactions": (("by",), "at"),
    "welcome_joins": (("user_id",), "at"),
}
"""Columns with the number of a person, and the column that says since when the row is there ("": it does not)."""

# Their rows go whole when somebody is forgotten, or are handled one by one.
GOES = {
    "asides": ("user_id",), "awaited": ("user_id",), "buttons": ("user_id",), "drafts": ("user_id",),
    "erasures": ("user_id", "asked_by"), "members": ("user_id",), "quarrel_messages": ("user_id",),
    "questions": ("user_id",), "recent_messages": ("user_id",), "users": ("user_id",),
}  # fmt: skip


def place_of(number: int) -> str:
    """A pattern for the number where it stands alone among other characters."""
    return rf"(?<!\d){number}(?!\d)"
