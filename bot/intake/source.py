"""Where updates come from: one protocol for polling and webhook; it says nothing about what becomes of them."""

from typing import Protocol


class Source(Protocol):
    """`run` hands everything on until `stop`; it ends with what is in hand, and raises only TokenRefused and mistakes.

    `heard_at` is when Telegram last gave a sign of life in this direction; 0.0 until it did.
    """

    heard_at: float

    async def run(self) -> None: ...

    def stop(self) -> None: ...
