"""What is counted and measured, as Prometheus asks for it; no label holds a person, a chat or a word somebody wrote."""

import math

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, disable_created_metrics, generate_latest

from bot import VERSION

disable_created_metrics()  # type: ignore[no-untyped-call]

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
HANDLING = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10, 30)
WAITING = (1, 5, 15, 30, 60, 120, 300, 600, 1800, 3600, 10_800, 43_200)
LAGGING = (0.001, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5)

registry = CollectorRegistry()

updates_received = Counter(
    "dengta_updates_received", "Updates that were committed, by what they needed", ["type"], registry=registry
)
updates_duplicate = Counter("dengta_updates_duplicate", "Updates that came again", registry=registry)
undecided = Counter("dengta_undecided", "Updates and deadlines that were set aside", registry=registry)
intake_lag = Gauge(
    "dengta_intake_lag_seconds", "Age of the oldest update that is being taken in, 0 where none is", registry=registry
)
handling = Histogram(
    "dengta_handler_seconds", "From a batch in hand to its commit", buckets=HANDLING, registry=registry
)
decisions = Counter("dengta_decisions", "Decisions that were recorded", ["rule", "action", "mode"], registry=registry)
outbox_pending = Gauge("dengta_outbox_pending", "Acts that wait to be sent", ["kind"], registry=registry)
outbox_held = Gauge(
    "dengta_outbox_held", "Acts that wait for a right, a group or a person", ["cause"], registry=registry
)
outbox_oldest = Gauge(
    "dengta_outbox_oldest_seconds", "Age of the oldest act, posts aside, that could be sent now", registry=registry
)
outbox_unknown = Counter(
    "dengta_outbox_unknown", "Acts of which nobody knows whether they were done", registry=registry
)
telegram_requests = Counter(
    "dengta_telegram_requests", "Calls of the Bot API, by how they ended", ["method", "result"], registry=registry
)
telegram_retry_after = Histogram(
    "dengta_telegram_retry_after_seconds", "How long Telegram asked us to wait", buckets=WAITING, registry=registry
)
scheduled_late = Histogram(
    "dengta_scheduled_late_seconds", "How late what was due at a time was written", buckets=WAITING, registry=registry
)
scheduled_missed = Counter(
    "dengta_scheduled_missed", "Posts that were not sent because their time had gone", registry=registry
)
db_errors = Counter("dengta_db_errors", "Errors of the database that pass by themselves", ["kind"], registry=registry)
loop_lag = Histogram(
    "dengta_event_loop_lag_seconds", "How late the event loop comes to what is due", buckets=LAGGING, registry=registry
)
lease_held = Gauge("dengta_lease_held", "1 while this process holds the token's lease", registry=registry)
disk_free = Gauge("dengta_disk_free_ratio", "Free part of the disk the SQLite file is on", registry=registry)
build_info = Gauge("dengta_build_info", "Always 1; the label tells the version", ["version"], registry=registry)

build_info.labels(VERSION).set(1)
# Not a full disk, but none that is ours to look after.
disk_free.set(math.nan)


def scrape() -> bytes:
    """All series as text."""
    return generate_latest(registry)
