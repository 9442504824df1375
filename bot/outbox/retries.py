"""How long to wait before an act is tried again."""

import random

FIRST, LONGEST, LONGEST_PRESS = 1.0, 60.0, 5.0
# An act that fails for longer than that lets the later ones of its chat pass.
KEEP_ORDER = 5


def pause(attempts: int, longest: float, chance: random.Random) -> float:
    """Seconds after the `attempts`-th failure: doubling, capped, and between half and whole by chance."""
    return float(min(longest, FIRST * 2 ** min(attempts - 1, 16))) * chance.uniform(0.5, 1.0)
