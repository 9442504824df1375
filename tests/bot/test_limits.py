"""How fast Telegram may be called; time passes only as the tests say."""

from hypothesis import given
from hypothesis import strategies as st

from bot.clock import ManualClock
from bot.limits import Limits
from rules.conduct.effects import Act, AnswerPress, Delete, Edit, Pin, Restrict, Say

GROUP, OTHER_GROUP, PRIVATE = -100_1, -100_2, 77
SAY = Say(words=(), language="en")
DELETE = Delete(message_ids=(1,))
RESTRICT = Restrict(user_id=5)
PRESS = AnswerPress(query_id="q")


def sent_at_once(limits: Limits, act: Act, chat: int) -> int:
    sent = 0
    while limits.wait(act, chat) == 0:
        limits.take(act, chat)
        sent += 1
    return sent


def test_a_group_hears_three_messages_at_once_and_then_waits_for_its_second() -> None:
    clock = ManualClock()
    limits = Limits(clock)
    assert sent_at_once(limits, SAY, GROUP) == 3
    assert limits.wait(SAY, GROUP) == 3
    clock.advance(3)
    assert sent_at_once(limits, SAY, GROUP) == 3


def test_a_group_hears_at_most_twenty_messages_a_minute_and_a_person_more() -> None:
    clock = ManualClock()
    limits = Limits(clock)
    group = person = 0
    for _ in range(59):
        group += sent_at_once(limits, SAY, GROUP)
        person += sent_at_once(limits, SAY, PRIVATE)
        clock.advance(1)
    assert group == 20
    assert person > 50


def test_edits_spend_the_same_budget_as_posts_and_pins_spend_none() -> None:
    limits = Limits(ManualClock())
    limits.take(SAY, GROUP)
    limits.take(Edit(words=(), language="en", message_id=1), GROUP)
    limits.take(SAY, GROUP)
    assert limits.wait(SAY, GROUP) > 0
    assert limits.wait(Pin(message_id=1), GROUP) == 0


def test_deletions_and_restrictions_never_wait_for_speech() -> None:
    limits = Limits(ManualClock())
    for chat in range(-40, 0):
        sent_at_once(limits, SAY, chat)
    assert limits.wait(SAY, OTHER_GROUP) > 0
    assert limits.wait(RESTRICT, GROUP) == 0
    assert limits.wait(DELETE, GROUP) == 0
    assert limits.wait(PRESS, 0) == 0


def test_thirty_calls_a_second_are_the_most_and_the_last_of_them_belong_to_presses() -> None:
    clock = ManualClock()
    limits = Limits(clock)
    assert sent_at_once(limits, DELETE, GROUP) + sent_at_once(limits, PRESS, 0) == 30
    assert limits.wait(PRESS, 0) == 1
    clock.advance(1)
    assert limits.wait(PRESS, 0) == 0


def test_questions_nobody_waits_for_leave_calls_for_everything_else() -> None:
    limits, asked = Limits(ManualClock()), 0
    while limits.wait_to_ask() == 0:
        limits.asked()
        asked += 1
    assert asked == 24
    assert limits.wait(DELETE, GROUP) == limits.wait(RESTRICT, GROUP) == limits.wait(PRESS, 0) == 0


def test_a_refusal_stops_one_chat_in_one_way_of_calling_for_exactly_its_seconds() -> None:
    clock = ManualClock()
    limits = Limits(clock)
    limits.refused(SAY, GROUP, 30)
    assert limits.wait(SAY, GROUP) == 30
    assert limits.wait(SAY, OTHER_GROUP) == 0
    assert limits.wait(DELETE, GROUP) == 0
    clock.advance(29.5)
    assert limits.wait(SAY, GROUP) == 0.5
    clock.advance(0.5)
    assert limits.wait(SAY, GROUP) == 0


@given(
    st.lists(
        st.tuples(st.sampled_from((SAY, DELETE, RESTRICT, PRESS)), st.integers(-3, 2), st.floats(0, 2)), max_size=200
    )
)
def test_whoever_obeys_never_calls_more_than_thirty_times_in_a_second(calls: list[tuple[Act, int, float]]) -> None:
    clock = ManualClock()
    limits, at = Limits(clock), list[float]()
    for act, chat, pause in calls:
        clock.advance(pause)
        clock.advance(limits.wait(act, chat) + 1e-9)
        assert limits.wait(act, chat) == 0
        limits.take(act, chat)
        at.append(clock.monotonic())
    assert all(later - earlier > 0.999 for earlier, later in zip(at, at[30:], strict=False))


def test_chats_that_fell_silent_are_forgotten() -> None:
    clock = ManualClock()
    limits = Limits(clock)
    for chat in range(5_000):
        limits.take(SAY, -chat)
        limits.refused(SAY, -chat, 10)
        clock.advance(1)
    assert len(limits._chats) <= 2_001
    assert len(limits._closed) <= 2_001
