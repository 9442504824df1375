"""What somebody who wants to join is told in private: within five minutes of asking also before they press Start."""

from collections.abc import Sequence

from bot.joining.deciding import WINDOW
from bot.storage import users
from bot.storage.groups import GroupRow
from bot.storage.joinrequests import RequestRow
from handlers.frame.context import Talk
from handlers.reading.targets import group_row
from handlers.saying.answers import Rows, act, has_started, write
from rules.conduct.effects import AnswerPress, Button, Edit, Phrase, Planned, Say

# So long before the end nothing is begun any more: it would arrive too late.
NEARLY = 10


def resume_link(talk: Talk, group: GroupRow) -> str:
    return f"https://t.me/{talk.services.me.username}?start=join_{group.id}"


async def in_reach(talk: Talk, row: RequestRow) -> bool:
    now = int(talk.services.clock.now())
    return now < row.asked_at + WINDOW - NEARLY or await has_started(talk, row.user_id)


async def say(talk: Talk, row: RequestRow, words: Sequence[Phrase], rows: Rows = ()) -> None:
    """Too late it is not sent at all, for Telegram would refuse it."""
    bound = tuple(tuple(for_them(button, row.user_id) for button in line) for line in rows)
    said = Say(words=tuple(words), language=talk.language, buttons=bound, to_user=row.user_chat_id, purpose="answer")
    until = 0 if await has_started(talk, row.user_id) else row.asked_at + WINDOW
    await write(talk, Planned(said, expires_at=until), row.user_chat_id, group_row(talk).id)


def for_them(button: Button, user_id: int) -> Button:
    return button if button.url else button._replace(audience="member", user_id=user_id)


async def spoke(talk: Talk) -> None:
    """Whoever writes to the bot may be written to from now on."""
    actor = talk.actor
    if not await has_started(talk, actor.user_id):
        await users.started(talk.unit, actor.user_id, actor.name, actor.username, talk.language, talk.at)


async def keep_answer(talk: Talk, words: Sequence[Phrase]) -> None:
    """The question that was pressed keeps its answer and loses its buttons."""
    changed = Edit(words=tuple(words), language=talk.language, message_id=talk.message_id, to_chat=talk.chat_id)
    await write(talk, changed, talk.chat_id, group_row(talk).id)


async def lead_on(talk: Talk, row: RequestRow) -> None:
    """The five minutes are over: the answer to the press itself leads to where they can go on."""
    talk.press_answered = True
    await act(talk, AnswerPress(query_id=talk.query_id, language=talk.language, url=row.answers.resume))
