"""What the community decided, as values with defaults; one field a setting, its comment in `config.example.toml`."""

from dataclasses import dataclass, field
from typing import Literal

from rules.conduct.verdict import Mode

RuleName = Literal[
    "nickname_format", "ad_without_red_packet", "flooding", "insult", "blocked_text", "scam_newcomer",
    "hijacked_member", "impersonates_staff",
]  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class NicknameFormat:
    mode: Mode = "off"
    pattern: str = r"^\d{2}营-\S{1,8}-\S{2,6}$"
    example: str = "07营-林晓-上海"
    words: str = "期号-昵称-城市"
    deadline_hours: int = 24
    remind_hours: int = 12
    read_only: bool = True
    recheck_minutes: int = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class AdWithoutRedPacket:
    mode: Mode = "observe"
    fines: bool = False
    amount: int = 200
    shares: int = 100
    unit: str = "CNY"
    deadline_hours: int = 24
    pass_hours: int = 24
    min_signals: int = 2
    new_member_days: int = 7
    new_member_messages: int = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Flooding:
    mode: Mode = "observe"
    messages: int = 8
    seconds: int = 10
    same_text: int = 4
    same_text_seconds: int = 60
    mute_minutes: int = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Insult:
    mode: Mode = "observe"
    words: tuple[str, ...] = ()
    shipped_words: bool = True
    delete: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockedText:
    mode: Mode = "observe"
    words: tuple[str, ...] = ()
    patterns: tuple[str, ...] = ()
    allow: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ScamNewcomer:
    mode: Mode = "enforce"
    first_messages: int = 3
    hours: int = 24
    min_severe: int = 2
    mute_hours: int = 24


@dataclass(frozen=True, slots=True, kw_only=True)
class HijackedMember:
    """A member of so many days, or with so many messages, is known."""

    mode: Mode = "observe"
    min_severe: int = 2
    known_days: int = 7
    known_messages: int = 10
    mute_hours: int = 24


@dataclass(frozen=True, slots=True, kw_only=True)
class ImpersonatesStaff:
    """Leaders are asked, in either mode; nothing is done to anybody by itself."""

    mode: Mode = "observe"


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Notices:
    group_goal: str = "一起学习、一起成长"
    closing: str = ""
    delete_after_minutes: int = 60
    answers_seconds: int = 60


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
class Policy:
    nickname_format: NicknameFormat = field(default_factory=NicknameFormat)
    ad_without_red_packet: AdWithoutRedPacket = field(default_factory=AdWithoutRedPacket)
    flooding: Flooding = field(default_factory=Flooding)
    insult: Insult = field(default_factory=Insult)
    blocked_text: BlockedText = field(default_factory=BlockedText)
    scam_newcomer: ScamNewcomer = field(default_factory=ScamNewcomer)
    hijacked_member: HijackedMember = field(default_factory=HijackedMember)
    impersonates_staff: ImpersonatesStaff = field(default_factory=ImpersonatesStaff)
    ladder: Ladder = field(default_factory=Ladder)
    brakes: Brakes = field(default_factory=Brakes)
    notices: Notices = field(default_factory=Notices)
    welcome: Welcome = field(default_factory=Welcome)
    raid: Raid = field(default_factory=Raid)
    gate: Gate = field(default_factory=Gate)
    care: Care = field(default_factory=Care)
    checkin: Checkin = field(default_factory=Checkin)
    quiet: Quiet = field(default_factory=Quiet)
    exempt: Exempt = field(default_factory=Exempt)
    about: About = field(default_factory=About)
    replies: Replies = field(default_factory=Replies)
    questions: Questions = field(default_factory=Questions)
    rules_text: tuple[str, ...] = ()


DEFAULTS = Policy()
