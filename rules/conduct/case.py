"""All that a decision may use: the facts, what the shell saw in the text, and what was known then."""

from collections.abc import Mapping
from datetime import tzinfo
from typing import NamedTuple

from rules.conduct.facts import Facts
from rules.conduct.standing import CLEAN, Standing


class Signal(NamedTuple):
    """A reason to think something of a text: `id` is permanent, `word` is what stood in the original text.

    A weak signal supports others and says nothing alone.
    """

    id: str
    word: str
    severe: bool = False
    weak: bool = False


class Alike(NamedTuple):
    """Somebody who leads the group, under whose name others could take somebody else for them."""

    user_id: int
    name: str
    username: str = ""


class TextView(NamedTuple):
    """What the shell saw in a text. `lists` and `patterns` hold hits of the group's words: (list id, word as written).

    `fold_hash` is 0 for a text without words; equal hashes mean equal folded texts.
    Hits inside quotations carry the list id with `.quoted` behind it. `names` says of the sender's name and tag whether
    they fit the group's format after folding; empty where there is none. `resembles` are leaders
    for whom the sender could be taken by name. `version` names folding, lists and weights.
    """

    folded: str = ""
    fold_hash: int = 0
    signals: tuple[Signal, ...] = ()
    lists: tuple[tuple[str, str], ...] = ()
    patterns: tuple[tuple[str, str], ...] = ()
    score: float = 0.0
    version: str = ""
    names: tuple[tuple[str, bool], ...] = ()
    resembles: tuple[Alike, ...] = ()


NOTHING_SEEN = TextView()


class Recent(NamedTuple):
    """A message of the same member a moment ago (Unix seconds), for floods."""

    message_id: int
    at: int
    fold_hash: int
    album_id: str = ""


class MemberView(NamedTuple):
    """What was known of the member before this event.

    `joined_at` is None where the join was not seen (present before the bot came). `status` is Telegram's word.
    `nick` is the name registered with /nick. `roles` are the bot's own roles, which need no Telegram rights.
    `recent` is oldest first and never contains the message being judged.
    """

    user_id: int
    name: str = ""
    username: str = ""
    tag: str = ""
    nick: str = ""
    nick_exempt: bool = False
    status: str = "member"
    is_bot: bool = False
    joined_at: int | None = None
    first_seen: int = 0
    last_seen: int = 0
    messages: int = 0
    rules_accepted_at: int | None = None
    started_bot: bool = False
    roles: frozenset[str] = frozenset()
    standing: Standing = CLEAN
    recent: tuple[Recent, ...] = ()
    no_reminders: bool = False


class GroupView(NamedTuple):
    """What was known of the group. `measures` are the Unix seconds of measures against members in the last hour,
    `measures_all` those of the whole installation; answers to the messages `prompts` are never flooding or insults.

    `rule_began` says since when each rule is enforced here; members who were here before are treated gently.
    `brake_asked`: a card already asks whether the braked measures may go on; `brake_lifted_until`: a leader said yes.
    """

    group_id: int
    chat_id: int
    owner_id: int
    title: str
    zone: tzinfo
    zone_name: str
    language: str = "zh_Hans"
    kind: str = "supergroup"
    uses_tags: bool = False
    member_count: int = 0
    bot_joined_at: int = 0
    rule_began: Mapping[str, int] = {}
    measures: tuple[int, ...] = ()
    measures_all: tuple[int, ...] = ()
    prompts: frozenset[int] = frozenset()
    quiet_windows: tuple[tuple[int, int], ...] = ()
    brake_asked: bool = False
    brake_lifted_until: int = 0


class Case(NamedTuple):
    """One event with everything that may be used to decide it. `now` is the event's time; there is no other clock."""

    facts: Facts
    view: TextView
    member: MemberView
    group: GroupView

    @property
    def now(self) -> int:
        return self.facts.at

    @property
    def messages_before(self) -> int:
        """How many the member had sent before this one; an edited message was counted when it was sent."""
        return self.member.messages - (self.facts.kind == "edit")
