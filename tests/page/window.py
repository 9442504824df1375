"""A window of the browser on the page of a sandbox; it notes every error and every request that leads elsewhere."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any, Literal

from playwright.async_api import Browser, ConsoleMessage, Error, Locator, Page, Request, Route

DESKTOP, PHONE = (1280, 800), (390, 844)
PATIENCE_MS = 10_000
Scheme = Literal["light", "dark"]
REFUSED = re.compile(r"/sandbox/\w+")


@dataclass
class Window:
    """What must not be is in `wrong`. While the sandbox is `away`, lost connections are fine."""

    page: Page
    url: str
    wrong: list[str] = field(default_factory=list)
    away: bool = False

    def heard(self, message: ConsoleMessage) -> None:
        """A refusal of the sandbox (400) is an answer, though a browser writes it down as an error."""
        if message.type != "error":
            return
        where = str(message.location.get("url", ""))
        refusal = "status of 400" in message.text and REFUSED.search(where)
        lost = self.away and (
            "ERR_CONNECTION" in message.text or "ERR_EMPTY" in message.text or "INCOMPLETE" in message.text
        )
        if not refusal and not lost:
            self.wrong.append(f"console: {message.text} ({where})")

    def failed(self, error: Error) -> None:
        self.wrong.append(f"page: {error.message}\n{error.stack}")

    async def guard(self, route: Route, request: Request) -> None:
        if request.url.startswith((f"{self.url}/", "data:", "blob:")):
            await route.fallback()
        else:
            self.wrong.append(f"request: {request.url}")
            await route.abort()

    def find(self, **data: Any) -> Locator:
        """The elements with these data attributes; an empty one only has to be there."""
        return self.page.locator(selector(**data))

    async def open(self, address: str = "") -> None:
        await self.page.goto(f"{self.url}/{address}")

    def act(self, name: str) -> Locator:
        """The control that does this."""
        return self.find(act=name)

    def field(self, name: str) -> Locator:
        return self.find(field=name)

    async def press(self, *acts: str) -> None:
        """Press one control after the other; one that asks back is pressed again."""
        for name in acts:
            await self.act(name).click()
            if await self.find(act=name, asking="").count():
                await self.find(act=name, asking="").click()

    async def unfold(self, part: str) -> None:
        await self.page.locator(f'details[data-part="{part}"]:not([open]) > summary').click()

    async def pick(self, **chosen: Any) -> None:
        """Fill in fields by their names: text, a choice by its value, a tick."""
        for name, value in chosen.items():
            field = self.field(name.replace("_", "-"))
            if isinstance(value, bool):
                await field.set_checked(value)
            elif await field.evaluate("element => element.tagName") == "SELECT":
                await field.select_option(str(value))
            else:
                await field.fill(str(value))

    async def wide(self) -> bool:
        """Whether the page would scroll sideways."""
        script = "() => document.documentElement.scrollWidth > document.documentElement.clientWidth"
        return bool(await self.page.evaluate(script))


def address(*columns: int | str, panel: str = "", **more: Any) -> str:
    """The part of the address that says what is looked at; a column is a chat or `chat:actor:view`."""
    parts = {"columns": ",".join(str(column) for column in columns), "panel": panel, **more}
    if panel:
        parts.setdefault("at", "panel")
    elif columns:
        parts.setdefault("at", "column")
    return "#" + "&".join(f"{name}={value}" for name, value in parts.items() if value)


def selector(**data: Any) -> str:
    return "".join(
        f"[data-{name.replace('_', '-')}]" if value == "" else f'[data-{name.replace("_", "-")}="{value}"]'
        for name, value in data.items()
    )


@asynccontextmanager
async def window(
    browser: Browser, url: str, size: tuple[int, int] = DESKTOP, scheme: Scheme = "light", *, touch: bool = False
) -> AsyncIterator[Window]:
    """A fresh window; closing it fails the test if anything in it went wrong."""
    width, height = size
    context = await browser.new_context(
        viewport={"width": width, "height": height},
        color_scheme=scheme,
        reduced_motion="reduce",
        has_touch=touch,
        locale="en-GB",
        timezone_id="Asia/Shanghai",
    )
    context.set_default_timeout(PATIENCE_MS)
    try:
        opened = Window(await context.new_page(), url)
        opened.page.on("console", opened.heard)
        opened.page.on("pageerror", opened.failed)
        await context.route("**/*", opened.guard)
        yield opened
        if opened.wrong:
            raise AssertionError("went wrong in the page:\n" + "\n".join(opened.wrong))
    finally:
        await context.close()
