"""Of several changes of one post only the newest is sent, and in a group at most one every five seconds."""

from sqlalchemy import and_, exists, func, select, text, update

from bot.storage.tables import acts
from bot.storage.unit import Unit

PAUSE = 5
SUPERSEDED = "superseded"
# As the index says it, word for word.
EDITS = text("acts.kind = 'Edit'")


async def newest(unit: Unit, number: int, chat_id: int, message_id: int, at: int) -> None:
    """This one stands in the place of those that still wait; it waits until the last that was sent is old enough.

    Alone with a person what is pressed is answered at once: there a pause would be felt.
    """
    post = and_(EDITS, acts.c.chat_id == chat_id, acts.c.message_id == message_id)
    follower = acts.alias()
    needed = exists().where(follower.c.after_id == acts.c.id)
    older = update(acts).where(post, acts.c.state == "pending", acts.c.id < number, ~needed)
    await unit.execute(older.values(state="refused", reason=SUPERSEDED, settled_at=at))
    sent = select(func.max(acts.c.settled_at)).where(post, acts.c.state.in_(("sending", "done")))
    last = await unit.scalar(sent) if chat_id < 0 else None
    changed = {"message_id": message_id, **({"not_before": last + PAUSE} if last and last + PAUSE > at else {})}
    await unit.execute(update(acts).where(acts.c.id == number).values(changed))
