"""Makes the pictures of the leaders' guide: cards and panels on a phone, in simplified and traditional characters."""

import re
from pathlib import Path

import pytest
from playwright.async_api import Browser, expect

from bot import letter
from handlers.card_buttons import BY_KIND, OF_THEIR_OWN
from handlers.panels import PANELS
from rules.conduct import gate
from tests.page.desk_pictures import SCENES, latest, working
from tests.page.first_evening import CARDS, cards, evening, opened
from tests.page.small import reduced
from tests.page.test_pictures import folder
from tests.page.window import Window, address, window

DOCS = Path(__file__).resolve().parents[2] / "docs"
TALL_PHONE = (390, 1500)
GUIDE = DOCS / "for-leaders.md"
SCRIPTS = {"zh_Hans": "hans", "zh_Hant": "hant"}
BIGGEST, ALTOGETHER = 60_000, 2_500_000
NAMED = re.compile(r"pictures/(leaders-[\w.]+-han[st]\.png)")
# Every other kind of card with buttons has its picture.
NOT_PICTURED = {
    letter.KIND: "the letter is a panel, and pictured as one",
    gate.RULE: "no card: it stands in the list of what waits",
}


def wanted(script: str) -> set[str]:
    panels = {f"leaders-panel_{name.replace('.', '_')}-{script}.png" for name in PANELS}
    return panels | {f"leaders-card_{kind}-{script}.png" for kind in (*CARDS, *SCENES)}


async def shoot(view: Window, message: int) -> bytes:
    """One post with its buttons, and nothing of it cut off."""
    row = view.find(message=str(message))
    await expect(row).to_be_visible()
    assert not await view.wide()
    return reduced(await row.screenshot(animations="disabled"))


def keep(target: Path, picture: bytes) -> None:
    assert len(picture) < BIGGEST, target.name
    target.write_bytes(picture)


@pytest.mark.timeout(300)
@pytest.mark.parametrize("language", SCRIPTS)
async def test_every_panel_and_card_has_its_picture(
    language: str, browser: Browser, sqlite_url: str, tmp_path: Path
) -> None:
    target, script = folder(tmp_path), SCRIPTS[language]
    async with evening(sqlite_url, language) as camp:
        found = {f"card_{kind}": message for kind, message in (await cards(camp)).items()}
        where = address(f"{camp.owner}:{camp.owner}:as", zone="Asia/Shanghai")
        async with window(browser, camp.settings.telegram.api_base_url, TALL_PHONE) as view:
            await view.open(where)
            for name, message in found.items():
                keep(target / f"leaders-{name}-{script}.png", await shoot(view, message))
            for name in PANELS:
                shown = await opened(camp, name, language)
                keep(target / f"leaders-panel_{name.replace('.', '_')}-{script}.png", await shoot(view, shown))
    first = wanted(script) - {f"leaders-card_{kind}-{script}.png" for kind in SCENES}
    assert {path.name for path in target.glob(f"leaders-*-{script}.png")} >= first


@pytest.mark.timeout(300)
@pytest.mark.parametrize("language", SCRIPTS)
async def test_every_card_of_other_days_has_its_picture(
    language: str, browser: Browser, sqlite_url: str, tmp_path: Path
) -> None:
    target, script = folder(tmp_path), SCRIPTS[language]
    async with working(sqlite_url, language) as camp:
        where = address(f"{camp.owner}:{camp.owner}:as", zone="Asia/Shanghai")
        async with window(browser, camp.settings.telegram.api_base_url, TALL_PHONE) as view:
            await view.open(where)
            for kind, happens in SCENES.items():
                message = await latest(camp, happens)
                keep(target / f"leaders-card_{kind}-{script}.png", await shoot(view, message))


def test_no_kind_of_card_is_forgotten() -> None:
    assert {*BY_KIND, *OF_THEIR_OWN} - {*CARDS, *SCENES} == set(NOT_PICTURED)


def test_the_guide_names_a_picture_of_every_panel_and_card_and_each_is_there_and_small() -> None:
    text = GUIDE.read_text(encoding="utf-8")
    named = set(NAMED.findall(text))
    assert named == wanted("hans") | wanted("hant")
    sizes = [(DOCS / "pictures" / name).stat().st_size for name in named]
    assert max(sizes) < BIGGEST
    assert sum(sizes) < ALTOGETHER
