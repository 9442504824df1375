"""A story of the page runs in a real browser or ends in one clear error; it is never left out."""

import pytest
from playwright.async_api import Browser, Error

from tests.page.browser import NoBrowserError, launched


async def nothing() -> list[str]:
    return []


async def refused() -> list[str]:
    raise NoBrowserError("may not be installed")


async def two() -> list[str]:
    return ["/usr/bin/stub", "/usr/bin/real"]


async def test_a_browser_that_does_not_start_is_passed_over(browser: Browser) -> None:
    asked: list[str] = []

    async def launch(path: str) -> Browser:
        asked.append(path)
        if path.endswith("stub"):
            raise Error("this command needs a snap")
        return browser

    assert await launched(launch, (("none", nothing), ("system", two), ("never", refused))) == (browser, asked[-1])
    assert asked == ["/usr/bin/stub", "/usr/bin/real"]


async def test_where_no_browser_can_be_had_one_error_names_what_was_tried() -> None:
    async def launch(path: str) -> Browser:
        raise Error(f"{path} does not start\nand much more")

    ways = (("this system's", nothing), ("Debian's", refused), ("Playwright's", two))
    with pytest.raises(NoBrowserError) as told:
        await launched(launch, ways)
    assert "this system's: not there; Debian's: may not be installed" in str(told.value)
    assert "/usr/bin/stub does not start; Playwright's" in str(told.value)


async def test_the_browser_is_a_real_one(browser: Browser) -> None:
    assert browser.browser_type.name == "chromium"
    assert int(browser.version.partition(".")[0]) > 100
