"""What waited for a leader begins when it is let go: nobody loses time that they never had (fairness 4)."""

from rules.conduct import ladder, words
from rules.conduct.effects import Delete, Restrict, Say
from rules.conduct.release import let_go
from rules.conduct.verdict import Verdict
from tests.rules.conduct.make import DAY, HOUR, NOON, SHANGHAI, Books, case, judged, policy, says

ON = policy(ad_without_red_packet={"fines": True})
LATE = 2 * DAY + 5 * HOUR


def held(verdict: Verdict) -> Verdict:
    return verdict._replace(held="leader", acts=tuple(p._replace(held="leader") for p in verdict.acts))


def released(verdict: Verdict, late: int = LATE) -> Verdict:
    return let_go(held(verdict), NOON, NOON + late, SHANGHAI)


def test_nothing_waits_any_more() -> None:
    verdict = released(judged("insult", ON))
    assert verdict.held == ""
    assert {p.held for p in verdict.acts} == {""}


def test_a_mute_lasts_as_long_as_was_meant() -> None:
    first, then = judged("flooding", ON), released(judged("flooding", ON))
    assert [(e.kind, e.until) for e in then.entries] == [(e.kind, e.until and e.until + LATE) for e in first.entries]
    assert [e.valid_until for e in then.entries] == [e.valid_until and e.valid_until + LATE for e in first.entries]
    until = next(p.act.until for p in first.acts if isinstance(p.act, Restrict))
    assert next(p.act.until for p in then.acts if isinstance(p.act, Restrict)) == until + LATE


def test_a_restriction_without_an_end_still_has_none() -> None:
    asked = ladder.ask(case("你好"), ON, words.of_leader(""), Verdict())
    assert Restrict(user_id=42) in [p.act for p in released(asked).acts]


def test_the_fine_has_its_whole_time_by_day_and_the_notice_says_the_new_moment() -> None:
    first, then = judged("ad_without_red_packet", ON), released(judged("ad_without_red_packet", ON), 11 * HOUR)
    # A day after 23:00 is at night: it ends in the morning.
    assert [d.due_at for d in first.deadlines] == [NOON + DAY]
    assert [d.due_at for d in then.deadlines] == [NOON + DAY + 20 * HOUR]
    assert then.entries[-1].due_at == NOON + DAY + 20 * HOUR
    notice = next(p.act for p in then.acts if isinstance(p.act, Say))
    written = {v for phrase in (*notice.words, *notice.alert) for k, v in phrase.params if k == "deadline"}
    assert written == {"03-06 08:00"}


def test_what_has_no_time_in_it_is_the_same() -> None:
    first = judged("insult", ON)
    assert [p.act for p in released(first).acts if isinstance(p.act, Delete)] == [
        p.act for p in first.acts if isinstance(p.act, Delete)
    ]


def test_the_day_until_which_a_reminder_counts_moves_and_is_said_anew() -> None:
    books, low = Books(), policy(ladder={"highest": "remind"})
    books.say("insult", low, NOON - 2 * HOUR)
    waits = books.say("insult", low, NOON, message_id=501)
    later_on = let_go(waits, NOON, NOON + 3 * DAY, SHANGHAI)
    days = [
        (dict(phrase.params)["month"], dict(phrase.params)["day"])
        for verdict in (waits, later_on)
        for said in says(verdict.acts)
        for phrase in said.alert
        if "day" in dict(phrase.params)
    ]
    assert set(days) == {(3, 25), (3, 28)}
    assert {e.valid_until for e in later_on.entries} == {NOON + 24 * DAY}
