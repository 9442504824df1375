"""A text handed over as a file, in private to whoever asked for it, and to nobody else."""

from collections.abc import Sequence

from handlers.frame.context import Talk
from handlers.saying.answers import alert, has_started, in_their_language, phrase, receipt, write
from handlers.saying.panels import lead_to_private
from rules.conduct.effects import Phrase, SendFile


async def send(talk: Talk, file_name: str, text: str, words: Sequence[Phrase] = ()) -> bool:
    """False where they cannot be written to yet: they are shown the way there."""
    user_id = talk.actor.user_id
    if not talk.private and not await has_started(talk, user_id):
        await lead_to_private(talk)
        return False
    if not talk.private:
        await in_their_language(talk)
    sent = SendFile(file_name=file_name, text=text, language=talk.language, words=tuple(words), to_user=user_id)
    await write(talk, sent, user_id, talk.group.id if talk.group else None)
    if not talk.private:
        await (alert(talk, phrase("sent_to_you")) if talk.query_id else receipt(talk))
    return True
