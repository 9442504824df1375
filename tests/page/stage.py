"""A stage for stories of the page: a served world, people, a bot that says what the test wants, windows."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from typing import Any

from playwright.async_api import Browser

from sandbox.client import SandboxClient
from sandbox.serve import serve
from sandbox.world import World
from tests.page.window import DESKTOP, Scheme, Window, window

START = 1_740_952_800.0


@dataclass
class Stage:
    world: World
    url: str
    people: SandboxClient
    browser: Browser
    stack: AsyncExitStack
    owner: int = 0
    chat: int = 0

    async def member(self, name: str = "林晓", **given: Any) -> int:
        user = await self.people.user_create(name, **given)
        await self.people.join(self.chat, user)
        return user

    async def window(
        self, address: str = "", size: tuple[int, int] = DESKTOP, scheme: Scheme = "light", *, touch: bool = False
    ) -> Window:
        """A window that is open until the test ends."""
        opened = await self.stack.enter_async_context(window(self.browser, self.url, size, scheme, touch=touch))
        await opened.open(address)
        return opened

    async def bot(self, method: str, **parameters: Any) -> Any:
        """A call of the bot; its result, or the whole answer when it was refused."""
        answer = (await self.people.http.post(f"/bot{self.world.token}/{method}", json=parameters)).json()
        return answer["result"] if answer["ok"] else answer


@asynccontextmanager
async def staged(browser: Browser, **given: Any) -> AsyncIterator[Stage]:
    """A camp with an owner and the bot as an administrator; time runs from a fixed moment."""
    world = World(**{"start": START, **given})
    async with serve(world) as url, SandboxClient(url) as people, AsyncExitStack() as stack:
        stage = Stage(world, url, people, browser, stack)
        stage.owner = await people.user_create("群主", username="owner")
        stage.chat = await people.chat_create("supergroup", "07营 学习群", stage.owner)
        await people.add_bot(stage.chat, admin="all")
        yield stage
