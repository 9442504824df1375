"""What somebody who asks to join is asked, in which order, and what may follow from the answers; it decides nothing."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, NamedTuple

Kind = Literal["rules", "nick", "code", "question", "quiz", "asked"]

MOST_TRIES = 5
SKIPPED = ""
RIGHT = "*"
QUIZ_FORM = "question|choice|*right choice|choice, two to eight different choices, one of them right"


@dataclass(frozen=True, slots=True, kw_only=True)
class Joining:
    """How requests to join are met; `off` leaves them to Telegram's administrators."""

    mode: Literal["off", "desk", "roster"] = "off"
    questions: tuple[str, ...] = ()
    answers_needed: int = 3
    ask_nickname: bool = False
    accept_rules: bool = False
    quiz: tuple[str, ...] = ()
    pass_mark: int = 0
    fee: str = ""
    auto_approve: bool = False
    promised_hours: int = 24
    decline_text: str = ""


class Quiz(NamedTuple):
    """A question of the entrance test; `right` is the place of the right choice, -1 where none is marked."""

    text: str
    options: tuple[str, ...]
    right: int


class Step(NamedTuple):
    """One thing that is asked; `number` is its place among those of its kind."""

    kind: Kind
    number: int = 0
    text: str = ""
    options: tuple[str, ...] = ()
    may_skip: bool = False


class Answers(NamedTuple):
    """What was said so far, by the words of the questions: a policy that changes meanwhile asks only what is new.

    `told` holds (question, answer), "" for one that was skipped; `quiz` (question, the chosen words); `asked` what a
    leader wanted to know besides; `code` the number that was given, `tries` how many did not fit; `unreached` that
    nobody could write to them in time, `resume` the link by which they can go on; `paid_by` who marked the fee as
    paid; `cards` how many were shown to leaders; `no_code` that they say they have none.
    """

    rules_at: int = 0
    nick: str = ""
    code: str = ""
    tries: int = 0
    told: tuple[tuple[str, str], ...] = ()
    quiz: tuple[tuple[str, str], ...] = ()
    asked: tuple[tuple[str, str], ...] = ()
    unreached: bool = False
    resume: str = ""
    paid_by: int = 0
    paid_at: int = 0
    cards: int = 0
    carried: bool = False
    no_code: bool = False


def quiz_of(entry: str) -> Quiz:
    """`question|choice|*right choice|choice`."""
    text, *options = (part.strip() for part in entry.split("|"))
    right = next((place for place, option in enumerate(options) if option.startswith(RIGHT)), -1)
    return Quiz(text, tuple(option.removeprefix(RIGHT).strip() for option in options), right)


def bad_quiz(entry: str) -> bool:
    """Whether nobody could answer it: a question, two to eight different choices, one of them right."""
    asked = quiz_of(entry)
    marked = sum(part.strip().startswith(RIGHT) for part in entry.split("|")[1:])
    different = len(set(asked.options)) == len(asked.options) and all(asked.options)
    return not (asked.text and 2 <= len(asked.options) <= 8 and different and marked == 1)


def steps(policy: Joining, answers: Answers, *, listed: bool) -> Iterator[Step]:
    """All that is asked, answered or not. `listed`: a name on the roster is known already."""
    if policy.accept_rules:
        yield Step("rules")
    if policy.ask_nickname:
        yield Step("nick")
    if policy.mode == "roster" and not listed:
        yield Step("code")
    skipped = sum(answer == SKIPPED for _, answer in answers.told)
    spare = max(0, len(policy.questions) - policy.answers_needed) - skipped
    for number, text in enumerate(policy.questions):
        yield Step("question", number, text, may_skip=spare > 0)
    for number, entry in enumerate(policy.quiz):
        asked = quiz_of(entry)
        yield Step("quiz", number, asked.text, asked.options)
    for number, (text, _) in enumerate(answers.asked):
        yield Step("asked", number, text)


def answered(step: Step, answers: Answers) -> bool:
    match step.kind:
        case "rules":
            return answers.rules_at > 0
        case "nick":
            return bool(answers.nick)
        case "code":
            return bool(answers.code) or answers.no_code or answers.tries >= MOST_TRIES
        case "question":
            return step.text in dict(answers.told)
        case "quiz":
            return step.text in dict(answers.quiz)
        case "asked":
            return bool(answers.asked[step.number][1])


def next_step(policy: Joining, answers: Answers, *, listed: bool) -> Step | None:
    """What is asked now; None where all is answered."""
    return next((each for each in steps(policy, answers, listed=listed) if not answered(each, answers)), None)


def given(policy: Joining, answers: Answers) -> int:
    """How many of the questions have an answer."""
    told = dict(answers.told)
    return sum(bool(told.get(text)) for text in policy.questions)


def needed(policy: Joining) -> int:
    return min(policy.answers_needed, len(policy.questions))


def score(policy: Joining, answers: Answers) -> int:
    """Right answers to the questions that the test has now."""
    chosen, asked = dict(answers.quiz), [quiz_of(entry) for entry in policy.quiz]
    return sum(each.right >= 0 and chosen.get(each.text) == each.options[each.right] for each in asked)


def mark(policy: Joining) -> int:
    return min(policy.pass_mark, len(policy.quiz))


def failed(policy: Joining, answers: Answers) -> bool:
    """The test was taken to its end and not passed; without a mark it only informs."""
    taken = all(quiz_of(entry).text in dict(answers.quiz) for entry in policy.quiz)
    return taken and score(policy, answers) < mark(policy)


def owes(policy: Joining, answers: Answers) -> bool:
    return bool(policy.fee) and not answers.paid_by


def complete(policy: Joining, answers: Answers, *, listed: bool) -> bool:
    return next_step(policy, answers, listed=listed) is None and given(policy, answers) >= needed(policy)


def enters_alone(policy: Joining, answers: Answers, *, listed: bool, doubtful: bool) -> bool:
    """Nobody but a person on that group's roster, who has answered and owes nothing, comes in without a leader."""
    wanted = policy.mode == "roster" and policy.auto_approve and listed and not doubtful
    return wanted and complete(policy, answers, listed=True) and not (owes(policy, answers) or failed(policy, answers))


def method(policy: Joining, answers: Answers, *, alone: bool) -> str:
    """By which of the conditions somebody came in, for the record (J05)."""
    if alone:
        return "roster"
    if policy.fee and answers.paid_by:
        return "fee"
    return "quiz" if mark(policy) else "desk"
