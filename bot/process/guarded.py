"""The part of the gateway that takes updates in, for whoever holds the lease; it sends nothing to people."""

from collections.abc import Sequence

from bot.gateway import Gateway, WebhookInfo
from bot.process.lease import Lease


class Guarded:
    """Confirms nothing, and turns nothing our way, unless the lease is ours: Telegram would take it as taken."""

    def __init__(self, gateway: Gateway, lease: Lease) -> None:
        self._gateway = gateway
        self._lease = lease

    async def updates(self, offset: int, limit: int, timeout: int, allowed: tuple[str, ...]) -> bytes:  # noqa: ASYNC109
        await self._lease.proven()
        return await self._gateway.updates(offset, limit, timeout, allowed)

    async def set_webhook(self, url: str, secret: str, connections: int, allowed: Sequence[str]) -> None:
        await self._lease.proven()
        await self._gateway.set_webhook(url, secret, connections, allowed)

    async def delete_webhook(self) -> None:
        await self._lease.proven()
        await self._gateway.delete_webhook()

    async def webhook_info(self) -> WebhookInfo:
        return await self._gateway.webhook_info()
