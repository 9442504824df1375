"""Makes the pictures of README and documents: a fixed scene, on a desk and on a phone, light and dark."""

import os
import struct
import zlib
from pathlib import Path

from playwright.async_api import Browser, expect

from tests.app.stage import Stage
from tests.page.scene import AD, looked_at, morning
from tests.page.window import DESKTOP, PHONE, Scheme, window

SIZES = {"desktop": DESKTOP, "phone": PHONE}
SCHEMES: tuple[Scheme, ...] = ("light", "dark")
SMALLEST, BIGGEST = 30_000, 400_000


def folder(given: Path) -> Path:
    """`make pictures` names the folder; otherwise they go with the test."""
    chosen = Path(os.environ.get("PICTURES") or given)
    chosen.mkdir(parents=True, exist_ok=True)
    return chosen


async def take(browser: Browser, camp: Stage, name: str, scheme: Scheme, target: Path) -> bytes:
    async with window(browser, camp.settings.telegram.api_base_url, SIZES[name], scheme) as opened:
        await opened.open(looked_at(camp, panel=name == "desktop"))
        await expect(opened.find(column=0, chat=camp.chat).locator('[data-state="deleted"]')).to_contain_text(AD)
        if name == "desktop":
            await expect(opened.find(method="deleteMessage")).to_be_visible()
        picture = await opened.page.screenshot(animations="disabled")
    (target / f"{name}-{scheme}.png").write_bytes(picture)
    return picture


async def test_the_pictures_show_the_page_on_a_desk_and_on_a_phone_light_and_dark(
    browser: Browser, sqlite_url: str, tmp_path: Path
) -> None:
    target = folder(tmp_path)
    async with morning(sqlite_url) as camp:
        taken = {(n, s): await take(browser, camp, n, s, target) for n in SIZES for s in SCHEMES}
    for (name, scheme), picture in taken.items():
        assert SMALLEST < len(picture) < BIGGEST, (name, scheme)
        assert struct.unpack(">II", picture[16:24]) == SIZES[name]
        assert len(set(pixels(picture))) > 100, "not one colour only"
    assert len({bytes(picture) for picture in taken.values()}) == len(SIZES) * len(SCHEMES)


def pixels(picture: bytes) -> bytes:
    """The picture's unpacked data."""
    at, data = 8, b""
    while at < len(picture):
        length, kind = struct.unpack(">I4s", picture[at : at + 8])
        data += picture[at + 8 : at + 8 + length] if kind == b"IDAT" else b""
        at += length + 12
    return zlib.decompress(data)
