"""One file an offence: (Case, Policy) -> Finding; `CHECKS` is all there are, and their names are permanent."""

from collections.abc import Callable

from rules.conduct.case import Case
from rules.conduct.checks.ad_without_red_packet import ad_without_red_packet
from rules.conduct.checks.blocked_text import blocked_text
from rules.conduct.checks.flooding import flooding
from rules.conduct.checks.insult import insult
from rules.conduct.checks.nickname_format import nickname_format
from rules.conduct.checks.scam_newcomer import scam_newcomer
from rules.conduct.findings import Finding
from rules.conduct.policy import Policy

Check = Callable[[Case, Policy], Finding]

CHECKS: tuple[tuple[str, Check], ...] = (
    ("scam_newcomer", scam_newcomer),
    ("blocked_text", blocked_text),
    ("insult", insult),
    ("flooding", flooding),
    ("ad_without_red_packet", ad_without_red_packet),
    ("nickname_format", nickname_format),
)
