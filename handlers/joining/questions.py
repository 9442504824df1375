"""The questions to somebody who wants to join, one at a time, and what becomes of the answers once all are there."""

from bot.joining import deciding, desk, waiting
from bot.joining.card import hints_of
from bot.joining.card import phrase as in_join
from bot.storage import awaited, joinrequests, roster
from bot.storage.awaited import AwaitedRow
from bot.storage.joinrequests import RequestRow
from handlers.conduct.agreements import agreed
from handlers.frame.context import Talk
from handlers.joining.speaking import say
from handlers.reading.targets import group_row
from handlers.saying.answers import Rows
from rules.conduct.effects import DAY, Button, Phrase
from rules.conduct.joining import (
    MOST_TRIES,
    Joining,
    Step,
    enters_alone,
    failed,
    method,
    next_step,
    owes,
    score,
    steps,
)

WORDS = "join.words"
TYPED = frozenset({"nick", "code", "question", "asked"})


async def policy_of(talk: Talk) -> Joining:
    return (await talk.policy()).joining


async def go_on(talk: Talk, row: RequestRow, before: tuple[Phrase, ...] = ()) -> None:
    """The next question; after the last one the request goes to whoever decides."""
    policy = await policy_of(talk)
    step = next_step(policy, row.answers, listed=bool(row.roster_id))
    if step is None:
        await finish(talk, policy, row)
        return
    words, rows = await question(talk, policy, row, step)
    later = ((Button(in_join("button_later"), url=row.answers.resume),),) if before else ()
    apart = (Phrase("own", (("template", ""),)),) if before else ()
    await say(talk, row, (*before, *apart, *words), (*rows, *later))
    if step.kind in TYPED:
        await await_words(talk, row.user_id)


async def await_words(talk: Talk, user_id: int) -> None:
    """For a day: whoever wants in may think about it."""
    until = int(talk.services.clock.now()) + DAY - awaited.SECONDS
    await awaited.put(talk.unit, AwaitedRow(user_id, WORDS, group_row(talk).id, "", until))


async def question(talk: Talk, policy: Joining, row: RequestRow, step: Step) -> tuple[tuple[Phrase, ...], Rows]:
    number, n = step.number + 1, sum(each.kind == step.kind for each in listed_steps(policy, row))
    match step.kind:
        case "rules":
            return tuple(await agreed(talk)), ((button("button_agree", "join.accept"),),)
        case "nick":
            terms = (await talk.policy()).nickname_format
            free = terms.mode == "off"
            return (in_join("ask_nick_free") if free else in_join("ask_nick", example=terms.example),), ()
        case "code":
            left = MOST_TRIES - row.answers.tries
            asked = in_join("ask_code") if not row.answers.tries else in_join("ask_code_again", n=left)
            return (asked,), ((button("button_no_code", "join.no_code"),),)
        case "question":
            skip = ((button("button_skip", "join.skip", note=step.text),),) if step.may_skip else ()
            return (in_join("ask_question", number=number, total=n, question=step.text),), skip
        case "quiz":
            rows = tuple(
                (Button(Phrase("own", (("template", option),)), "join.choose", ref=place, note=step.text),)
                for place, option in enumerate(step.options)
            )
            return (in_join("ask_quiz", number=number, total=n, question=step.text),), rows
        case "asked":
            return (in_join("ask_besides", question=step.text, title=group_row(talk).title),), ()


def listed_steps(policy: Joining, row: RequestRow) -> list[Step]:
    return list(steps(policy, row.answers, listed=bool(row.roster_id)))


def button(key: str, action: str, note: str = "") -> Button:
    return Button(in_join(key), action, note=note)


async def finish(talk: Talk, policy: Joining, row: RequestRow) -> None:
    """All is answered: in, kindly declined after a test that was not passed, or before leaders."""
    group, at = group_row(talk), talk.at
    if row.state == "waiting":
        await say(talk, row, (in_join("waiting", hours=policy.promised_hours),))
        return
    row = row._replace(score=score(policy, row.answers))
    await joinrequests.update_open(talk.unit, row.id, score=row.score)
    if failed(policy, row.answers):
        await deciding.decline(talk.unit, group, row, policy, by=0, reason=deciding.QUIZ, at=at)
        return
    like = await waiting.resembles(talk.unit, talk.services.moderator, group, row, at)
    hints = await hints_of(talk.unit, group, row, like)
    alone = enters_alone(policy, row.answers, listed=bool(row.roster_id), doubtful=hints.doubtful)
    how = method(policy, row.answers, alone=True)
    if alone and await deciding.approve(talk.unit, group, row, by=0, method=how, at=at):
        return
    if alone:
        # Somebody else came in by that line a moment ago.
        taken = await roster.get(talk.unit, group.id, row.roster_id)
        hints = hints._replace(listed=None, taken=taken)
    key = "handed_over_fee" if owes(policy, row.answers) else "handed_over"
    await say(talk, row, (in_join(key, hours=policy.promised_hours, fee=policy.fee),))
    await desk.bring(talk.unit, group, policy, row, hints, at)
