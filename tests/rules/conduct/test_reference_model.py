"""Random rule sets and random updates: the books say what a hundred-line model says (Q1)."""

from hypothesis import example, given
from hypothesis import strategies as st

from rules.conduct.policy import Policy
from tests.rules.conduct.make import DAY, HOUR, MEMBER, NOON, RULES, Books, policy
from tests.rules.conduct.reference_model import STEPS, Event, Ledger, Model

SEVERE = policy(ladder={"highest": "remove", "severe_rules": ("insult",)}, ad_without_red_packet={"fines": True})
AN_AD_BEFORE_AND_AFTER_A_REMOVAL = [
    Event("ad_without_red_packet", NOON), Event("insult", NOON + 1), Event("ad_without_red_packet", NOON + 2),
]  # fmt: skip
JUDGED = [rule for rule in RULES if rule != "nickname_format"]


@st.composite
def rule_sets(draw: st.DrawFn) -> Policy:
    modes = {rule: {"mode": draw(st.sampled_from(["off", "enforce", "enforce", "enforce"]))} for rule in JUDGED}
    ladder = {
        "highest": draw(st.sampled_from(STEPS)),
        "persuade_at": draw(st.integers(1, 3)),
        "valid_days": draw(st.integers(1, 21)),
        "pause_minutes": draw(st.sampled_from([30, 60, 600])),
        "severe_rules": draw(st.sampled_from([(), ("insult",)])),
    }
    modes["ad_without_red_packet"]["fines"] = draw(st.booleans())  # type: ignore[assignment]
    return policy("off", ladder=ladder, **modes)


@st.composite
def updates(draw: st.DrawFn) -> list[Event]:
    gaps = st.sampled_from([1, 60, HOUR, HOUR + 1, 2 * HOUR, DAY, 5 * DAY])
    steps = draw(st.lists(st.tuples(st.sampled_from(JUDGED), gaps), max_size=25))
    at, found = NOON, []
    for rule, gap in steps:
        at += gap
        found.append(Event(rule, at))
    return found


def ledger(rules: Policy, events: list[Event]) -> Ledger:
    books = Books()
    for event in events:
        newcomer = MEMBER._replace(joined_at=event.at - HOUR)
        books.say(event.rule, rules, event.at, newcomer)
    return [(row.at, row.kind, row.rule) for row in books.rows if row.kind != "held"]


@given(rule_sets(), updates())
@example(policy(ladder={"highest": "remove"}), [Event("insult", NOON + i * 2 * HOUR) for i in range(6)])
@example(SEVERE, AN_AD_BEFORE_AND_AFTER_A_REMOVAL)
def test_the_books_say_what_the_model_says(rules: Policy, events: list[Event]) -> None:
    model = Model(rules)
    for event in events:
        model.happens(event)
    assert ledger(rules, events) == model.ledger
