"""What concerns many people at once needs two who say yes; it only counts them, whoever asks does the rest."""

from bot.desks import people
from bot.storage import confirmations
from handlers.frame.context import Talk
from handlers.reading.kept import person_name
from handlers.reading.targets import group_row
from handlers.saying.answers import catalogue, plain, reply
from rules.conduct.effects import Phrase

GOOD_FOR_SECONDS = 1800
MOST_NAMED = 5

in_desk = catalogue("desk")


async def confirmed(talk: Talk, subject: str, n: int) -> bool:
    """Whether `subject`, about `n` people, may go on: it is small, or somebody else said yes within half an hour.

    False after having told whoever asked that a second person is needed and who that may be. Twice is one yes.
    """
    if n <= (await talk.policy()).brakes.second_person_above:
        return True
    me, now = talk.actor.user_id, talk.actor.at
    others = await confirmations.since(talk.unit, subject, now - GOOD_FOR_SECONDS) - {me}
    if others:
        await confirmations.forget(talk.unit, subject)
        return True
    await confirmations.put(talk.unit, subject, me, now)
    await reply(talk, (in_desk("second_needed", n=n), await who_else(talk)))
    return False


async def who_else(talk: Talk) -> Phrase:
    """Those who lead here beside whoever asked; without any, the way to have one."""
    group = group_row(talk)
    able = sorted(await people.holders(talk.unit, group, "leaders", talk.actor.at) - {talk.actor.user_id})
    if not able:
        return in_desk("second_nobody")
    names = [await person_name(talk, group.id, each) for each in able[:MOST_NAMED]]
    return in_desk("second_who", names=plain(talk, in_desk("comma")).join(names))
