"""Names are asked for, never punished: no ladder, no removal, a way out for everybody (fairness 9, J03)."""

import pytest

from rules.conduct import measures
from rules.conduct.case import MemberView
from rules.conduct.decide import decide
from rules.conduct.due import due
from rules.conduct.effects import Free, Remove, Restrict, SetTag
from rules.conduct.findings import Finding
from rules.conduct.verdict import Verdict
from tests.rules.conduct.make import CHECKS, DAY, GROUP, HOUR, MEMBER, NOON, Books, acts, case, kinds, policy, says

NAME = "nickname_format"
ON = policy(ladder={"highest": "remove", "severe_rules": (NAME,)})


def asked(at: int = NOON) -> Books:
    books = Books()
    books.say(NAME, ON, at)
    return books


def seen(at: int) -> MemberView:
    return MEMBER._replace(last_seen=at)


def test_a_newcomer_is_asked_with_example_deadline_and_two_buttons() -> None:
    verdict = Books().say(NAME, ON, NOON, kind="join")
    assert (verdict.step, kinds(verdict)) == ("ask_name", ["nickname_asked"])
    notice = says(verdict.acts)[0]
    assert [b.action for row in notice.buttons for b in row] == ["name.check", "name.register"]
    params = dict(notice.words[2].params)
    assert (params["example"], params["deadline"]) == ("07营-林晓-上海", "03-05 12:00")
    assert [(d.kind, d.due_at - NOON) for d in verdict.deadlines] == [
        ("nickname_remind", 20 * HOUR),
        ("nickname_due", DAY),
    ]


def test_nobody_is_asked_twice_for_the_same_name() -> None:
    again = asked().say(NAME, ON, NOON + HOUR)
    assert not again.stands


def test_who_comes_back_after_the_time_is_asked_anew() -> None:
    books = asked()
    assert books.say(NAME, ON, NOON + 9 * DAY, kind="join").step == "ask_name"


@pytest.mark.parametrize("hours", range(0, 400, 7))
def test_however_long_it_takes_no_step_of_the_ladder_is_taken(hours: int) -> None:
    books = asked()
    for at in (NOON + DAY, NOON + hours * HOUR):
        for kind in ("nickname_remind", "nickname_due"):
            verdict = due(books.case(at, seen(at - 60)), kind, 1, ON)
            assert Remove not in acts(verdict)
            assert not {"warning", "violation", "removal", "ask_to_leave"} & set(kinds(verdict))
            books.write(verdict, at)
    assert books.standing(NOON + hours * HOUR).warnings == 0


def test_the_reminder_comes_while_there_is_time() -> None:
    assert kinds(due(asked().case(NOON + 12 * HOUR), "nickname_remind", 1, ON)) == ["nickname_reminded"]
    assert not due(asked().case(NOON + DAY), "nickname_remind", 1, ON).stands


def test_who_was_here_after_the_notice_may_only_read_when_the_time_is_over() -> None:
    books, at = asked(), NOON + DAY + 60
    verdict = due(books.case(at, seen(NOON + HOUR)), "nickname_due", 1, ON)
    books.write(verdict, at)
    assert verdict.acts[0].act == Restrict(user_id=42)
    assert books.standing(at).read_only_for == NAME


@pytest.mark.parametrize("last_seen", [NOON - HOUR, NOON, NOON + 1])
def test_silence_is_not_refusal(last_seen: int) -> None:  # fairness 4
    verdict = due(asked().case(NOON + DAY + 60, seen(last_seen)), "nickname_due", 1, ON)
    assert (verdict.acts, verdict.entries) == ((), ())
    assert [d.kind for d in verdict.deadlines] == ["nickname_due"]


def test_a_group_may_choose_that_nobody_is_made_read_only() -> None:
    gentle = policy(nickname_format={"read_only": False})
    assert not due(asked().case(NOON + DAY + 60, seen(NOON + HOUR)), "nickname_due", 1, gentle).stands


def read_only() -> Books:
    books, at = asked(), NOON + DAY + 60
    books.write(due(books.case(at, seen(NOON + HOUR)), "nickname_due", 1, ON), at)
    return books


