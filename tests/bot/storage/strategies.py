"""Any value the rules may hand over, for round trips."""

from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from rules.conduct import effects
from rules.conduct.case import Case, GroupView, MemberView, Recent, Signal, TextView
from rules.conduct.effects import Act, Button, Card, Deadline, Entry, Mention, Phrase, Planned, Say
from rules.conduct.facts import Entity, Facts, Media
from rules.conduct.findings import Finding
from rules.conduct.standing import OpenFine, RuleStanding, Seen, Standing
from rules.conduct.verdict import Verdict

whole = st.integers(-(2**63), 2**63 - 1)
words = st.text(max_size=20)
ZONES = ("Asia/Shanghai", "Europe/Berlin", "UTC", "Australia/Lord_Howe")

mentions = st.builds(Mention, whole, words)
phrases = st.builds(
    Phrase, words, st.lists(st.tuples(words, words | whole | mentions), max_size=2).map(tuple)
)  # fmt: skip
sentences = st.lists(phrases, max_size=2).map(tuple)
buttons = st.lists(st.lists(st.from_type(Button), max_size=2).map(tuple), max_size=2).map(tuple)

st.register_type_strategy(int, whole)
st.register_type_strategy(str, words)
st.register_type_strategy(Phrase, phrases)
st.register_type_strategy(float, st.floats(allow_nan=False, allow_infinity=False))


def tuples(of: Any) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(of if isinstance(of, st.SearchStrategy) else st.from_type(of), max_size=2).map(tuple)


def acts() -> st.SearchStrategy[Act]:
    return st.one_of([act_of(kind) for kind in effects.Act.__args__])


def act_of(kind: type[Any]) -> st.SearchStrategy[Any]:
    if kind is Say:
        return st.builds(Say, words=sentences, buttons=buttons, alert=sentences)
    return st.from_type(kind)


facts = st.builds(
    Facts, entities=tuples(Entity), media=tuples(Media), buttons=tuples(words), tag=st.none() | words
)  # fmt: skip
seen = words | whole | st.floats(allow_nan=False, allow_infinity=False) | st.booleans() | st.none() | tuples(words)
findings = st.builds(Finding, seen=tuples(st.tuples(words, seen)))
standings = st.builds(
    Standing, rules=tuples(RuleStanding), open_fines=tuples(OpenFine), read_only=tuples(words), observed=tuples(Seen),
    waiting=tuples(Seen), asked_to_leave_at=st.none() | whole, muted_until=st.none() | whole,
)  # fmt: skip
views = st.builds(TextView, signals=tuples(Signal), lists=tuples(st.tuples(words, words)))
members = st.builds(
    MemberView, roles=st.frozensets(words, max_size=2), standing=standings, recent=tuples(Recent),
    joined_at=st.none() | whole, rules_accepted_at=st.none() | whole,
)  # fmt: skip
groups = st.builds(
    GroupView, zone=st.sampled_from(ZONES).map(ZoneInfo), rule_began=st.dictionaries(words, whole, max_size=2),
    measures=tuples(whole), prompts=st.frozensets(whole, max_size=2), quiet_windows=tuples(st.tuples(whole, whole)),
)  # fmt: skip
cases = st.builds(Case, facts, views, members, groups)
planned = st.builds(Planned, acts())
verdicts = st.builds(
    Verdict, findings=tuples(findings), entries=tuples(Entry), acts=tuples(planned),
    cards=tuples(st.builds(Card, words, sentences, buttons)), deadlines=tuples(Deadline),
)  # fmt: skip
