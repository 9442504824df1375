"""Makes the pictures of the leaders' guide on a phone, in simplified and traditional characters: what each one sees."""

import re
from functools import partial
from pathlib import Path

import pytest
from playwright.async_api import Browser, Error, expect

from bot.arrival import letter
from handlers.conduct.card_buttons import BY_KIND, OF_THEIR_OWN
from handlers.saying.panels import PANELS
from rules.conduct import gate
from tests.app.stage import ENFORCED, Stage
from tests.arrival.owning import SUHE, printed_link
from tests.page import procedure_pictures as procedure
from tests.page import seen_pictures as scenes
from tests.page.desk_pictures import SCENES, came, latest
from tests.page.first_evening import CARDS, cards, evening, opened
from tests.page.small import reduced
from tests.page.test_pictures import folder
from tests.page.window import Window, address, window

DOCS = Path(__file__).resolve().parents[2] / "docs"
TALL_PHONE = (390, 1500)
GUIDE = DOCS / "for-leaders.md"
SCRIPTS = {"zh_Hans": "hans", "zh_Hant": "hant"}
BIGGEST, ALTOGETHER = 60_000, 2_500_000
NAMED = re.compile(r"pictures/((?:leaders|members|operators)-[\w.]+-han[st]\.png)")
KINDS = {*CARDS, *SCENES, *procedure.SCENES, gate.RULE, procedure.JOIN}
# Every other kind of card with buttons has its picture.
NOT_PICTURED = {
    letter.KIND: "the letter is a panel, and pictured as one",
}


def wanted(script: str) -> set[str]:
    panels = {f"leaders-panel_{name.replace('.', '_')}-{script}.png" for name in PANELS}
    others = {f"members-{name}-{script}.png" for name in scenes.MEMBERS}
    others |= {f"operators-{name}-{script}.png" for name in scenes.OPERATORS}
    return panels | others | {f"leaders-card_{kind}-{script}.png" for kind in KINDS}


async def shoot(view: Window, message: int) -> bytes:
    """One post with its buttons, and nothing of it cut off."""
    row = view.find(message=str(message))
    await expect(row).to_be_visible()
    assert not await view.wide()
    try:
        picture = await row.screenshot(animations="disabled")
    except Error:  # The page drew the row anew meanwhile, as it does when an edit comes.
        picture = await row.screenshot(animations="disabled")
    return reduced(picture)


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
        async with window(browser, camp.settings.telegram.api_base_url, TALL_PHONE) as view:
            await view.open(looking(camp, camp.owner, camp.owner))
            for name, message in found.items():
                keep(target / f"leaders-{name}-{script}.png", await shoot(view, message))
            await procedure.prepared(camp)
            for name in PANELS:
                shown = await opened(camp, name, language)
                keep(target / f"leaders-panel_{name.replace('.', '_')}-{script}.png", await shoot(view, shown))


@pytest.mark.timeout(300)
@pytest.mark.parametrize("language", SCRIPTS)
async def test_every_card_of_other_days_has_its_picture(
    language: str, browser: Browser, sqlite_url: str, tmp_path: Path
) -> None:
    target, script = folder(tmp_path), SCRIPTS[language]
    async with (
        scenes.group(sqlite_url, ENFORCED, language) as camp,
        window(browser, camp.settings.telegram.api_base_url, TALL_PHONE) as view,
    ):
        await view.open(looking(camp, camp.owner, camp.owner))
        for kind, happens in (SCENES | procedure.SCENES).items():
            message = await latest(camp, happens)
            keep(target / f"leaders-card_{kind}-{script}.png", await shoot(view, message))


def looking(camp: Stage, chat: int, user: int) -> str:
    return address(f"{chat}:{user}:as", zone="Asia/Shanghai")


async def looked_at(view: Window, camp: Stage, message: int, user: int) -> bytes:
    """What [查看] shows to the one whom it concerns."""
    await view.find(message=str(message)).locator('[data-button="查看"]').click()

    async def pressed() -> bool:
        return any(press.user == user for press in camp.world.presses.values())

    await camp.people.wait_for(pressed, "the press")
    await camp.calm()
    alert = view.find(dialog="alert")
    await expect(alert).to_be_visible()
    return reduced(await alert.screenshot(animations="disabled"))


