"""/start in private: from now on the bot may write; what is open is shown first. A link orders nothing."""

from bot.storage import users
from handlers import payloads
from handlers.answers import answer, phrase
from handlers.context import Talk
from handlers.homes import homes
from handlers.orders import Order
from handlers.personal import me
from handlers.times import moment
from rules.conduct.effects import Phrase


async def start(talk: Talk, order: Order) -> None:
    if not talk.private:
        return
    actor = talk.actor
    await users.started(talk.unit, actor.user_id, actor.name, actor.username, talk.language, talk.at)
    if await payloads.answered(talk, order):
        return
    waiting: list[Phrase] = []
    for group in await homes(talk):
        talk.group = group
        waiting += await open_matters(talk)
    talk.group = None
    if waiting:
        await answer(talk, waiting)
    await answer(talk, [phrase("hello", name=me(talk)), phrase("hello_how")])


async def open_matters(talk: Talk) -> list[Phrase]:
    """What this person can still answer in the group of the conversation."""
    if talk.group is None:
        return []
    title = talk.group.title
    case = await talk.services.moderator.case_of(talk.unit, talk.group, talk.actor.user_id, talk.at)
    standing, policy = case.member.standing, await talk.policy()
    found = [
        phrase("open_fine", title=title, deadline=moment(talk, fine.due_at), number=str(fine.decision_id))
        for fine in standing.open_fines
    ]
    if standing.nickname_asked_at is not None:
        found.append(phrase("open_name", title=title, example=policy.nickname_format.example))
    if standing.asked_to_leave_at is not None:
        found.append(phrase("open_leave", title=title))
    if standing.muted_until is not None:
        found.append(phrase("open_mute", title=title, until=moment(talk, standing.muted_until)))
    return found
