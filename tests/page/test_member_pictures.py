"""Makes the pictures of the members' guide: what one person reads in private, of their own matters alone."""

import re
from functools import partial
from pathlib import Path

import pytest
from playwright.async_api import Browser

from tests.app.stage import Stage
from tests.page import procedure_pictures as procedure
from tests.page import seen_pictures as scenes
from tests.page.desk_pictures import Happens, came, latest
from tests.page.test_leader_pictures import BIGGEST, DOCS, SCRIPTS, TALL_PHONE, keep, looking, shoot
from tests.page.test_pictures import folder
from tests.page.window import Window, window

GUIDE = DOCS / "for-members.md"
NAMED = re.compile(r"pictures/(members-\w+-han[st]\.png)")
# Pictured for leaders' guide, and shown here as well.
BOTH = ("line", "alert")


async def kept(view: Window, camp: Stage, user: int, target: Path, happens: Happens, script: str, name: str) -> None:
    message = await latest(camp, happens, user)
    keep(target / f"members-{name}-{script}.png", await shoot(view, message))


@pytest.mark.timeout(300)
@pytest.mark.parametrize("language", SCRIPTS)
async def test_a_member_reads_in_private_why_what_next_and_the_way_out(
    language: str, browser: Browser, sqlite_url: str, tmp_path: Path
) -> None:
    async with scenes.group(sqlite_url, procedure.LADDER, language) as camp:
        user = await scenes.person(camp, scenes.MEMBER, language)
        await scenes.comes(camp, user)
        await camp.people.start(user)
        await procedure.whispers(camp, user, f"/language {language}")
        async with window(browser, camp.settings.telegram.api_base_url, TALL_PHONE) as view:
            await view.open(looking(camp, user, user))
            taken = partial(kept, view, camp, user, folder(tmp_path), script=SCRIPTS[language])
            for name, happens in procedure.of_a_member(user).items():
                await taken(happens, name=name)


@pytest.mark.timeout(300)
@pytest.mark.parametrize("language", SCRIPTS)
async def test_whoever_asks_to_come_in_is_asked_in_private_and_leaders_read_the_answers(
    language: str, browser: Browser, sqlite_url: str, tmp_path: Path
) -> None:
    target, script = folder(tmp_path), SCRIPTS[language]
    async with scenes.group(sqlite_url, procedure.JOINING, language) as camp:
        user = await scenes.person(camp, "王敏", language)
        async with window(browser, camp.settings.telegram.api_base_url, TALL_PHONE) as view:
            await view.open(looking(camp, user, user))
            (asked,) = await came(camp, partial(procedure.knocks, user=user), user)
            keep(target / f"members-join-{script}.png", await shoot(view, asked))
            await view.open(looking(camp, camp.owner, camp.owner))
            card = await latest(camp, partial(procedure.answers, user=user))
            keep(target / f"leaders-card_{procedure.JOIN}-{script}.png", await shoot(view, card))


def test_the_members_guide_shows_these_pictures_and_each_is_there_and_small() -> None:
    named = set(NAMED.findall(GUIDE.read_text(encoding="utf-8")))
    assert named == {
        f"members-{name}-{script}.png" for name in (*procedure.MEMBERS, *BOTH) for script in SCRIPTS.values()
    }
    assert max((DOCS / "pictures" / name).stat().st_size for name in named) < BIGGEST
