"""Which values each setting takes, in one place: its type stands beside its default, everything else here."""

import re
from typing import NamedTuple

from rules.conduct.notice_lint import WAYS


class Allowed(NamedTuple):
    """A range of numbers (both ends allowed), or a form of texts: a regular expression and its description in words."""

    least: int | None = None
    most: int | None = None
    form: str = ""
    words: str = ""

    def refuses(self, value: object) -> bool:
        if isinstance(value, bool):
            return False
        if isinstance(value, int):
            return (self.least is not None and value < self.least) or (self.most is not None and value > self.most)
        return isinstance(value, str) and bool(self.form) and re.fullmatch(self.form, value) is None

    def __str__(self) -> str:
        return self.words or f"a whole number from {self.least} to {self.most}"


DAY_TIME = Allowed(form="(?:[01][0-9]|2[0-3]):[0-5][0-9]", words="a time of day such as 06:30")
SOME_TEXT = Allowed(form=r"(?s:.*\S.*)", words="a text that is not empty")
ANY_TEXT = Allowed(words="a text")
NOTICE = Allowed(form=r"(?s:.{0,900})", words="a text of at most 900 characters, thanks to aim in four parts")
CODE = Allowed(form=r"(?:R[1-9][0-9]?|-)?", words="a point of the rules such as R3, or - for none")

RANGES: dict[str, Allowed] = {
    "nickname_format.pattern": SOME_TEXT,
    "nickname_format.example": SOME_TEXT,
    "nickname_format.words": SOME_TEXT,
    "nickname_format.deadline_hours": Allowed(24, 24 * 30),
    "nickname_format.remind_hours": Allowed(1, 24 * 30),
    "nickname_format.recheck_minutes": Allowed(1, 24 * 60),
    "ad_without_red_packet.amount": Allowed(1, 1_000_000),
    "ad_without_red_packet.shares": Allowed(1, 10_000),
    "ad_without_red_packet.unit": Allowed(form="[A-Za-z]{1,12}", words="a currency such as CNY"),
    "ad_without_red_packet.deadline_hours": Allowed(24, 24 * 30),
    "ad_without_red_packet.pass_hours": Allowed(1, 24 * 30),
    "ad_without_red_packet.min_signals": Allowed(1, 10),
    "ad_without_red_packet.new_member_days": Allowed(0, 365),
    "ad_without_red_packet.new_member_messages": Allowed(0, 10_000),
    "flooding.messages": Allowed(2, 100),
    "flooding.seconds": Allowed(1, 3600),
    "flooding.same_text": Allowed(2, 100),
    "flooding.same_text_seconds": Allowed(1, 3600),
    "flooding.mute_minutes": Allowed(1, 24 * 60),
    "scam_newcomer.first_messages": Allowed(1, 100),
    "scam_newcomer.hours": Allowed(1, 24 * 30),
    "scam_newcomer.min_severe": Allowed(1, 10),
    "scam_newcomer.mute_hours": Allowed(1, 24 * 30),
    "hijacked_member.min_severe": Allowed(2, 10),
    "hijacked_member.known_days": Allowed(1, 365),
    "hijacked_member.known_messages": Allowed(1, 10_000),
    "hijacked_member.mute_hours": Allowed(1, 24 * 30),
    "needs_approval.new_member_days": Allowed(0, 365),
    "needs_approval.new_member_messages": Allowed(0, 10_000),
    "needs_approval.hours": Allowed(1, 24 * 7),
    "ladder.persuade_at": Allowed(1, 100),
    "ladder.valid_days": Allowed(1, 3650),
    "ladder.pause_minutes": Allowed(60, 30 * 24 * 60),
    "ladder.unanswered_hours": Allowed(24, 24 * 30),
    "brakes.percent": Allowed(1, 100),
    "brakes.least": Allowed(1, 1000),
    "brakes.most": Allowed(1, 1000),
    "brakes.installation_most": Allowed(1, 100_000),
    "brakes.removals_per_person": Allowed(1, 1000),
    "brakes.second_person_above": Allowed(1, 100_000),
    "desk.promised_hours": Allowed(1, 24 * 7),
    "desk.backup_after_hours": Allowed(1, 24 * 7),
    "notices.group_goal": ANY_TEXT,
    "notices.closing": ANY_TEXT,
    "notices.delete_after_minutes": Allowed(1, 47 * 60),
    "notices.answers_seconds": Allowed(5, 3600),
    "notices.heard_after_minutes": Allowed(0, 7 * 24 * 60),
    **{f"notice_texts.{way}": NOTICE for way in WAYS},
    "special_care.group": Allowed(0, 2**53),
    "special_care.clean_days": Allowed(1, 90),
    "special_care.carer": Allowed(0, 2**53),
    "welcome.merge_seconds": Allowed(1, 600),
    "welcome.pause_minutes": Allowed(0, 24 * 60),
    "appeals.days": Allowed(1, 365),
    "appeals.promised_hours": Allowed(24, 24 * 14),
    "welcome.text": ANY_TEXT,
    "raid.joins": Allowed(5, 1000),
    "raid.seconds": Allowed(5, 600),
    "blacklist.days": Allowed(1, 3650),
    "quiet.posts_a_day": Allowed(1, 8),
    "quiet.night_from": DAY_TIME,
    "quiet.night_until": DAY_TIME,
    "quiet.digest_at": DAY_TIME,
    "gate.hours": Allowed(1, 24 * 30),
    "care.help_line": Allowed(form=r"(?s:.{0,150})", words="a text of at most 150 characters"),
    "checkin.prompt_at": DAY_TIME,
    "checkin.points": Allowed(0, 1000),
    "checkin.day_starts_at": DAY_TIME,
    "about.theme": ANY_TEXT,
    "about.for_whom": ANY_TEXT,
    "replies.per_hour": Allowed(1, 1000),
    "replies.stays_minutes": Allowed(1, 47 * 60),
    "questions.minutes": Allowed(5, 24 * 60),
    "joining.answers_needed": Allowed(0, 20),
    "joining.pass_mark": Allowed(0, 20),
    "joining.promised_hours": Allowed(1, 24 * 30),
    "joining.fee": ANY_TEXT,
    "joining.decline_text": ANY_TEXT,
    "codes.ad_without_red_packet": CODE,
    "codes.blocked_text": CODE,
    "codes.flooding": CODE,
    "codes.insult": CODE,
    "codes.scam_newcomer": CODE,
    "codes.hijacked_member": CODE,
    "codes.nickname_format": CODE,
}

UNRESTRICTED = Allowed(words="a whole number or a text")