def test_the_right_name_frees() -> None:
    books, at = read_only(), NOON + 2 * DAY
    verdict = measures.name_fixed(books.case(at), ON)
    books.write(verdict, at)
    assert verdict.acts[0].act == Free(user_id=42)
    standing = books.standing(at)
    assert (standing.read_only_for, standing.nickname_asked_at) == ("", None)
    assert not measures.name_fixed(books.case(at), ON).stands


def test_a_message_under_the_right_name_settles_the_request() -> None:
    verdict = asked().say("你好", ON, NOON + HOUR)
    assert kinds(verdict) == ["nickname_settled"]
    assert verdict.acts == ()


@pytest.mark.parametrize("nick", ["07营-林晓-上海", "李", "Anna Maria", "阿依古丽·买买提", "Jean-Luc d'Été"])
def test_a_registered_name_always_suffices(nick: str) -> None:
    books, at = read_only(), NOON + 2 * DAY
    verdict = measures.register_nick(books.case(at), ON, nick)
    assert kinds(verdict) == ["nick_registered", "freed"]
    assert verdict.entries[0].note == nick
    assert Free in acts(verdict)


@pytest.mark.parametrize(("nick", "written"), [("07营-林晓-上海", True), ("07营-阿依古丽·买买提-乌鲁木齐市", False)])
def test_the_name_becomes_the_tag_where_it_fits(nick: str, written: bool) -> None:
    with_tags = asked().case(NOON + HOUR)._replace(group=GROUP._replace(uses_tags=True))
    verdict = measures.register_nick(with_tags, ON, nick)
    assert (SetTag(user_id=42, tag=nick) in [p.act for p in verdict.acts]) is written


def test_an_ask_that_is_only_observed_reaches_nobody() -> None:
    verdict = Books().say(NAME, policy("observe"), NOON)
    assert (verdict.cards, {p.simulated for p in verdict.acts}, kinds(verdict)) == ((), {True}, ["observed"])


def test_the_free_way_is_kept_when_another_mute_still_runs() -> None:
    books, at = read_only(), NOON + 2 * DAY
    muted: Verdict = measures.mute(books.case(at), ON, 7200, "")
    books.write(muted, at)
    assert muted.acts[0].act == Restrict(user_id=42)
    freed = measures.name_fixed(books.case(at + 60), ON)
    assert freed.acts[0].act == Restrict(user_id=42, until=at + 7200)


def test_in_private_where_the_person_has_started_the_bot() -> None:
    started = MEMBER._replace(started_bot=True)
    (notice,) = says(decide(case(NAME, member=started), ON, CHECKS).acts)
    assert (notice.to_user, bool(notice.instead)) == (42, True)


@pytest.mark.parametrize(("no_reminders", "to_user"), [(False, 42), (True, 0)])
def test_a_reminder_is_private_as_long_as_the_person_likes_that(no_reminders: bool, to_user: int) -> None:
    member = MEMBER._replace(started_bot=True, no_reminders=no_reminders)
    (said,) = says(due(asked().case(NOON + 12 * HOUR, member), "nickname_remind", 1, ON).acts)
    assert (said.to_user, said.purpose) == (to_user, "reminder" if to_user else "notice")


def test_whoever_joins_is_asked_together_with_the_others_of_the_wave() -> None:
    for welcome, wave in (({"merge_seconds": 30}, 60), ({"enabled": False}, 0)):
        rules = policy(nickname_format={}, welcome=welcome)
        (asking,) = decide(case(NAME, kind="join"), rules, CHECKS).acts
        assert asking.not_before == (NOON + wave if wave else 0)


def test_a_leader_may_ask_for_a_name_once() -> None:
    verdict = measures.ask_name(Books().case(NOON), ON)
    assert kinds(verdict) == ["nickname_asked"]
    assert not measures.ask_name(asked().case(NOON + HOUR), ON).stands
    assert not measures.ask_name(Books().case(NOON), policy("off")).stands
    assert not measures.ask_name(Books().case(NOON, MEMBER._replace(status="creator")), ON).stands


def test_a_message_whose_name_nothing_could_be_said_of_settles_nothing() -> None:
    asked_before = MEMBER._replace(standing=asked().standing(NOON + HOUR))
    said = case("你好", member=asked_before)
    # The scan compared no name, while another rule looked at the words and let them be.
    blind = [(NAME, lambda c, p: Finding(NAME, False)), ("insult", lambda c, p: Finding("insult", False, (("n", 1),)))]
    assert not decide(said, ON, tuple(blind)).stands
