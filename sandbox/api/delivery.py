"""Pushes updates to the webhook: in order within a queue, side by side between queues, again until it is taken."""

from __future__ import annotations

import asyncio
import ssl

import httpx

from sandbox.api import METHODS
from sandbox.api.arguments import NAMES, typed
from sandbox.errors import ApiError
from sandbox.world import World
from sandbox.world.records import Webhook
from sandbox.world.symbols import as_id
from sandbox.world.updates import Pending

NO_TLS = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)  # never used: loopback speaks plain HTTP
PATIENCE = 60.0
FIRST_WAIT, LONGEST_WAIT, LONGEST_RETRY_AFTER = 1.0, 60.0, 3600.0
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the name of a header


class Delivery:
    """One task per queue that has something to push."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.http = httpx.AsyncClient(timeout=PATIENCE, trust_env=False, verify=NO_TLS)
        self.pushing: dict[str, asyncio.Task[None]] = {}
        self.resting: set[asyncio.Task[None]] = set()
        self.hook: Webhook | None = None

    async def run(self) -> None:
        """Until cancelled: start what can be started whenever something arrives or is done."""
        arrived = self.world.updates.arrived
        try:
            while True:
                version = arrived.version
                if self.world.webhook is not None:
                    self.start(self.world.webhook)
                await arrived.wait(version, None)
        finally:
            for task in self.pushing.values():
                task.cancel()
            await asyncio.gather(*self.pushing.values(), return_exceptions=True)
            await self.http.aclose()

    def start(self, hook: Webhook) -> None:
        if hook is not self.hook:
            # Set anew, it is tried at once; nobody goes on resting from the failures of the one before.
            self.hook = hook
            for task in self.resting:
                task.cancel()
        self.world.updates.drop_expired()
        for update in self.world.updates.waiting:
            if len(self.pushing) >= hook.connections:
                return
            if update.queue not in self.pushing:
                self.pushing[update.queue] = asyncio.create_task(self.push(hook, update))

    async def push(self, hook: Webhook, update: Pending) -> None:
        """Push one update until it is taken, expired, or the webhook is another."""
        world, wait = self.world, FIRST_WAIT
        try:
            while world.webhook is hook and update in world.updates.waiting and update.expires > world.now():
                asked = await self.attempt(hook, update)
                if asked is None:
                    world.updates.delivered(update)
                    return
                await self.rest(asked or wait)
                wait = min(wait * 2, LONGEST_WAIT)
        finally:
            self.pushing.pop(update.queue, None)
            world.updates.arrived.bump()

    async def rest(self, seconds: float) -> None:
        if (task := asyncio.current_task()) is not None:
            self.resting.add(task)
            task.add_done_callback(self.resting.discard)
            await self.world.clock.sleep_until(self.world.now() + seconds)
            self.resting.discard(task)

    async def attempt(self, hook: Webhook, update: Pending) -> float | None:
        """None when it was taken, else the seconds the receiver asks for (0: none)."""
        headers = {"content-type": "application/json"}
        if hook.secret:
            headers[SECRET_HEADER] = hook.secret
        try:
            answer = await self.http.post(hook.url, content=update.raw, headers=headers)
        except httpx.TimeoutException:
            return self.failed(hook, "Read timeout expired")
        except httpx.HTTPError as error:
            return self.failed(hook, str(error) or "Connection refused")
        if answer.is_success:
            self.obey(answer)
            return None
        reason = f"Wrong response from the webhook: {answer.status_code} {answer.reason_phrase}"
        asked = answer.headers.get("retry-after", "")
        return self.failed(hook, reason, min(float(as_id(asked) or 0), LONGEST_RETRY_AFTER))

    def failed(self, hook: Webhook, reason: str, wait: float = 0.0) -> float:
        hook.failed_at, hook.failure = self.world.date(), reason
        return wait

    def obey(self, answer: httpx.Response) -> None:
        """A receiver may answer with one method call; its result goes nowhere."""
        if "json" not in answer.headers.get("content-type", ""):
            return
        given = answer.json() if answer.content else {}
        method = NAMES.get(str(given.get("method", "")).lower()) if isinstance(given, dict) else None
        if method in METHODS and method not in (None, "getUpdates"):
            try:
                METHODS[method](self.world, typed(method, given, {}))
            except ApiError as error:
                self.world.record("refused", {"method": method, "error": error.description})
