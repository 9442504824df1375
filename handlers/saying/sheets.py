"""A table that somebody sends, as a file or pasted: read whole, or every problem is said with its line and column."""

from collections.abc import Sequence

from telegram import Message

from bot import sheets
from bot.sheets import Column, Problem, Sheet
from handlers.frame.awaiting import ask_for
from handlers.frame.context import Talk
from handlers.saying import files
from handlers.saying.answers import catalogue, plain
from rules.conduct.effects import Phrase

in_sheets = catalogue("sheets")

SHOWN = 12


async def received(talk: Talk, kind: str, columns: Sequence[Column], message: Message, note: str = "") -> Sheet | None:
    """What was sent, as rows; else what is wrong has been said, and another try is waited for under `kind`."""
    found = sent(talk, columns, message)
    if not found.problems:
        return found
    if len(found.problems) > SHOWN:
        await files.send(talk, "problems.csv", listed(talk, found.problems))
    await ask_for(talk, kind, note, faults(talk, found.problems, columns))
    return None


def sent(talk: Talk, columns: Sequence[Column], message: Message) -> Sheet:
    document = talk.fetched.document
    if document is not None and document.problem:
        return Sheet(problems=(Problem(0, "", document.problem),))
    if document is not None:
        return sheets.read(document.data, columns)
    if not message.text:
        return Sheet(problems=(Problem(0, "", "no_file"),))
    return sheets.read(message.text.encode("utf-8", "replace"), columns)


def faults(talk: Talk, problems: Sequence[Problem], columns: Sequence[Column]) -> list[Phrase]:
    """Nothing of it was taken over; then each problem, as many as can be read at a glance, and what helps."""
    lines = [in_sheets("nothing_taken", n=len(problems)), *(placed(talk, each) for each in problems[:SHOWN])]
    lines += [in_sheets("more", n=len(problems) - SHOWN)] if len(problems) > SHOWN else []
    return [*lines, in_sheets("again", columns=",".join(each.key for each in columns))]


def placed(talk: Talk, problem: Problem) -> Phrase:
    what = said(problem)
    return in_sheets("at", line=problem.line, what=plain(talk, what)) if problem.line else what


def said(problem: Problem) -> Phrase:
    """A check of the one who imports names a sentence of a catalogue of its own."""
    key = problem.why if "." in problem.why else f"sheets.{problem.why}"
    return Phrase(key, (("column", problem.key), ("cell", problem.cell)))


def listed(talk: Talk, problems: Sequence[Problem]) -> str:
    """All of them, for a screen that shows tables."""
    rows = [(each.line, each.key, plain(talk, said(each))) for each in problems]
    return sheets.write(["line", "column", "problem"], rows)
