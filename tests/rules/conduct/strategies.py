"""Random cases and policies for property tests."""

from typing import Any

from hypothesis import strategies as st

from rules.conduct.books import OpenFine, RuleStanding, Seen, Standing
from rules.conduct.case import Case, Recent
from rules.conduct.ladder import STEPS
from rules.conduct.policy import Policy
from tests.rules.conduct.make import DAY, GROUP, MEMBER, NOON, RULES, case, policy

RULE = st.sampled_from(RULES)
MOMENT = st.integers(NOON - 2 * DAY, NOON)
SEEN = st.builds(Seen, RULE, MOMENT, st.integers(1, 9))
WAITS = st.builds(Seen, RULE, MOMENT, st.integers(1, 9), st.sampled_from(["leader", "brake"]))
MAYBE = st.one_of(st.none(), MOMENT)

STANDINGS = st.builds(
    Standing,
    rules=st.lists(
        st.builds(RuleStanding, RULE, st.integers(1, 3), MOMENT, st.integers(1, 9), MAYBE, st.booleans()),
        max_size=3, unique_by=lambda rule: rule.rule,
    ).map(tuple),
    warnings=st.integers(0, 3),
    fines_total=st.integers(0, 2),
    open_fines=st.lists(
        st.builds(OpenFine, st.integers(1, 9), st.just("ad_without_red_packet"), MOMENT, st.booleans()), max_size=2
    ).map(tuple),
    asked_to_leave_at=MAYBE,
    pass_until=st.integers(NOON - DAY, NOON + DAY),
    nickname_asked_at=MAYBE,
    nickname_due_at=MAYBE,
    read_only=st.sampled_from([(), ("nickname_format",), ("ask_to_leave",)]),
    asked=st.integers(0, 1),
    observed=st.lists(SEEN, max_size=2, unique_by=lambda seen: seen.rule).map(tuple),
    waiting=st.lists(WAITS, max_size=1).map(tuple),
)  # fmt: skip

MEMBERS = st.builds(
    MEMBER._replace,
    joined_at=MAYBE,
    messages=st.integers(0, 20),
    rules_accepted_at=MAYBE,
    started_bot=st.booleans(),
    standing=STANDINGS,
    recent=st.lists(st.builds(Recent, st.integers(1, 400), MOMENT, st.integers(0, 3)), max_size=5).map(tuple),
)
GROUPS = st.builds(
    GROUP._replace,
    measures=st.lists(MOMENT, max_size=12).map(tuple),
    measures_all=st.lists(MOMENT, max_size=40).map(tuple),
    brake_asked=st.booleans(),
)
TEXTS = st.lists(RULE, max_size=3).map(" ".join)
SPARED: list[dict[str, Any]] = [
    {"sender": "anonymous_admin"}, {"sender": "linked_channel"}, {"sender": "telegram"}, {"sender": "self"},
    {"sender": "bot"}, {"is_bot": True},
]  # fmt: skip
STATUSES: list[dict[str, Any]] = [
    {"status": "creator"},
    {"status": "administrator"},
    {"roles": frozenset(["carer"])},
    {"is_bot": True},
]


@st.composite
def cases(draw: st.DrawFn, protected: bool = False, sender: str = "member") -> Case:
    facts: dict[str, Any] = {"kind": draw(st.sampled_from(["message", "edit", "join"])), "sender": sender}
    member = draw(MEMBERS)
    if sender == "channel":
        facts["sender_chat_id"] = -100555
    if protected and draw(st.booleans()):
        facts |= draw(st.sampled_from(SPARED))
    elif protected:
        member = member._replace(**draw(st.sampled_from(STATUSES)))
    made = case(draw(TEXTS), member=member, album_id=draw(st.sampled_from(["", "a"])), **facts)
    return made._replace(group=draw(GROUPS))


@st.composite
def policies(draw: st.DrawFn, mode: str = "enforce") -> Policy:
    ladder = {
        "highest": draw(st.sampled_from(STEPS)),
        "persuade_at": draw(st.integers(1, 3)),
        "severe_rules": draw(st.sampled_from([(), ("insult",), RULES])),
    }
    return policy(mode, ladder=ladder, ad_without_red_packet={"fines": draw(st.booleans())})
