"""A real Chromium for the stories of the page: of this system, of Debian, of Playwright, or one clear error."""

import asyncio
import os
import shutil
import sys
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

from playwright.async_api import Browser, Error, async_playwright

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
INSTALL_SECONDS = 300.0
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
        lines = [line.strip() for line in out.decode(errors="replace").splitlines() if line.strip()]
        reason = next((line for line in lines if "rror" in line or line.startswith("E:")), " ".join(lines[-1:]))
        raise NoBrowserError(f"{Path(command[0]).name} {' '.join(command[1:3])}: {reason}")


WAYS: tuple[Way, ...] = (
    ("this system's", of_the_system),
    ("Debian's package chromium", of_debian),
    ("Playwright's own", of_playwright),
)


async def launched(launch: Callable[[str], Awaitable[Browser]], ways: Sequence[Way] = WAYS) -> tuple[Browser, str]:
    """The first browser that starts, and where it is; a name on the PATH may be a stub that does not start."""
    tried: list[str] = []
    for name, find in ways:
        try:
            paths = await find()
        except (NoBrowserError, OSError) as error:
            tried.append(f"{name}: {error}")
            continue
        for path in paths:
            try:
                return await launch(path), path
            except Error as error:
                tried.append(f"{name} {path}: {error.message.splitlines()[0]}")
        if not paths:
            tried.append(f"{name}: not there")
    raise NoBrowserError(f"no Chromium for the stories of the page. Install `chromium`. Tried: {'; '.join(tried)}")


async def where() -> str:
    """Where a browser that starts is ("" is Playwright's own), after installing one if need be."""
    async with launcher() as launch:
        browser, path = await launched(launch)
        await browser.close()
        return path


@asynccontextmanager
async def chromium(path: str | None = None) -> AsyncIterator[Browser]:
    async with launcher() as launch:
        browser = await launch(await where() if path is None else path)
        try:
            yield browser
        finally:
            await browser.close()


@asynccontextmanager
async def launcher() -> AsyncIterator[Callable[[str], Awaitable[Browser]]]:
    """Starts browsers with a fresh profile below a folder of its own, which goes with them."""
    with tempfile.TemporaryDirectory(prefix="page", ignore_cleanup_errors=True) as home:
        environment: dict[str, str | float | bool] = {**os.environ, "HOME": home, "TMPDIR": home}
        async with async_playwright() as playwright:

            async def launch(path: str) -> Browser:
                own = {**environment, "HOME": os.environ.get("HOME", home)} if not path else environment
                return await playwright.chromium.launch(executable_path=path or None, args=list(FLAGS), env=own)

            yield launch
