"""Standing is a sum over rows: their order does not matter, what is void or over counts for nothing."""

from hypothesis import given
from hypothesis import strategies as st

from rules.conduct import measures
from rules.conduct.books import CLEAN, BookRow
from rules.conduct.effects import Entry
from rules.conduct.standing import CHANGES, after, rows_of, sum_up
from rules.conduct.verdict import Verdict
from tests.rules.conduct.make import DAY, NOON, Books, case, judged, policy

KINDS = sorted({*CHANGES, "reminder", "nickname_reminded", "rules_accepted", "pass_granted"})
SOON = st.integers(NOON - 30 * DAY, NOON)


@st.composite
def books(draw: st.DrawFn) -> list[BookRow]:
    size = draw(st.integers(0, 12))
    rows = [
        BookRow(
            number, draw(st.integers(1, 5)), draw(st.sampled_from(KINDS)),
            draw(st.sampled_from(["", "insult", "flooding", "ask_to_leave"])), draw(SOON), draw(st.booleans()),
            draw(st.one_of(st.just(0), st.integers(NOON - DAY, NOON + DAY))), NOON,
            draw(st.integers(NOON - 9, NOON + 9)),
            draw(st.integers(0, size)), draw(st.one_of(st.none(), SOON)), draw(st.booleans()),
        )
        for number in range(1, size + 1)
    ]  # fmt: skip
    voids = draw(st.lists(st.integers(1, 5), max_size=2))
    return rows + [BookRow(100 + v, 50 + v, "void", at=NOON, ref=v) for v in voids]


@given(books(), st.randoms())
def test_the_order_of_rows_does_not_matter(rows: list[BookRow], chance: object) -> None:
    shuffled = sorted(rows, key=lambda _: chance.random())  # type: ignore[attr-defined]
    assert sum_up(shuffled, NOON) == sum_up(rows, NOON)


@given(books(), st.integers(1, 5))
def test_a_void_removes_exactly_what_it_voids(rows: list[BookRow], decision_id: int) -> None:
    void = BookRow(999, 77, "void", at=NOON, ref=decision_id)
    assert sum_up([*rows, void], NOON) == sum_up([r for r in rows if r.decision_id != decision_id], NOON)


@given(books())
def test_voided_and_expired_rows_count_for_nothing(rows: list[BookRow]) -> None:
    gone = [r._replace(voided=True) for r in rows]
    over = [r._replace(valid_until=NOON) for r in rows if r.kind != "void"]
    assert sum_up([*rows, *over], NOON) == sum_up([*rows, *gone], NOON) == sum_up(rows, NOON)


ENTRIES = st.builds(
    Entry,
    st.sampled_from([kind for kind in KINDS if kind not in ("void", "held")]),
    st.sampled_from(["", "insult", "ask_to_leave"]),
    st.booleans(),
    st.one_of(st.just(0), st.integers(NOON - 2, NOON + DAY)),
    until=st.integers(NOON - 9, NOON + 9),
    ref=st.just(0),
)


@given(books(), st.lists(ENTRIES, max_size=4))
def test_a_batch_sees_what_the_books_will_say(rows: list[BookRow], entries: list[Entry]) -> None:
    verdict = Verdict(entries=tuple(entries))
    assert after(sum_up(rows, NOON), verdict, 9, NOON) == sum_up([*rows, *rows_of(verdict, 9, NOON)], NOON)


@given(books())
def test_no_count_is_ever_negative(rows: list[BookRow]) -> None:
    standing = sum_up(rows, NOON)
    assert min(standing.warnings, standing.fines_total, standing.asked) >= 0
    assert len(standing.open_fines) <= standing.fines_total
    assert all(rule.events > 0 for rule in standing.rules)


def test_nothing_in_the_books_is_clean() -> None:
    assert sum_up([], NOON) is CLEAN


def test_what_waits_for_a_leader_is_seen_and_counts_nothing() -> None:
    held = BookRow(0, 4, "held", "insult", NOON)
    standing = sum_up([held], NOON)
    assert [w.decision_id for w in standing.waiting] == [4]
    assert (standing.warnings, standing.rules) == (0, ())


def test_a_verdict_that_waits_changes_nothing_but_that() -> None:
    rules = policy(ladder={"severe_rules": (), "highest": "remind"})
    told = Books()
    told.say("insult", rules, NOON)
    held = judged("insult", rules, at=NOON + DAY, standing=told.standing(NOON + DAY))
    before = told.standing(NOON + DAY)
    assert held.held == "leader"
    assert after(before, held, 9, NOON + DAY)._replace(waiting=()) == before


def test_a_pardon_clears_what_counted_and_nothing_else() -> None:
    told, rules = Books(), policy(ad_without_red_packet={"fines": True})
    told.say("ad_without_red_packet", rules, NOON)
    told.write(measures.warn(told.case(NOON + 1), rules, "", "苏禾"), NOON + 1)
    told.write(measures.pardon(told.case(NOON + 2), rules), NOON + 2)
    standing = told.standing(NOON + 3)
    assert (standing.warnings, standing.rules, len(standing.open_fines)) == (0, (), 1)


def test_the_pardon_of_one_decision_leaves_the_others() -> None:
    told, rules = Books(), policy()
    for at in (NOON, NOON + 1):
        told.write(measures.warn(told.case(at), rules, "", "苏禾"), at)
    told.write(measures.pardon(case(""), rules, ref=1), NOON + 2)
    assert told.standing(NOON + 3).warnings == 1
