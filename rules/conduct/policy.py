"""What the community decided, as values with defaults; one field a setting, its comment in `config.example.toml`."""

from dataclasses import dataclass, field
from typing import Literal

from rules.conduct.joining import Joining
from rules.conduct.policy_rules import RuleName, Rules


@dataclass(frozen=True, slots=True, kw_only=True)
class Gate:
    """Whoever joins may only read until they have pressed that they read the rules."""

    enabled: bool = False
    hours: int = 24


@dataclass(frozen=True, slots=True, kw_only=True)
class Care:
    """Complaints and distress are protected always; `help_line` is told to somebody in distress, alone."""

    help_line: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ladder:
    """Steps above a reminder. `highest` is the highest step taken without a person."""

    highest: Literal["remind", "warn", "ask_to_leave", "remove"] = "warn"
    persuade_at: int = 2
    valid_days: int = 21
    pause_minutes: int = 60
    unanswered_hours: int = 24
    removal: Literal["kick", "ban"] = "kick"
    severe_rules: tuple[RuleName, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Brakes:
    percent: int = 5
    least: int = 3
    most: int = 10
    installation_most: int = 30
    removals_per_person: int = 5
    second_person_above: int = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Notices:
    group_goal: str = "一起学习、一起成长"
    closing: str = ""
    delete_after_minutes: int = 60
    answers_seconds: int = 60
    way: Literal["private_first", "both"] = "private_first"
    heard_after_minutes: int = 0
    preview: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeTexts:
    """A group's own wording of its notices, in four parts as `notice_lint` asks; "" is ours."""

    remind: str = ""
    warn: str = ""
    ask_to_leave: str = ""
    remove: str = ""
    mute: str = ""
    fine: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SpecialCare:
    """A group in which somebody has more time for a member; `group` and `carer` are 0 where there is none."""

    group: int = 0
    clean_days: int = 7
    carer: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Welcome:
    enabled: bool = True
    merge_seconds: int = 30
    pause_minutes: int = 10
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Raid:
    """So many who join within so many seconds are a wave that leaders are asked about."""

    enabled: bool = True
    joins: int = 20
    seconds: int = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Checkin:
    enabled: bool = False
    prompt_at: str = "06:30"
    points: int = 1
    day_starts_at: str = "04:00"


@dataclass(frozen=True, slots=True, kw_only=True)
class Replies:
    """Answers to keywords: nothing is said where a group has written none."""

    enabled: bool = True
    per_hour: int = 20
    stays_minutes: int = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Questions:
    """A question nobody answers is repeated to volunteers after so many minutes."""

    enabled: bool = False
    minutes: int = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Quiet:
    """How rarely the bot speaks in a group unasked, and between which local times it does not at all."""

    posts_a_day: int = 8
    night_from: str = "22:00"
    night_until: str = "08:00"
    digest_at: str = "20:00"


@dataclass(frozen=True, slots=True, kw_only=True)
class Exempt:
    """Who is never measured, besides those Telegram protects and holders of the bot's own roles (fairness 12)."""

    user_ids: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What the group is about and for whom; what it is for stands in `notices.group_goal`."""

    theme: str = ""
    for_whom: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Codes:
    """Which point of the group's rules each rule cites; empty as `rules.conduct.codes` says, "-" none."""

    ad_without_red_packet: str = ""
    blocked_text: str = ""
    flooding: str = ""
    insult: str = ""
    scam_newcomer: str = ""
    hijacked_member: str = ""
    nickname_format: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """Whoever takes a question up promises an answer; after so much silence it goes to whoever stands in."""

    promised_hours: int = 24
    backup_after_hours: int = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Blacklist:
    """Who is put on it without an end of its own stays for so many days."""

    days: int = 90


@dataclass(frozen=True, slots=True, kw_only=True)
class Appeals:
    """For so many days a decision may be appealed; an answer is promised within so many hours."""

    days: int = 7
    promised_hours: int = 48


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy(Rules):
    ladder: Ladder = field(default_factory=Ladder)
    brakes: Brakes = field(default_factory=Brakes)
    notices: Notices = field(default_factory=Notices)
    notice_texts: NoticeTexts = field(default_factory=NoticeTexts)
    special_care: SpecialCare = field(default_factory=SpecialCare)
    welcome: Welcome = field(default_factory=Welcome)
    raid: Raid = field(default_factory=Raid)
    blacklist: Blacklist = field(default_factory=Blacklist)
    gate: Gate = field(default_factory=Gate)
    care: Care = field(default_factory=Care)
    checkin: Checkin = field(default_factory=Checkin)
    quiet: Quiet = field(default_factory=Quiet)
    exempt: Exempt = field(default_factory=Exempt)
    about: About = field(default_factory=About)
    replies: Replies = field(default_factory=Replies)
    questions: Questions = field(default_factory=Questions)
    codes: Codes = field(default_factory=Codes)
    joining: Joining = field(default_factory=Joining)
    desk: Desk = field(default_factory=Desk)
    appeals: Appeals = field(default_factory=Appeals)
    rules_text: tuple[str, ...] = ()


DEFAULTS = Policy()
