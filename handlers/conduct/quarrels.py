"""/case: a quarrel as one case with its messages, who looks after it, and how it ended; nothing is done to anybody."""

from collections.abc import Awaitable, Callable, Mapping

from bot import audit
from bot.desks import cards as desk
from bot.storage import acts, quarrels, tickets
from bot.storage.buttons import ButtonRow
from bot.storage.quarrels import QuarrelRow
from bot.storage.tickets import TicketRow
from handlers.frame.context import Talk
from handlers.frame.orders import Order
from handlers.frame.presses import press
from handlers.reading.kept import person_name
from handlers.reading.numbers import decision_number
from handlers.reading.targets import group_row
from handlers.saying.answers import act, answer, catalogue, has_started, in_their_language, whisper
from handlers.saying.panels import card_head
from handlers.saying.personal import About, show, view
from handlers.saying.times import moment
from rules.conduct.effects import Button, Card, Delete, Edit, Mention, Phrase, Planned
from rules.conduct.facts import Facts
from rules.conduct.words import SHOWN

in_quarrel = catalogue("quarrel")

KIND, SHOW = "quarrel", "quarrel.show"
LONGEST_TITLE, LONGEST_NOTE, MOST_MESSAGES, MOST_LISTED = 60, 500, 30, 10
ROOM = 2400


async def case(talk: Talk, order: Order) -> None:
    first = order.first().lower()
    number = decision_number(first)
    way = WAYS.get(first)
    if number is not None:
        await open_file(talk, number)
    elif way is not None:
        await way(talk, order.without_first())
    else:
        await (answer(talk, in_quarrel("usage")) if first else listed(talk, order))


async def begin(talk: Talk, order: Order) -> None:
    """The message that is answered is its first one."""
    title = " ".join(order.words.split())[:LONGEST_TITLE]
    if not title:
        await answer(talk, in_quarrel("usage"))
        return
    number = await quarrels.begin(talk.unit, group_row(talk).id, title, talk.actor.user_id, talk.at)
    kept = order.answered is not None and await quarrels.add(talk.unit, number, order.answered.facts)
    await ask(talk, number, title, key_of(number))
    await audited(talk, "case.open", number, title=title)
    await said(talk, in_quarrel("opened", number=str(number), title=title, n=int(kept)))


async def ask(talk: Talk, number: int, title: str, key: str) -> None:
    """A question at the desk, that somebody looks after it."""
    words = (in_quarrel("card", number=str(number), title=title, by=Mention(talk.actor.user_id, talk.actor.name)),)
    card = Card(KIND, words, ((show_button(number),),))
    ticket = await desk.ask(talk.unit, group_row(talk), card, key=key, at=talk.at, audience="staff")
    await quarrels.asked(talk.unit, number, ticket)


def key_of(number: int) -> str:
    return f"quarrel:{number}"


def show_button(number: int) -> Button:
    return Button(in_quarrel("button_show"), SHOW, "staff", ref=number)


def buttons_of(ticket: TicketRow) -> tuple[tuple[Button, ...], ...]:
    """Its sentence says which case it is."""
    numbers = [dict(each.params).get("number", "0") for each in ticket.words]
    return ((show_button(int(str(next(iter(numbers), "0")))),),)


async def add(talk: Talk, order: Order) -> None:
    """To the case that is named, else to the newest."""
    if order.answered is None:
        await answer(talk, in_quarrel("needs_a_message"))
        return
    row = await meant(talk, order, "open")
    if row is None:
        return
    new = await quarrels.add(talk.unit, row.id, order.answered.facts)
    count = (await quarrels.counts(talk.unit, [row.id])).get(row.id, 0)
    if new:
        await audited(talk, "case.add", row.id, message=order.answered.message_id)
    await said(talk, in_quarrel("added" if new else "is_there", number=str(row.id), title=row.title, n=count))


async def take(talk: Talk, order: Order) -> None:
    row = await meant(talk, order, "open")
    if row is None:
        return
    due_at = talk.at + (await talk.policy()).desk.promised_hours * 3600
    if await tickets.take(talk.unit, row.ticket_id, talk.actor.user_id, talk.at, due_at):
        await audited(talk, "case.take", row.id)
        await said(talk, in_quarrel("taken", number=str(row.id), title=row.title))
    else:
        await said(talk, in_quarrel("is_taken", number=str(row.id), name=await owner(talk, row)))


async def close(talk: Talk, order: Order) -> None:
    """With how it ended; it can be opened again."""
    row = await meant(talk, order, "open")
    if row is None:
        return
    left = order.without_first() if decision_number(order.first()) is not None else order
    note = left.words.strip()[:LONGEST_NOTE]
    if not note:
        await answer(talk, in_quarrel("needs_a_note", number=str(row.id)))
        return
    if await quarrels.close(talk.unit, row.id, talk.actor.user_id, talk.at, note):
        await tickets.answer(talk.unit, row.ticket_id, talk.actor.user_id, talk.at, "case.close")
        await audited(talk, "case.close", row.id, note=note)
        await redraw(talk, row, in_quarrel("card_closed", by=talk.actor.name, note=note))
    await said(talk, in_quarrel("closed", number=str(row.id), title=row.title))


async def reopen(talk: Talk, order: Order) -> None:
    row = await meant(talk, order, "closed")
    if row is not None and await quarrels.reopen(talk.unit, row.id):
        await ask(talk, row.id, row.title, f"{key_of(row.id)}:{talk.update_id}")
        await audited(talk, "case.reopen", row.id, before=row.note)
        await said(talk, in_quarrel("reopened", number=str(row.id), title=row.title))


