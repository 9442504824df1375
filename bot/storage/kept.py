"""How long each table keeps what it holds about people, in words; docs/privacy.md says the same, held by a test."""

from bot.storage import awaited, drafts, fading, retention

TEXT = "`retention.text_days` (90)"
BOOKS = "until you ask to be forgotten; a measure in force until it ends"
GROUP = "as long as the group uses the bot"
TASK = "as long as the task lasts"

KEPT: dict[str, str] = {
    "members": BOOKS, "users": BOOKS, "checkins": BOOKS, "transactions": BOOKS, "postings": BOOKS, "accounts": BOOKS,
    "entries": BOOKS, "decisions": f"words after {TEXT} days; number, rule and outcome {BOOKS}",
    "asides": f"{TEXT} days", "acts": f"words after {TEXT} days", "tickets": f"words {TEXT} days after the answer",
    "appeals": f"words {TEXT} days after they are decided", "acknowledgements": BOOKS,
    "join_requests": f"{retention.REQUEST_DAYS} days after they are decided",
    "roster": f"until a leader removes it; names {TEXT} days after it was used",
    "blacklist": f"until it ends; name and reason {TEXT} days longer",
    "quarrel_messages": f"until the case is closed, and {TEXT} days longer", "quarrels": GROUP,
    "cares": f"{fading.CARE_DAYS} days after it ends",
    "links": f"{fading.LINK_DAYS} days; the address until it is used",
    "audit": f"{BOOKS}; reasons {TEXT} days", "policies": GROUP,
    "recent_messages": f"{retention.RECENT_DAYS} days, never the words",
    "updates_seen": f"{retention.SEEN_DAYS} days, only numbers",
    "undecided": f"{retention.UNDECIDED_DAYS} days",
    "questions": f"{retention.QUESTION_DAYS} days, never the words",
    "welcome_joins": f"{retention.WELCOME_DAYS} days", "welcome_posts": GROUP,
    "deadlines": f"{retention.DEADLINE_DAYS} days after they are over", "buttons": f"{retention.BUTTON_DAYS} days",
    "occurrences": f"{retention.OCCURRENCE_DAYS} days",
    "awaited": f"{awaited.SECONDS // 60} minutes", "drafts": f"{drafts.SECONDS // 3600} hours",
    "confirmations": f"{fading.CONFIRMATION_DAYS} days",
    "roles": TASK, "owner_roles": TASK, "backups": TASK, "shifts": TASK,
    "groups": GROUP, "former_chats": GROUP, "topics": GROUP, "topic_purposes": GROUP, "group_notices": GROUP,
    "replies": GROUP, "lockdowns": GROUP, "setups": GROUP, "arrivals": GROUP, "claims": GROUP, "defaults": GROUP,
    "leases": "nothing about people", "erasures": "only that somebody asked, and when",
}  # fmt: skip
