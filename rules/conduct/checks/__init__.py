"""One file an offence: (Case, Policy) -> Finding; `CHECKS` is all there are, and their names are permanent."""

from collections.abc import Callable

from rules.conduct.case import Case
from rules.conduct.checks import (
    ad_without_red_packet,
    blocked_text,
    flooding,
    hijacked_member,
    impersonates_staff,
    insult,
    needs_approval,
    nickname_format,
    scam_newcomer,
)
from rules.conduct.findings import Finding
from rules.conduct.policy import Policy

Check = Callable[[Case, Policy], Finding]
Checks = tuple[tuple[str, Check], ...]

CHECKS: Checks = (
    ("scam_newcomer", scam_newcomer.check),
    ("blocked_text", blocked_text.check),
    ("insult", insult.check),
    ("flooding", flooding.check),
    ("ad_without_red_packet", ad_without_red_packet.check),
    ("nickname_format", nickname_format.check),
    ("hijacked_member", hijacked_member.check),
    ("impersonates_staff", impersonates_staff.check),
    ("needs_approval", needs_approval.check),
)
