"""How acts are laid into a verdict: each with the moment after which it is no longer worth doing."""

from rules.conduct import words
from rules.conduct.case import Case
from rules.conduct.effects import (
    DAY,
    Act,
    Button,
    Delete,
    Free,
    Phrase,
    Planned,
    Restrict,
    Say,
    lifetime,
)  # fmt: skip
from rules.conduct.policy import Policy
from rules.conduct.standing import Standing

Buttons = tuple[tuple[Button, ...], ...]
MOST_DELETED = 100


def planned(case: Case, act: Act) -> Planned:
    return Planned(act, expires_at=case.now + lifetime(act))


def waiting(plan: Planned, case: Case, cause: str) -> Planned:
    """The same act, held. What a leader lets go is news then, so its notice outlives the ten minutes."""
    if cause == "leader" and isinstance(plan.act, Say):
        return plan._replace(held=cause, expires_at=case.now + 2 * DAY)
    return plan._replace(held=cause)


def delete(case: Case, *more: int) -> tuple[Planned, ...]:
    """Delete the message of the case with `more` of the same person; nothing where there is none."""
    ids = tuple(sorted({i for i in (*more, case.facts.message_id) if i}))[-MOST_DELETED:]
    return (planned(case, Delete(message_ids=ids)),) if ids else ()


def tell(case: Case, policy: Policy, said: tuple[Phrase, ...], buttons: Buttons = ()) -> Planned:
    """Tell the person alone: in private if they have started the bot, else by a line with [查看] in the group."""
    if case.member.started_bot:
        return planned(
            case, Say(words=said, language=case.group.language, to_user=case.member.user_id, buttons=buttons)
        )
    line = Phrase("conduct.line", (("name", words.who(case)),))
    show = words.for_member(case, "show", "notice.show")
    return planned(
        case,
        Say(
            words=(line,), language=case.group.language, buttons=((show,), *buttons), thread=case.facts.thread_id,
            delete_after=policy.notices.delete_after_minutes * 60, alert=words.in_short(said),
        ),
    )  # fmt: skip


def post(case: Case, said: tuple[Phrase, ...], buttons: Buttons, stays: int) -> Planned:
    """Say it in the group, where it stands for `stays` seconds."""
    return planned(
        case,
        Say(
            words=said, language=case.group.language, buttons=buttons, thread=case.facts.thread_id, delete_after=stays
        ),
    )  # fmt: skip


def restraint(case: Case, standing: Standing) -> Planned:
    """The one act that makes Telegram agree with `standing`: read-only, muted, or free."""
    user = case.member.user_id
    if standing.read_only:
        return planned(case, Restrict(user_id=user))
    if standing.muted_until is not None and standing.muted_until > case.now:
        return planned(case, Restrict(user_id=user, until=standing.muted_until))
    return planned(case, Free(user_id=user))
