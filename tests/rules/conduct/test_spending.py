"""What the brake counts: every deletion, mute and removal, every reminder, warning and fine that somebody is told."""

import pytest

from rules.conduct.brakes import spends
from rules.conduct.effects import Act, BanSender, Delete, Free, Planned, Remove, Restrict, Say
from rules.conduct.verdict import Step, Verdict

TOLD = Planned(Say(words=(), language="en"))
AGAINST = (Delete(message_ids=(1,)), Restrict(user_id=1), Remove(user_id=1), BanSender(sender_chat_id=-1))


@pytest.mark.parametrize("step", ["remind", "warn", "fine"])
def test_whoever_is_told_of_a_measure_has_met_one(step: Step) -> None:  # fairness 3
    """Also where nothing is deleted: the message is gone, or the group leaves it."""
    assert spends(Verdict(rule="insult", step=step, acts=(TOLD,)))
    assert not spends(Verdict(rule="insult", step=step, acts=(TOLD,), mode="observe"))


@pytest.mark.parametrize("act", AGAINST, ids=lambda act: type(act).__name__)
def test_every_act_against_somebody_is_a_measure(act: Act) -> None:  # fairness 3
    assert spends(Verdict(rule="insult", step="delete", acts=(Planned(act),)))
    assert not spends(Verdict(rule="insult", step="delete", acts=(Planned(act, held="leader"),)))


def test_good_news_and_the_bots_own_posts_are_none() -> None:  # fairness 3
    own = Planned(Delete(message_ids=(1,), own=True))
    assert not spends(Verdict(rule="insult", step="undo", acts=(Planned(Free(user_id=1)), own, TOLD)))
