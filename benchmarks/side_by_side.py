"""The floor and the whole message in turns, so that whatever else the machine does falls on both."""

import asyncio
import gc
from functools import partial
from typing import NamedTuple

from benchmarks import floor, moderated
from benchmarks.databases import fresh
from benchmarks.measure import Cost, best, cost, median
from benchmarks.messages import SIZE, batches
from bot.process.housekeeping import settle_memory, unsettle_memory

WARM, ROUNDS, BATCHES = 40, 30, 10


class Compared(NamedTuple):
    """Microseconds a message; `ratio` is that of processor time in the least disturbed round of each."""

    floor: Cost
    whole: Cost
    floor_median: Cost
    whole_median: Cost

    @property
    def ratio(self) -> float:
        return self.whole.cpu / self.floor.cpu


def compare(engine: str) -> Compared:
    with fresh(engine) as url:
        return asyncio.run(rounds(url))


async def rounds(url: str) -> Compared:
    """Each under the collector's settings it runs with: python-telegram-bot leaves it alone, `app.py` does not."""
    bodies = list(batches((WARM + ROUNDS * BATCHES) * SIZE))
    library = await floor.application()
    floors, wholes = [], []
    async with moderated.pump(url) as pump:
        for body in bodies[:WARM]:
            await moderated.take(pump, body)
        for number in range(ROUNDS):
            first = WARM + number * BATCHES
            chosen = bodies[first : first + BATCHES]
            floors.append(await cost(partial(floor.take, library), chosen, SIZE))
            settle_memory()
            wholes.append(await cost(partial(moderated.take, pump), chosen, SIZE))
            unsettle_memory()
    gc.collect()
    return Compared(best(floors), best(wholes), median(floors), median(wholes))
