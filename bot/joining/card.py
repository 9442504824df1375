"""What leaders are shown of a request to join: the answers, what is known of the person, and the buttons."""

from collections.abc import Iterator
from typing import NamedTuple

from bot.storage import joinrequests, roster
from bot.storage.groups import GroupRow
from bot.storage.joinrequests import RequestRow
from bot.storage.roster import RosterRow
from bot.storage.tickets import TicketRow
from bot.storage.unit import Unit
from rules.conduct.effects import Button, Mention, Phrase, Value
from rules.conduct.joining import MOST_TRIES, Joining, given, mark, needed, owes, score

KIND = "join"
OWED = "join.card_owed"
Rows = tuple[tuple[Button, ...], ...]


class Hints(NamedTuple):
    """What a leader should know before they decide. `resembles` is the leader whose name it is like."""

    listed: RosterRow | None = None
    taken: RosterRow | None = None
    resembles: str = ""
    declined_at: int = 0

    @property
    def doubtful(self) -> bool:
        """Nobody about whom a person should think comes in by themselves."""
        return bool(self.resembles or self.taken)


def phrase(key: str, /, **params: Value) -> Phrase:
    return Phrase(f"join.{key}", tuple(params.items()))


async def hints_of(unit: Unit, group: GroupRow, row: RequestRow, resembles: str) -> Hints:
    listed = await roster.get(unit, group.id, row.roster_id) if row.roster_id else None
    other = await roster.by_code(unit, group.id, row.answers.code) if row.answers.code and listed is None else None
    before = await joinrequests.declined_at(unit, group.id, row.user_id)
    return Hints(listed, other if other is not None and other.used_by else None, resembles, before)


def words(policy: Joining, row: RequestRow, hints: Hints, declined: str) -> tuple[Phrase, ...]:
    """`declined` is when they were declined before, as a reader of the group sees it."""
    person = Mention(row.user_id, row.name)
    handle = f"（@{row.username}）" if row.username else ""
    return (
        phrase("card", number=row.id, name=person, handle=handle),
        *said(policy, row),
        *known(policy, row, hints, declined),
    )


def said(policy: Joining, row: RequestRow) -> Iterator[Phrase]:
    """What was answered, as many of as many (J07)."""
    answers = row.answers
    if policy.questions:
        yield phrase("card_answers", given=given(policy, answers), needed=needed(policy))
        told = dict(answers.told)
        for text in policy.questions:
            yield phrase("card_answer" if told.get(text) else "card_skipped", question=text, answer=told.get(text, ""))
    for text, answer in answers.asked:
        yield phrase("card_answer" if answer else "card_skipped", question=text, answer=answer)
    if policy.ask_nickname:
        yield phrase("card_nick" if answers.nick else "card_no_nick", nick=answers.nick)
    if policy.accept_rules:
        yield phrase("card_rules" if answers.rules_at else "card_no_rules")
    if policy.quiz:
        yield phrase("card_quiz", score=score(policy, answers), n=len(policy.quiz), mark=mark(policy))


def known(policy: Joining, row: RequestRow, hints: Hints, declined: str) -> Iterator[Phrase]:
    answers = row.answers
    if hints.listed is not None:
        line = hints.listed
        yield phrase("card_listed", who=" ".join(filter(None, (line.code, line.name, line.note))) or line.username)
    elif hints.taken is not None:
        yield phrase("card_code_taken", code=answers.code, name=hints.taken.name or str(hints.taken.used_by))
    elif policy.mode == "roster":
        unlisted = "card_no_code" if answers.no_code else "card_unlisted"
        yield phrase("card_guessed" if answers.tries >= MOST_TRIES else unlisted, n=answers.tries)
    if policy.fee:
        yield Phrase(OWED) if owes(policy, answers) else phrase("card_paid")
    if hints.resembles:
        yield phrase("card_resembles", leader=hints.resembles)
    if declined:
        yield phrase("card_declined", at=declined)
    if answers.unreached:
        yield phrase("card_unreached", link=answers.resume)


def buttons(user_id: int, *, owed: bool) -> Rows:
    """They name the person: of one person and one group only one request is open."""

    def button(key: str) -> Button:
        return Button(phrase(f"button_{key}"), f"join.{key}", "leaders", ref=user_id)

    paid = (button("paid"),) if owed else ()
    return ((button("approve"), button("decline")), (*paid, button("ask")))


def buttons_of(ticket: TicketRow) -> Rows:
    return buttons(ticket.user_id, owed=any(each.key == OWED for each in ticket.words))
