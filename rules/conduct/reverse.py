"""Taking a decision back: its entries void, its acts undone or called off, the person told, the text offered again."""

from collections.abc import Sequence
from typing import NamedTuple

from rules.conduct import fines, words
from rules.conduct.case import Case
from rules.conduct.effects import Act, Delete, Entry, Free, Planned, Readmit, Remove, Restrict, Say, inverse
from rules.conduct.plan import Buttons, news, planned, restraint
from rules.conduct.policy import Policy
from rules.conduct.standing import BookRow, Standing, sum_up
from rules.conduct.verdict import Verdict

# What may have reached Telegram counts as done: to free somebody who is free hurts nobody.
DONE = frozenset(("done", "unknown", "sending"))
ENDS = frozenset(("fine_paid", "fine_withdrawn", "fine_waived"))
ANSWERED = frozenset(("fine_paid", "fine_withdrawn"))
AWAY = frozenset(("left", "kicked"))
# What the person reads, and the same where their words are offered back.
OFFERING = {"undone": "undone_offer", "lifted": "lifted_offer"}


class Recorded(NamedTuple):
    """A decision as it was recorded; each act with the state it has now.

    `set_aside`: what was deleted is kept and can be posted again; `also` are decisions that only say something about
    this one (it was shortened) and go with it.
    """

    decision_id: int
    rule: str
    step: str
    entries: tuple[BookRow, ...]
    acts: tuple[tuple[Act, str], ...]
    set_aside: bool
    group_id: int = 0
    user_id: int = 0
    also: tuple[int, ...] = ()

    @property
    def ids(self) -> tuple[int, ...]:
        return self.decision_id, *self.also


def reverse(recorded: Recorded, case: Case, policy: Policy, rows: Sequence[BookRow], said: str = "undone") -> Verdict:
    """The books then stand as if the decision had not been; what was not done yet is called off (`cancels`).

    `rows` are all entries of the member: what another decision still means is kept, a mute to the second. `said` names
    the sentence to the member: somebody took it back, or nobody looked in the promised time.
    """
    done = [act for act, state in recorded.acts if state in DONE]
    left = sum_up((row for row in rows if row.decision_id not in recorded.ids), case.now)
    return Verdict(
        rule=recorded.rule,
        step="undo",
        entries=tuple(Entry("void", recorded.rule, ref=number) for number in recorded.ids),
        acts=(*taken_back(done, case, left), *told(done, case, policy, said, offers=offers(recorded, rows))),
        cancels=recorded.decision_id,
    )


def offers(recorded: Recorded, rows: Sequence[BookRow]) -> bool:
    """Whether the person is asked if their words shall stand there again."""
    return recorded.set_aside and has_deleted(recorded) and not answered(recorded, rows)


def invites(verdict: Verdict, case: Case) -> bool:
    """Whether somebody who is away may come back by it: they need a way in, and nothing in the group reaches them."""
    back = any(isinstance(plan.act, Readmit) for plan in verdict.acts)
    return back and is_away(case) and case.facts.sender != "channel"


def is_away(case: Case) -> bool:
    """Sent away and not back since, also where Telegram has not told yet that they are gone."""
    member = case.member
    sent_away = member.standing.removed and (member.joined_at or 0) <= member.standing.removed_at
    return member.status in AWAY or sent_away


def has_deleted(recorded: Recorded) -> bool:
    """Whether a message is gone because of it."""
    return any(isinstance(act, Delete) and not act.own and state in DONE for act, state in recorded.acts)


def reopened(recorded: Recorded, case: Case, policy: Policy) -> list[Verdict]:
    """Fines that `recorded` had ended and that are open again now that it was taken back."""
    ended = {row.ref for row in recorded.entries if row.kind in ENDS}
    again = [fines.reopened(case, policy, fine) for fine in case.member.standing.open_fines if fine.fine_id in ended]
    return [verdict for verdict in again if verdict.stands]


def taken_back(done: Sequence[Act], case: Case, left: Standing) -> tuple[Planned, ...]:
    """Inverses, last act first; whoever was silenced or sent away is left as the other decisions mean."""
    others = [inverse(act) for act in reversed(done) if not isinstance(act, Restrict | Remove)]
    back = [planned(case, act) for act in others if act is not None]
    if any(isinstance(act, Remove | Readmit) for act in done):
        user, returned = case.member.user_id, case.member.joined_at or 0
        # Whoever came back since an earlier removal is not sent away by its return.
        stays_out = left.removed and returned <= left.removed_at
        back.append(planned(case, Remove(user_id=user, ban=left.banned) if stays_out else Readmit(user_id=user)))
    if any(isinstance(act, Restrict | Free) for act in done):
        back.append(restraint(case, left))
    return tuple(back)


def answered(recorded: Recorded, rows: Sequence[BookRow]) -> bool:
    """Its ad was posted again when the fine was paid, or is not wanted by its author: nothing is left to offer."""
    void = {row.ref for row in rows if row.kind == "void"}
    opened = {row.entry_id for row in recorded.entries if row.kind == "fine_opened"}
    return any(row.kind in ANSWERED and row.ref in opened and row.decision_id not in void for row in rows)


def told(done: Sequence[Act], case: Case, policy: Policy, said: str, *, offers: bool) -> tuple[Planned, ...]:
    """Tell the person, if anything had reached them; whoever is away is invited instead (`invites`)."""
    removed = any(isinstance(act, Remove) for act in done)
    reached = removed or any(isinstance(act, Restrict | Delete | Say) for act in done)
    unheard = removed and (is_away(case) or not case.member.started_bot)
    if not reached or unheard or case.facts.sender == "channel":
        return ()
    return (news(case, policy, OFFERING[said] if offers else said, offer(case) if offers else ()),)


def offer(case: Case) -> Buttons:
    return ((words.for_member(case, "repost", "aside.repost"),),)
