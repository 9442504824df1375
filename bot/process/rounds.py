"""What Telegram tells nobody of by itself is asked for, round after round: within the limits, outside any Unit."""

import logging
from collections.abc import Awaitable, Callable, Iterable
from typing import NamedTuple, TypeVar

from bot.clock import Clock
from bot.gateway import Unavailable
from bot.limits import Limits
from bot.storage import StorageUnavailable

T = TypeVar("T")

log = logging.getLogger(__name__)


class Pace(NamedTuple):
    """Seconds between two rounds, at least and at most; `about` names in the log what is looked at."""

    about: str
    shortest: float
    longest: float


async def rounds(work: Callable[[], Awaitable[float]], clock: Clock, pace: Pace) -> None:
    """Until cancelled; each round tells in Unix seconds when the next one is worth it."""
    while True:
        wait = pace.longest
        try:
            wait = await work() - clock.now()
        except StorageUnavailable as error:
            log.warning("%s wait for the database: %s", pace.about, error)
        except Exception:
            log.exception("looking at %s fails", pace.about)
        await clock.sleep(max(pace.shortest, min(wait, pace.longest)))


async def ask_each(
    several: Iterable[T], ask: Callable[[T], Awaitable[None]], limits: Limits, pace: Pace
) -> float | None:
    """One after the other; None where all were asked, else the seconds until it is worth going on."""
    for each in several:
        if (wait := limits.wait_to_ask()) > 0:
            return wait
        limits.asked()
        try:
            await ask(each)
        except Unavailable as error:
            # Whoever comes next would only wait as long.
            log.info("Telegram does not tell of %s: %s", pace.about, error)
            return max(pace.longest, error.retry_after)
    return None
