"""What each rule takes: its settings with their defaults, and its place in the policy (`docs/write-a-rule.md`)."""

from dataclasses import dataclass, field
from typing import Literal, NewType

from rules.conduct.content import Kind
from rules.conduct.verdict import Mode

# The name of a field of `Rules`, so that a rule need not be listed a second time.
RuleName = NewType("RuleName", str)


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
    links: tuple[str, ...] = ()
    allow_links: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    kinds: tuple[Kind, ...] = ()


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
class NeedsApproval:
    """What a leader looks at before it stands in the group; `user_ids` are members of whom it always does."""

    mode: Mode = "off"
    kinds: tuple[Literal["link", "file", "forward", "ad"], ...] = ("link", "file", "forward")
    whom: Literal["all", "newcomers", "chosen"] = "newcomers"
    new_member_days: int = 7
    new_member_messages: int = 10
    user_ids: tuple[int, ...] = ()
    allow_links: tuple[str, ...] = ()
    hours: int = 24
    unanswered: Literal["return", "post"] = "return"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """The part of the policy that is about rules; `Policy` holds everything else besides."""

    nickname_format: NicknameFormat = field(default_factory=NicknameFormat)
    ad_without_red_packet: AdWithoutRedPacket = field(default_factory=AdWithoutRedPacket)
    flooding: Flooding = field(default_factory=Flooding)
    insult: Insult = field(default_factory=Insult)
    blocked_text: BlockedText = field(default_factory=BlockedText)
    scam_newcomer: ScamNewcomer = field(default_factory=ScamNewcomer)
    hijacked_member: HijackedMember = field(default_factory=HijackedMember)
    impersonates_staff: ImpersonatesStaff = field(default_factory=ImpersonatesStaff)
    needs_approval: NeedsApproval = field(default_factory=NeedsApproval)
