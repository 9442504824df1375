"""A real Chromium for the stories of the page: of this system, of Debian, of Playwright, or one clear error."""

import asyncio
import os
import shutil
import sys
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager

from playwright.async_api import Browser, BrowserType, Error, async_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
INSTALL_SECONDS = 100.0
Way = tuple[str, Callable[[], Awaitable[list[str]]]]


class NoBrowserError(RuntimeError):
    """No Chromium could be had; the text says what was tried."""


async def of_the_system() -> list[str]:
    return [path for name in NAMES if (path := shutil.which(name))]


async def of_debian() -> list[str]:
    """Installed where that may be done without asking: by root, on a machine for checks."""
    if not os.environ.get("CI") or os.geteuid() != 0 or shutil.which("apt-get") is None:
        raise NoBrowserError("only root may install it, and only where CI is set")
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    await run(["apt-get", "-qq", "update"], quiet)
    await run(["apt-get", "-qq", "install", "-y", "--no-install-recommends", "chromium"], quiet)
    return await of_the_system()


async def of_playwright() -> list[str]:
    await run([sys.executable, "-m", "playwright", "install", "chromium"], dict(os.environ))
    return [""]


async def run(command: Sequence[str], environment: dict[str, str]) -> None:
    process = await asyncio.create_subprocess_exec(
        *command, env=environment, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT
    )
    try:
        out, _ = await asyncio.wait_for(process.communicate(), INSTALL_SECONDS)
    except TimeoutError:
        process.kill()
        await process.wait()
        raise NoBrowserError(f"{command[0]} took longer than {INSTALL_SECONDS:.0f} s") from None
    if process.returncode:
        last = out.decode(errors="replace").strip().splitlines()[-1:]
        raise NoBrowserError(f"{' '.join(command[:3])}: {' '.join(last)}")


WAYS: tuple[Way, ...] = (
    ("this system's", of_the_system),
    ("Debian's package chromium", of_debian),
    ("Playwright's own", of_playwright),
)


async def launched(launch: Callable[[str], Awaitable[Browser]], ways: Sequence[Way] = WAYS) -> Browser:
    """The first browser that starts; a name on the PATH may be a stub that does not."""
    tried: list[str] = []
    for name, find in ways:
        try:
            paths = await find()
        except (NoBrowserError, OSError) as error:
            tried.append(f"{name}: {error}")
            continue
        for path in paths:
            try:
                return await launch(path)
            except Error as error:
                tried.append(f"{name} {path}: {error.message.splitlines()[0]}")
        if not paths:
            tried.append(f"{name}: not there")
    raise NoBrowserError(f"no Chromium for the stories of the page. Install `chromium`. Tried: {'; '.join(tried)}")


@asynccontextmanager
async def chromium(ways: Sequence[Way] = WAYS) -> AsyncIterator[Browser]:
    """A browser with a fresh profile below a folder of its own, which goes with it."""
    with tempfile.TemporaryDirectory(prefix="page") as home:
        environment: dict[str, str | float | bool] = {**os.environ, "HOME": home, "TMPDIR": home}
        async with async_playwright() as playwright:

            async def launch(path: str) -> Browser:
                kind: BrowserType = playwright.chromium
                return await kind.launch(executable_path=path or None, args=list(FLAGS), env=environment)

            browser = await launched(launch, ways)
            try:
                yield browser
            finally:
                await browser.close()
