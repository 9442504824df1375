"""What a rule that is only observed would have done, as the letter counts it."""

from bot.storage import letters
from handlers.frame.context import Talk
from handlers.policy.naming import in_policy
from handlers.reading.targets import group_row
from rules.conduct import letter
from rules.conduct.effects import DAY, Phrase

DAYS = 7


async def seen_lines(talk: Talk, rule: str) -> list[Phrase]:
    now = int(talk.services.clock.now())
    seen = await letters.observed(talk.unit, group_row(talk).id, now - DAYS * DAY, now)
    found = next((each for each in letter.tallies(seen) if each.rule == rule), None)
    if found is None:
        return [in_policy("seen_none", days=DAYS)]
    return [in_policy("seen_wrong" if found.wrong else "seen", days=DAYS, n=found.cases, wrong=found.wrong)]
