"""/start claim_…: whoever opens the link first owns the installation; everybody else hears in one sentence why not."""

from bot.arrival import claims
from handlers.arrival import adding
from handlers.frame.context import Talk
from handlers.frame.payloads import payload
from handlers.saying.answers import answer
from rules.conduct.effects import Phrase


@payload("claim")
async def claim(talk: Talk, word: str) -> bool:
    configured = talk.services.settings.operators.user_ids
    said = await claims.opened(talk.unit, configured, word, talk.actor, talk.at)
    await answer(talk, Phrase(f"own.claim_{said}"))
    if said == "yours":
        await answer(talk, Phrase("own.claim_next"), adding.add_me(talk))
        await adding.waiting(talk)
    return True
