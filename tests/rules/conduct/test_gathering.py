"""How rarely the bot speaks unasked: whatever comes whenever, a day never has more posts, and nothing is lost."""

from datetime import time
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from rules.conduct.effects import Button, Delete, Mention, Phrase, Repost, Say
from rules.conduct.gathering import (
    DELEGATED,
    GAPS,
    Day,
    Terms,
    Waiting,
    asleep,
    counts,
    mergeable,
    next_look,
    posts,
    pressed_room,
    room,
    terms_of,
    together,
    unasked,
    with_pressing,
    with_way_out,
)
from rules.programme.localtime import local, moment
from tests.rules.conduct.make import policy

SHANGHAI = ZoneInfo("Asia/Shanghai")
ZONES = st.sampled_from([SHANGHAI, ZoneInfo("Europe/Berlin"), ZoneInfo("America/New_York"), ZoneInfo("UTC")])
EIGHT = Terms(8, time(22), time(8))
NINE = 1_740_963_600  # 2025-03-03 09:00 in Shanghai
HOUR, DAY = 3600, 86_400
LABEL = Phrase("conduct.label_ad")

clocks = st.builds(time, st.integers(0, 23), st.sampled_from([0, 15, 30]))
terms = st.builds(Terms, st.integers(1, 8), clocks, clocks)


def simulated(
    arrivals: list[int], agreed: Terms, zone: ZoneInfo, *, pressing: bool = False
) -> tuple[dict[object, int], list[int], int]:
    """What a group hears of lines that come then: posts a day, when, and how many lines were left at the end."""
    waiting: list[int] = []
    sent: list[int] = []
    now, coming = arrivals[0], sorted(arrivals)
    end = coming[-1] + 3 * DAY
    while now < end:
        while coming and coming[0] <= now:
            waiting.append(coming.pop(0))
        midnight = moment(local(now, zone).date(), time(0), zone)
        day = Day(sum(at >= midnight for at in sent), sent[-1] if sent else 0)
        may_go = room(now, day, agreed, zone) or (pressing and pressed_room(now, day, agreed, zone))
        for group in posts([Waiting(n, True, True) for n in range(len(waiting))], may_go):
            waiting = [each for n, each in enumerate(waiting) if n not in group]
            sent.append(now)
            day = Day(day.used + 1, now)
        ahead = [
            at
            for at in (
                coming[0] if coming else 0,
                next_look(now, day, agreed, zone, pressing=pressing) if waiting else 0,
            )
            if at
        ]
        if not ahead:
            break
        assert min(ahead) > now
        now = min(ahead)
    a_day: dict[object, int] = {}
    for at in sent:
        a_day[local(at, zone).date()] = a_day.get(local(at, zone).date(), 0) + 1
    return a_day, sent, len(waiting)


@given(st.lists(st.integers(NINE, NINE + 4 * DAY), min_size=1, max_size=120), terms, ZONES, st.booleans())
def test_no_day_has_more_posts_and_every_line_is_told(
    arrivals: list[int], agreed: Terms, zone: ZoneInfo, pressing: bool
) -> None:
    a_day, sent, left = simulated(arrivals, agreed, zone, pressing=pressing)
    assert max(a_day.values(), default=0) <= agreed.posts
    assert left == 0
    assert not any(asleep(at, agreed, zone) for at in sent)


@given(st.integers(NINE, NINE + 10 * DAY), st.integers(0, 9), st.integers(0, 3 * HOUR), terms, ZONES)
def test_where_there_is_no_room_there_is_a_later_moment_to_look(
    now: int, used: int, ago: int, agreed: Terms, zone: ZoneInfo
) -> None:
    day = Day(used, now - ago)
    if not room(now, day, agreed, zone):
        assert now < next_look(now, day, agreed, zone) <= now + 2 * DAY


