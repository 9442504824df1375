"""How something is measured: processor time and wall time of one batch after the other, the median of rounds."""

import statistics
import time
from collections.abc import Awaitable, Callable, Sequence
from typing import NamedTuple


class Cost(NamedTuple):
    """Microseconds a message."""

    cpu: float
    wall: float


async def cost(take: Callable[[bytes], Awaitable[None]], bodies: Sequence[bytes], each: int) -> Cost:
    cpu, wall = time.process_time(), time.perf_counter()
    for body in bodies:
        await take(body)
    messages = len(bodies) * each / 1e6
    return Cost((time.process_time() - cpu) / messages, (time.perf_counter() - wall) / messages)


def best(costs: Sequence[Cost]) -> Cost:
    """Of the least disturbed rounds: whatever else a machine does only ever adds."""
    return Cost(min(c.cpu for c in costs), min(c.wall for c in costs))


def median(costs: Sequence[Cost]) -> Cost:
    return Cost(statistics.median(c.cpu for c in costs), statistics.median(c.wall for c in costs))
