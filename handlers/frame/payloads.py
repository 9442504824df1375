"""The words behind /start in a link (`claim_…`, `menu_7`): each kind has one handler, by what stands before the first
underscore. A link orders nothing by itself; its handler asks who may."""

from collections.abc import Awaitable, Callable

from handlers.frame.context import Talk
from handlers.frame.orders import Order

Payload = Callable[[Talk, str], Awaitable[bool]]
"""Gets what stands after the underscore; True where the usual greeting need not follow."""

PAYLOADS: dict[str, Payload] = {}


def payload(kind: str) -> Callable[[Payload], Payload]:
    """Register what /start with `KIND_…` does in private; its module is imported by handlers/routes."""

    def registered(made: Payload) -> Payload:
        PAYLOADS[kind] = made
        return made

    return registered


async def answered(talk: Talk, order: Order) -> bool:
    """Whether the words of this /start were understood and need no greeting."""
    kind, _, rest = order.first().partition("_")
    return kind in PAYLOADS and await PAYLOADS[kind](talk, rest)