async def listed(talk: Talk, _: Order) -> None:
    await show(talk, "quarrels", About(group_row(talk), 0))


async def open_file(talk: Talk, number: int) -> None:
    await show(talk, KIND, About(group_row(talk), 0, number))


@press(SHOW)
async def on_show(talk: Talk, button: ButtonRow) -> None:
    """In private with all of it, else what an alert has room for."""
    if not talk.private and await has_started(talk, talk.actor.user_id):
        await in_their_language(talk)
        await whisper(talk, await file_of(talk, About(group_row(talk), 0, button.ref)))
    else:
        await open_file(talk, button.ref)


@view("quarrels")
async def all_of(talk: Talk, about: About) -> list[Phrase]:
    rows = await quarrels.of_group(talk.unit, about.group.id, ("open", "closed"), MOST_LISTED)
    counts = await quarrels.counts(talk.unit, [row.id for row in rows])
    lines = [
        in_quarrel(
            f"line_{row.state}", number=str(row.id), title=row.title, n=counts.get(row.id, 0),
            name=await owner(talk, row), at=moment(talk, row.opened_at),
        )
        for row in rows
    ]  # fmt: skip
    return [in_quarrel("head", title=about.group.title), *lines] if rows else [in_quarrel("none")]


@view(KIND)
async def file_of(talk: Talk, about: About) -> list[Phrase]:
    row = await quarrels.get(talk.unit, about.ref)
    if row is None or row.group_id != about.group.id:
        return [in_quarrel("no_such", number=str(about.ref))]
    found = await quarrels.messages(talk.unit, row.id)
    opened_by = await person_name(talk, row.group_id, row.opened_by)
    head = in_quarrel("file", number=str(row.id), title=row.title, by=opened_by, at=moment(talk, row.opened_at))
    state = in_quarrel(f"file_{row.state}", name=await owner(talk, row), note=row.note or "–")
    shown = found[:MOST_MESSAGES]
    lines = [line(talk, each, min(SHOWN, ROOM // len(shown))) for each in shown]
    left_out = len(found) - len(lines)
    return [head, state, *lines, *([in_quarrel("more", n=left_out)] if left_out else [])]


def line(talk: Talk, facts: Facts, most: int) -> Phrase:
    """Of many each is shorter, for a post holds no more."""
    attached = ", ".join(media.file_name or media.kind for media in facts.media)
    text = facts.text[:most] or (f"[{attached}]" if attached else "–")
    return in_quarrel("message", name=Mention(facts.user_id, facts.name), at=moment(talk, facts.at), text=text)


async def owner(talk: Talk, row: QuarrelRow) -> str:
    """Who looks after it, or who closed it."""
    ticket = await tickets.get(talk.unit, row.ticket_id)
    user_id = row.owner_id or (ticket.taken_by if ticket is not None else 0)
    return await person_name(talk, row.group_id, user_id) if user_id else "–"


async def meant(talk: Talk, order: Order, state: str) -> QuarrelRow | None:
    """The case of this group that is named, else the newest in that state; None after having said so."""
    number = decision_number(order.first())
    if number is None:
        rows = await quarrels.of_group(talk.unit, group_row(talk).id, (state,), 1)
    else:
        row = await quarrels.get(talk.unit, number)
        rows = [row] if row is not None and (row.group_id, row.state) == (group_row(talk).id, state) else []
    if not rows:
        await answer(talk, in_quarrel(f"none_{state}", number=f" #{number}" if number else ""))
        return None
    return rows[0]


async def said(talk: Talk, words: Phrase) -> None:
    """Of a quarrel the group reads nothing: the order goes at once, and the answer comes in private if it can."""
    if talk.private:
        await answer(talk, words)
        return
    await act(talk, Delete(message_ids=(talk.message_id,)))
    if await has_started(talk, talk.actor.user_id):
        await in_their_language(talk)
        await whisper(talk, [words])
    else:
        await answer(talk, in_quarrel("done"))


async def redraw(talk: Talk, row: QuarrelRow, outcome: Phrase) -> None:
    """The card keeps its words, loses its buttons and says how it ended."""
    post = await acts.by_key(talk.unit, f"{key_of(row.id)}:card")
    ticket = await tickets.get(talk.unit, row.ticket_id)
    if post is None or ticket is None or not acts.message_of(post.result):
        return
    edit = Edit(
        words=(card_head(group_row(talk)), *ticket.words, outcome), language=group_row(talk).language,
        message_id=acts.message_of(post.result), to_chat=post.chat_id,
    )  # fmt: skip
    await acts.write(
        talk.unit, key=f"{key_of(row.id)}:closed:{talk.update_id}", group_id=row.group_id, chat_id=post.chat_id,
        planned=[Planned(edit)], at=talk.at,
    )  # fmt: skip


async def audited(talk: Talk, action: str, number: int, **after: object) -> None:
    group_id = group_row(talk).id
    await audit.done(talk.unit, talk.actor, action, talk.at, group_id=group_id, after={"case": number, **after})


WAYS: Mapping[str, Callable[[Talk, Order], Awaitable[None]]] = {
    **dict.fromkeys(("open", "开", "立案"), begin), **dict.fromkeys(("add", "加"), add),
    **dict.fromkeys(("take", "我来"), take), **dict.fromkeys(("close", "结", "结案"), close),
    **dict.fromkeys(("reopen", "重开"), reopen), **dict.fromkeys(("list", "列表"), listed),
}  # fmt: skip
