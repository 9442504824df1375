"""Taking a decision back: its entries void, its acts undone or called off, the person told, the text offered again."""

from collections.abc import Sequence
from typing import NamedTuple

from rules.conduct import fines, words
from rules.conduct.case import Case
from rules.conduct.effects import Act, Delete, Entry, Free, Planned, Readmit, Remove, Restrict, Say, inverse
from rules.conduct.plan import news, planned, restraint
from rules.conduct.policy import Policy
from rules.conduct.standing import BookRow, Standing, sum_up
from rules.conduct.verdict import Verdict

# What may have reached Telegram counts as done: to free somebody who is free hurts nobody.
DONE = frozenset(("done", "unknown", "sending"))
ENDS = frozenset(("fine_paid", "fine_withdrawn", "fine_waived"))
ANSWERED = frozenset(("fine_paid", "fine_withdrawn"))


class Recorded(NamedTuple):
    """A decision as it was recorded; each act with the state it has now."""

    decision_id: int
    rule: str
    step: str
    entries: tuple[BookRow, ...]
    acts: tuple[tuple[Act, str], ...]
    set_aside: bool
    group_id: int = 0
    user_id: int = 0


def reverse(recorded: Recorded, case: Case, policy: Policy, rows: Sequence[BookRow]) -> Verdict:
    """The books then stand as if the decision had not been; what was not done yet is called off (`cancels`).

    `rows` are all entries of the member: what another decision still means is kept, a mute to the second.
    """
    done = [act for act, state in recorded.acts if state in DONE]
    left = sum_up((row for row in rows if row.decision_id != recorded.decision_id), case.now)
    offers = recorded.set_aside and any(isinstance(act, Delete) for act in done) and not answered(recorded, rows)
    return Verdict(
        rule=recorded.rule,
        step="undo",
        entries=(Entry("void", recorded.rule, ref=recorded.decision_id),),
        acts=(*taken_back(done, case, left), *told(done, case, policy, offers=offers)),
        cancels=recorded.decision_id,
    )


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


def told(done: Sequence[Act], case: Case, policy: Policy, *, offers: bool) -> tuple[Planned, ...]:
    """Tell the person, if anything had reached them; whoever was removed only hears it in private."""
    removed = any(isinstance(act, Remove) for act in done)
    reached = removed or any(isinstance(act, Restrict | Delete | Say) for act in done)
    if not reached or (removed and not case.member.started_bot) or case.facts.sender == "channel":
        return ()
    buttons = ((words.for_member(case, "repost", "aside.repost"),),) if offers else ()
    key = "undone_offer" if offers else "undone"
    return (news(case, policy, key, buttons),)
