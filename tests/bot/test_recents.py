"""Each member's last messages, as far as floods need them."""

from bot.conduct.recents import MOST, Recents
from rules.conduct.case import Recent

CHAT, SUPERGROUP, PERSON = -507, -1_000_000_000_507, 7
AT = 1_741_000_000


def test_after_a_migration_old_numbers_hide_no_new_message() -> None:  # A4
    recents = Recents()
    for number in range(5):
        recents.note((CHAT, PERSON), Recent(5_000 + number, AT + number, number))
    for number in range(1, 6):
        recents.note((SUPERGROUP, PERSON), Recent(number, AT + 60 + number, 42))
    seen = recents.before((SUPERGROUP, PERSON), 6, AT)
    assert [each.message_id for each in seen] == [1, 2, 3, 4, 5]


def test_no_more_than_a_hundred_are_kept_in_whatever_order_they_come() -> None:
    recents = Recents()
    for number in (*range(1, 200), *range(5_000, 4_000, -1)):
        recents.note((CHAT, PERSON), Recent(number, AT, number))
    seen = recents.before((CHAT, PERSON), 6_000, AT - 1)
    assert len(seen) == MOST
    assert [each.message_id for each in seen] == sorted(each.message_id for each in seen)


def test_a_message_noted_twice_is_one_message() -> None:
    recents = Recents()
    for number in (1, 2, 1, 2):
        recents.note((CHAT, PERSON), Recent(number, AT, number))
    assert len(recents.before((CHAT, PERSON), 9, AT - 1)) == 2