@pytest.mark.parametrize("language", SCRIPTS)
async def test_a_member_is_told_alone_and_the_group_in_one_line(
    language: str, browser: Browser, sqlite_url: str, tmp_path: Path
) -> None:
    target, script = folder(tmp_path), SCRIPTS[language]
    async with scenes.group(sqlite_url, scenes.QUIET, language) as camp:
        user, newcomer = [await scenes.person(camp, name, language) for name in (scenes.MEMBER, scenes.NEWCOMER)]
        await scenes.comes(camp, user)
        async with window(browser, camp.settings.telegram.api_base_url, TALL_PHONE) as view:
            await view.open(looking(camp, camp.chat, user))
            line = await latest(camp, partial(scenes.is_reminded, user=user), camp.chat)
            keep(target / f"members-line-{script}.png", await shoot(view, line))
            keep(target / f"members-alert-{script}.png", await looked_at(view, camp, line, user))
            await view.page.keyboard.press("Escape")
            asked = await latest(camp, partial(scenes.comes, user=newcomer), camp.chat)
            keep(target / f"members-name-{script}.png", await shoot(view, asked))
            locked = await latest(camp, scenes.locks, camp.chat)
            keep(target / f"members-locked-{script}.png", await shoot(view, locked))


@pytest.mark.parametrize("language", SCRIPTS)
async def test_a_newcomer_reads_one_welcome_that_opens_the_gate_and_leaders_a_list(
    language: str, browser: Browser, sqlite_url: str, tmp_path: Path
) -> None:
    async with scenes.group(sqlite_url, scenes.GATED, language) as camp:
        newcomer = await scenes.person(camp, scenes.NEWCOMER, language)
        async with window(browser, camp.settings.telegram.api_base_url, TALL_PHONE) as view:
            await view.open(looking(camp, camp.chat, camp.owner))
            welcome = await latest(camp, partial(scenes.comes, user=newcomer), camp.chat)
            keep(folder(tmp_path) / f"members-gate-{SCRIPTS[language]}.png", await shoot(view, welcome))
            await camp.later(scenes.OVER_A_DAY)
            waiting = await latest(camp, scenes.looks_into_the_list)
            await view.open(looking(camp, camp.owner, camp.owner))
            keep(folder(tmp_path) / f"leaders-card_{gate.RULE}-{SCRIPTS[language]}.png", await shoot(view, waiting))


@pytest.mark.parametrize("language", SCRIPTS)
async def test_an_operator_is_greeted_by_the_link(
    language: str, browser: Browser, sqlite_url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    async with scenes.installation(sqlite_url, language, ()) as camp:
        claims = partial(scenes.claims, link=await printed_link(capsys))
        async with window(browser, camp.settings.telegram.api_base_url, TALL_PHONE) as view:
            greeting, first_step = await came(camp, claims, SUHE)
            await view.open(looking(camp, SUHE, SUHE))
            for name, message in (("claimed", greeting), ("first_step", first_step)):
                keep(folder(tmp_path) / f"operators-{name}-{SCRIPTS[language]}.png", await shoot(view, message))


@pytest.mark.parametrize("language", SCRIPTS)
async def test_an_operator_is_asked_whether_it_may_stay(
    language: str, browser: Browser, sqlite_url: str, tmp_path: Path
) -> None:
    async with scenes.installation(sqlite_url, language, (SUHE,)) as camp:
        await camp.starts(SUHE)
        async with window(browser, camp.settings.telegram.api_base_url, TALL_PHONE) as view:
            await view.open(looking(camp, SUHE, SUHE))
            asked = await latest(camp, scenes.brings_it, SUHE)
            keep(folder(tmp_path) / f"operators-may_it_stay-{SCRIPTS[language]}.png", await shoot(view, asked))


def test_no_kind_of_card_is_forgotten() -> None:
    assert {*BY_KIND, *OF_THEIR_OWN} - KINDS == set(NOT_PICTURED)


def test_the_guide_names_a_picture_of_every_panel_and_card_and_each_is_there_and_small() -> None:
    text = GUIDE.read_text(encoding="utf-8")
    named = set(NAMED.findall(text))
    assert named == wanted("hans") | wanted("hant")
    sizes = [(DOCS / "pictures" / name).stat().st_size for name in named]
    assert max(sizes) < BIGGEST
    assert sum(sizes) < ALTOGETHER