def test_the_first_of_a_day_goes_at_once_and_the_next_ones_further_and_further_apart() -> None:
    assert room(NINE, Day(0, 0), EIGHT, SHANGHAI) == 1
    for used, gap in enumerate(GAPS):
        assert not gap or room(NINE + HOUR, Day(used, NINE + HOUR - gap + 1), EIGHT, SHANGHAI) == 0
        assert room(NINE + HOUR, Day(used, NINE + HOUR - gap), EIGHT, SHANGHAI) == 1


def test_the_last_three_go_at_half_past_twelve_half_past_five_and_half_past_nine() -> None:
    day, found = Day(5, NINE), []
    for _ in range(3):
        at = next_look(day.last_at, day, EIGHT, SHANGHAI)
        assert room(at, day, EIGHT, SHANGHAI) == 1
        found.append(f"{local(at, SHANGHAI):%H:%M}")
        day = Day(day.used + 1, at)
    assert found == ["12:30", "17:30", "21:30"]
    assert room(day.last_at + 60, day, EIGHT, SHANGHAI) == 0
    assert f"{local(next_look(day.last_at, day, EIGHT, SHANGHAI), SHANGHAI):%d %H:%M}" == "04 00:00"


def test_the_last_moment_of_a_day_has_room_for_all_that_is_left() -> None:
    evening = moment(local(NINE, SHANGHAI).date(), time(21, 30), SHANGHAI)
    assert room(evening, Day(5, evening - HOUR), EIGHT, SHANGHAI) == 3


def test_whoever_may_not_write_hears_of_it_at_once_while_a_post_is_left_for_the_evening() -> None:
    late = NINE + 2 * HOUR
    for used in range(7):
        assert pressed_room(late, Day(used, late - 60), EIGHT, SHANGHAI) == 1
        assert pressed_room(late, Day(used, late - 59), EIGHT, SHANGHAI) == 0
        assert next_look(late, Day(used, late - 59), EIGHT, SHANGHAI, pressing=True) == late + 1
    assert pressed_room(late, Day(7, late - HOUR), EIGHT, SHANGHAI) == 0
    assert pressed_room(NINE + 15 * HOUR, Day(0, 0), EIGHT, SHANGHAI) == 0
    noon, evening = NINE + 7 * HOUR // 2, NINE + 25 * HOUR // 2
    assert room(noon, Day(7, late), EIGHT, SHANGHAI) == 0
    assert room(evening, Day(7, late), EIGHT, SHANGHAI) == 1


def test_what_may_share_a_post_goes_along_with_the_line_that_presses() -> None:
    waiting = [Waiting(1, True, False), Waiting(2, True, True), Waiting(3, True, True)]
    assert posts(with_pressing(waiting, {3}), 1) == [(2, 3)]
    assert posts(with_pressing(waiting, {1}), 1) == [(1,)]


def test_at_night_nothing_goes_and_the_morning_is_next() -> None:
    night = NINE + 15 * HOUR
    assert room(night, Day(0, 0), EIGHT, SHANGHAI) == 0
    assert f"{local(next_look(night, Day(0, 0), EIGHT, SHANGHAI), SHANGHAI):%d %H:%M}" == "04 08:00"


def test_what_was_planned_or_asked_for_counts_nothing() -> None:
    for purpose in ("prompt", "pinned", "answer", "card", "counter"):
        assert not unasked(Say(words=(), language="en", purpose=purpose))
    assert counts(Say(words=(), language="en"))
    assert counts(Say(words=(), language="en", purpose="welcome"))
    assert counts(Repost(author=Mention(1, "a"), label=Phrase("x"), language="en"))
    private = Say(words=(), language="en", to_user=7, purpose="reminder")
    assert unasked(private)
    assert not counts(private)
    assert not unasked(Say(words=(), language="en", to_user=7))
    assert not unasked(Delete(message_ids=(5,)))


