"""How acts are laid into a verdict: each with the moment after which it is no longer worth doing."""

from dataclasses import replace

from rules.conduct import words
from rules.conduct.case import Case
from rules.conduct.effects import (
    DAY,
    Act,
    Button,
    Delete,
    Free,
    Mention,
    Phrase,
    Planned,
    Restrict,
    Say,
    lifetime,
)  # fmt: skip
from rules.conduct.policy import Policy
from rules.conduct.standing import Standing
from rules.conduct.verdict import Verdict

Buttons = tuple[tuple[Button, ...], ...]
Said = tuple[Phrase, ...]
# As many as Telegram deletes by one call (deleteMessages).
MOST_DELETED = 100
PERSON_ASKED = frozenset(("leader", "person_brake"))


def planned(case: Case, act: Act) -> Planned:
    return Planned(act, expires_at=case.now + lifetime(act))


def waiting(plan: Planned, case: Case, cause: str) -> Planned:
    """The same act, held. What a leader lets go is news then, so its notice outlives the ten minutes."""
    if cause in PERSON_ASKED and isinstance(plan.act, Say):
        return plan._replace(held=cause, expires_at=case.now + 2 * DAY)
    return plan._replace(held=cause)


def delete(case: Case, *more: int) -> tuple[Planned, ...]:
    """Delete the message of the case with `more` of the same person; nothing where there is none."""
    ids = tuple(sorted({i for i in (*more, case.facts.message_id) if i}))[-MOST_DELETED:]
    return (planned(case, Delete(message_ids=ids)),) if ids else ()


def tell(
    case: Case, policy: Policy, way: str, rule: Phrase, params: words.Params = (), buttons: Buttons | None = None
) -> Planned:
    """Tell the person alone, in four parts; with [我知道了] and [申诉] where no other buttons are given."""
    said = words.four_parts(case, policy, way, rule, params)
    answers = ((words.heard(case), words.appeal(case)),) if buttons is None else buttons
    return alone(case, policy, said, words.in_short(case, policy, way, rule, params), answers)


def news(case: Case, policy: Policy, key: str, buttons: Buttons = ()) -> Planned:
    """Good news in one line; the alert behind it leaves out the shared aim, which no alert has room for."""
    said = words.good_news(case, policy, key)
    return alone(case, policy, said, said[:1], buttons, line="conduct.line_news")


def alone(case: Case, policy: Policy, said: Said, alert: Said, buttons: Buttons, line: str = "conduct.line") -> Planned:
    """In private to who has started the bot, else by a line with [查看] in the group that tells nobody else."""
    language, user = case.group.language, case.member.user_id
    in_private = Say(
        words=said, language=language, to_user=user, buttons=buttons, alert=alert,
        instead=(Phrase(line, (("name", words.who(case)),)),),
        delete_after=policy.notices.delete_after_minutes * 60,
    )  # fmt: skip
    if case.member.started_bot:
        return planned(case, in_private)
    return planned(case, replace(instead(in_private), thread=case.facts.thread_id))


def instead(said: Say) -> Say:
    """The line in the group by which somebody is told what cannot be said to them in private."""
    names = [(name, value) for phrase in said.instead for name, value in phrase.params if isinstance(value, Mention)]
    show = Button(Phrase("conduct.button_show"), "notice.show", "member", said.to_user)
    return replace(
        said, words=said.instead, to_user=0, instead=(), gather=(Phrase("quiet.lines", tuple(names)),),
        buttons=((show,), *said.buttons), purpose="notice" if said.purpose == "reminder" else said.purpose,
    )  # fmt: skip


def privately(plan: Planned) -> Planned:
    """In private or not at all."""
    if not isinstance(plan.act, Say):
        return plan
    return plan._replace(act=replace(plan.act, instead=(), alert=(), delete_after=0))


def on_both_ways(case: Case, policy: Policy, verdict: Verdict) -> Verdict:
    """Where the group wants it so, a line stands in the group as well as what is said in private."""
    if policy.notices.way != "both":
        return verdict
    said = [(p.act, p.held) for p in verdict.acts if isinstance(p.act, Say) and p.act.to_user and p.act.instead]
    return verdict._replace(acts=(*verdict.acts, *(echo(case, act, held) for act, held in said)))


def echo(case: Case, said: Say, held: str) -> Planned:
    plan = planned(case, replace(instead(replace(said, buttons=())), thread=case.facts.thread_id))
    return waiting(plan, case, held) if held else plan


def lasting(plan: Planned, seconds: int) -> Planned:
    """What asks something stands as long as the answer is awaited."""
    if not isinstance(plan.act, Say) or not plan.act.delete_after:
        return plan
    return plan._replace(act=replace(plan.act, delete_after=max(seconds, plan.act.delete_after)))


def post(
    case: Case, said: Said, buttons: Buttons, stays: int, alert: Said = (), gather: Phrase | None = None
) -> Planned:
    """Say it in the group, where it stands for `stays` seconds; `gather` in its place where several share a post."""
    return planned(
        case,
        Say(
            words=said, language=case.group.language, buttons=buttons, thread=case.facts.thread_id, delete_after=stays,
            alert=alert, gather=(gather or Phrase("quiet.lines", (("name", words.who(case)),)),),
        ),
    )  # fmt: skip


def muted(case: Case, until: int) -> Planned:
    """Quiet until then; whoever may only read for another reason stays so for as long as that lasts."""
    return restraint(case, case.member.standing._replace(muted_until=until))


def restraint(case: Case, standing: Standing) -> Planned:
    """The one act that makes Telegram agree with `standing`: read-only, muted, or free.

    Telegram keeps one restriction of a person, so an act for one reason alone would undo the others.
    """
    user = case.member.user_id
    if standing.read_only:
        return planned(case, Restrict(user_id=user))
    if standing.muted_until is not None and standing.muted_until > case.now:
        return planned(case, Restrict(user_id=user, until=standing.muted_until))
    return planned(case, Free(user_id=user))
