"""A name like a leader's is a question to the leaders, beside whatever else was found, and hurts nobody by itself."""

from typing import Any

import pytest

from rules.conduct import impersonation
from rules.conduct.case import Alike
from rules.conduct.decide import decide
from rules.conduct.policy import Policy
from rules.conduct.standing import BookRow, after, sum_up
from rules.conduct.verdict import Verdict
from tests.rules.conduct.make import MEMBER, NOON, case, policy

LEADER = Alike(7, "灯塔营长林晓", "linxiao")
ENFORCED = policy("enforce")


def seen(rules: Policy = ENFORCED, *, member: Any = MEMBER, lists: Any = (), **facts: Any) -> Verdict:
    made = case("大家好", member=member, **facts)
    return decide(made._replace(view=made.view._replace(resembles=(LEADER,), lists=lists)), rules)


@pytest.mark.parametrize("mode", ["observe", "enforce"])
@pytest.mark.parametrize("kind", ["join", "message", "edit"])
def test_leaders_are_asked_and_nothing_is_done(mode: str, kind: Any) -> None:  # X01
    verdict = seen(policy("off", impersonates_staff={"mode": mode}), kind=kind)
    assert (verdict.rule, verdict.acts) == ("impersonates_staff", ())
    (card,) = verdict.cards
    assert [b.action for row in card.buttons for b in row] == ["staff.mute", "staff.remove", "staff.fine"]
    assert "7 @linxiao" in str(card.words)
    assert "42" in str(card.words)
    assert impersonation.leader_of(card.words) == 7


def test_off_is_off() -> None:  # X01
    assert not seen(policy("off", impersonates_staff={"mode": "off"})).stands


def test_the_same_pair_is_asked_about_once_a_week_and_never_again_once_it_is_fine() -> None:  # X01
    first = seen()
    standing = after(MEMBER.standing, first, 5, NOON)
    assert not seen(member=MEMBER._replace(standing=standing)).stands
    row = BookRow(1, 5, "observed", "impersonates_staff", NOON, valid_until=first.entries[0].valid_until, ref=7)
    assert sum_up([row], NOON + 8 * 86400).paired == ()
    fine = impersonation.vouched(7).entries[0]
    known = BookRow(2, 6, "observed", fine.rule, NOON, valid_until=fine.valid_until, ref=fine.ref)
    standing = sum_up([known], NOON + 900 * 86400)
    assert not seen(member=MEMBER._replace(standing=standing)).stands


def test_an_insult_under_such_a_name_is_an_insult_with_the_question_beside_it() -> None:  # X01
    verdict = seen(lists=(("insult", "词"),))
    assert verdict.rule == "insult"
    assert [card.kind for card in verdict.cards] == ["impersonates_staff"]
    assert after(MEMBER.standing, verdict, 5, NOON).paired == (7,)


def test_leaders_and_channels_resemble_nobody() -> None:  # X01
    assert not seen(member=MEMBER._replace(status="administrator")).stands
    assert not seen(sender="channel", sender_chat_id=-1009).stands


def test_what_belongs_to_an_open_case_asks_nothing_beside_it() -> None:  # X01
    insulted = seen(lists=(("insult", "词"),))
    standing = after(MEMBER.standing, insulted, 5, NOON)._replace(paired=())
    more = seen(lists=(("insult", "词"),), member=MEMBER._replace(standing=standing), message_id=501)
    assert (more.rule, more.joins_case, more.cards) == ("insult", 5, ())
