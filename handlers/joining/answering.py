"""What somebody who wants to join answers, by words and by buttons; each question once, in its order."""

from collections.abc import Callable

from telegram import Message

from bot.joining.card import phrase as in_join
from bot.storage import groups, joinrequests, roster
from bot.storage.buttons import ButtonRow
from bot.storage.joinrequests import RequestRow
from handlers.frame.awaiting import awaits
from handlers.frame.context import Talk
from handlers.frame.presses import press
from handlers.joining.questions import WORDS, await_words, go_on, policy_of
from handlers.joining.speaking import in_reach, keep_answer, lead_on, say, spoke
from handlers.names.nicks import LONGEST, fits
from handlers.reading.targets import group_row
from handlers.saying.answers import alert, answer
from rules.conduct.effects import Phrase
from rules.conduct.joining import SKIPPED, Answers, Step, next_step

LONGEST_ANSWER = 300

# "I have none" is an answer to what one's number is, and no guess.
NONE, NOT_ANY = (
    frozenset(("没", "沒", "无", "無", "忘")),
    frozenset({"no", "none", "not", "don't", "haven't", "without", "lost", "forgot"}),
)

Fill = Callable[[Answers], Answers]


@awaits(WORDS, "command.start")
async def said(talk: Talk, _: str, text: str, __: Message) -> None:
    row = await joinrequests.open_of(talk.unit, group_row(talk).id, talk.actor.user_id)
    if row is None:
        await answer(talk, in_join("no_request"))
        return
    await spoke(talk)
    step = next_step(await policy_of(talk), row.answers, listed=bool(row.roster_id))
    words = " ".join(text.split())
    if step is None or step.kind in ("rules", "quiz"):
        await go_on(talk, row)
    elif wrong := await refused(talk, step, words):
        await say(talk, row, (wrong,))
        await await_words(talk, row.user_id)
    elif step.kind == "code":
        await tried(talk, row, words)
    else:
        await filled(talk, row, lambda answers: with_words(answers, step, words))


async def answers_still(talk: Talk, message: Message) -> bool:
    """Words in private that nothing waits for, said by somebody who was asked before they looked elsewhere."""
    for row in reversed(await joinrequests.open_of_person(talk.unit, talk.actor.user_id)):
        talk.group = (await groups.by_ids(talk.unit, [row.group_id])).get(row.group_id)
        if row.state == "asking" and talk.group is not None and talk.group.state == "active":
            await said(talk, "", message.text or message.caption or "", message)
            return True
    talk.group = None
    return False


async def refused(talk: Talk, step: Step, words: str) -> Phrase | None:
    """Why that is no answer, and how it would be one."""
    if not words:
        return in_join("only_words")
    if step.kind == "nick":
        example = (await talk.policy()).nickname_format.example
        return None if len(words) <= LONGEST and await fits(talk, words) else in_join("nick_unfit", example=example)
    return in_join("too_long", most=LONGEST_ANSWER) if len(words) > LONGEST_ANSWER else None


def with_words(answers: Answers, step: Step, words: str) -> Answers:
    match step.kind:
        case "nick":
            return answers._replace(nick=words)
        case "asked":
            asked = tuple((text, words if n == step.number else old) for n, (text, old) in enumerate(answers.asked))
            return answers._replace(asked=asked)
        case _:
            return answers._replace(told=(*answers.told, (step.text, words)))


async def tried(talk: Talk, row: RequestRow, words: str) -> None:
    """A code lets in one person; one that somebody else has used is a matter for leaders."""
    line = await roster.by_code(talk.unit, row.group_id, words)
    if line is None:
        none = bool(NONE & set(words) or NOT_ANY & set(words.lower().split()))
        await filled(talk, row, lambda a: a._replace(no_code=True) if none else a._replace(tries=a.tries + 1))
        return
    if line.used_by in (0, row.user_id):
        row = row._replace(roster_id=line.id)
        await joinrequests.update_open(talk.unit, row.id, roster_id=line.id)
    await filled(talk, row, lambda answers: answers._replace(code=roster.folded(words)))


async def filled(talk: Talk, row: RequestRow, fill: Fill) -> None:
    row = row._replace(answers=fill(row.answers))
    if await joinrequests.update_open(talk.unit, row.id, answers=row.answers):
        await go_on(talk, row)


async def pressed(talk: Talk, kind: str, text: str, fill: Fill, shown: tuple[Phrase, ...]) -> None:
    """A press on the question that is asked now; on one before it says so."""
    row = await joinrequests.open_of(talk.unit, group_row(talk).id, talk.actor.user_id)
    step = next_step(await policy_of(talk), row.answers, listed=bool(row.roster_id)) if row is not None else None
    if row is None or step is None or (step.kind, step.text) != (kind, text):
        await alert(talk, in_join("answered_already"))
        return
    await keep_answer(talk, shown)
    row = row._replace(answers=fill(row.answers))
    await joinrequests.update_open(talk.unit, row.id, answers=row.answers)
    if not await in_reach(talk, row):
        await lead_on(talk, row)
    await go_on(talk, row)


@press("join.accept")
async def accept(talk: Talk, _: ButtonRow) -> None:
    await pressed(talk, "rules", "", lambda a: a._replace(rules_at=talk.at), (in_join("rules_agreed"),))


@press("join.no_code")
async def no_code(talk: Talk, _: ButtonRow) -> None:
    await pressed(talk, "code", "", lambda a: a._replace(no_code=True), (in_join("said_no_code"),))


@press("join.skip")
async def skip(talk: Talk, button: ButtonRow) -> None:
    def fill(answers: Answers) -> Answers:
        return answers._replace(told=(*answers.told, (button.note, SKIPPED)))

    await pressed(talk, "question", button.note, fill, (in_join("skipped", question=button.note),))


@press("join.choose")
async def choose(talk: Talk, button: ButtonRow) -> None:
    row = await joinrequests.open_of(talk.unit, group_row(talk).id, talk.actor.user_id)
    policy = await policy_of(talk)
    step = next_step(policy, row.answers, listed=bool(row.roster_id)) if row is not None else None
    options = step.options if step is not None and step.text == button.note else ()
    chosen = options[button.ref] if 0 <= button.ref < len(options) else ""
    shown = in_join("chosen", question=button.note, answer=chosen)
    await pressed(
        talk,
        "quiz" if chosen else "",
        button.note,
        lambda a: a._replace(quiz=(*a.quiz, (button.note, chosen))),
        (shown,),
    )