def line(user: int, *actions: str, purpose: str = "notice") -> Say:
    mention = Mention(user, f"U{user}")
    buttons = tuple((Button(Phrase("b"), action, "member", user),) for action in actions)
    leaders = (Button(Phrase("l"), "fine.paid", "leaders"),)
    words = (Phrase("conduct.line", (("name", mention),)),)
    return Say(
        words=words, language="en", buttons=(*buttons, leaders), delete_after=user * 60,
        gather=(Phrase("quiet.lines", (("name", mention),)),),
    )  # fmt: skip


def test_lines_to_several_are_one_with_all_their_names_and_one_button_for_each_thing() -> None:
    said = together([line(1, "notice.show", "appeal.open"), line(2, "notice.show"), line(1, "notice.show")])
    assert said.words == (Phrase("quiet.lines", (("name_1", Mention(1, "U1")), ("name_2", Mention(2, "U2")))),)
    assert [(b.action, b.note, b.audience) for row in said.buttons for b in row] == [
        (DELEGATED, "notice.show", "anyone"), (DELEGATED, "appeal.open", "anyone"),
    ]  # fmt: skip
    assert said.delete_after == 120


def greeting(*users: int) -> Say:
    names = tuple((f"name_{n}", Mention(user, f"U{user}")) for n, user in enumerate(users, 1))
    rules = Button(Phrase("r"), "rules.show")
    return Say(
        words=(Phrase("programme.welcome_head", names), Phrase("body")), language="en", buttons=((rules,),),
        purpose="welcome",
    )  # fmt: skip


def test_greetings_that_had_to_wait_are_one_greeting_and_lines_come_below() -> None:
    said = together([greeting(1, 2), line(9, "notice.show"), greeting(3)])
    assert [phrase.key for phrase in said.words] == ["programme.welcome_head", "body", "quiet.lines"]
    assert [name for name, _ in said.words[0].params] == ["name_1", "name_2", "name_3"]
    assert [b.action for row in said.buttons for b in row] == ["rules.show", DELEGATED]
    assert said.delete_after == 0


def test_beyond_ten_names_a_greeting_counts() -> None:
    said = together([greeting(*range(1, 9)), greeting(*range(9, 15))])
    assert said.words[0].key == "programme.welcome_many"
    assert dict(said.words[0].params)["count"] == 4


def test_how_rarely_is_what_the_group_decided() -> None:
    rules = policy(quiet={"posts_a_day": 3, "night_from": "23:30", "night_until": "07:15"})
    assert terms_of(rules) == Terms(3, time(23, 30), time(7, 15))


def test_a_private_reminder_ends_with_the_way_to_have_no_more_of_them() -> None:
    said = Say(words=(), language="en", to_user=7, purpose="reminder")
    shown = with_way_out(said)
    assert isinstance(shown, Say)
    assert [(b.action, b.audience, b.user_id) for row in shown.buttons for b in row] == [("quiet.no_more", "member", 7)]
    assert with_way_out(shown) == shown
    for other in (Say(words=(), language="en", to_user=7), Repost(author=Mention(1, "a"), label=LABEL, language="en")):
        assert with_way_out(other) == other


def test_no_room_means_no_posts() -> None:
    waiting = [Waiting(1, True, True), Waiting(2, True, False)]
    assert posts(waiting, 0) == []
    assert posts([Waiting(1, False, True)], 3) == []


def test_only_what_fits_into_a_line_or_is_a_greeting_shares_a_post() -> None:
    assert mergeable(line(1))
    assert mergeable(greeting(1))
    assert not mergeable(Say(words=(Phrase("x"),), language="en"))
    assert not mergeable(Repost(author=Mention(1, "a"), label=LABEL, language="en"))


def test_what_one_post_would_have_said_whole_is_read_behind_a_button() -> None:
    said = together([line(1), line(2, "appeal.open")])
    assert [b.note for row in said.buttons for b in row] == ["notice.show", "appeal.open"]
