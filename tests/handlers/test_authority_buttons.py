"""Nobody presses what is not theirs to press: every button there is, by every wrong person and at every wrong place."""

from typing import Any

import pytest

from bot.powers import ANYONE, ASKED, STAFF
from bot.storage import audit, buttons, roles
from rules.conduct.effects import Button, Phrase
from tests.handlers.camp import Camp
from tests.handlers.test_authority import person, untouched

ACTIONS = sorted(action.removeprefix("press.") for action in ASKED if action.startswith("press."))
FOR_STAFF = [each for each in ACTIONS if ASKED[f"press.{each}"].who <= STAFF]
FOR_ANYONE = [each for each in ACTIONS if ASKED[f"press.{each}"].who == ANYONE]
NOT_FOR_HELPERS = [each for each in FOR_STAFF if "volunteer" not in ASKED[f"press.{each}"].who]


async def made(camp: Camp, actions: list[str], **more: Any) -> list[str]:
    """The ids of buttons that say of themselves that anybody may press them, unless `more` says otherwise."""
    group = await camp.group()
    rows = tuple((Button(Phrase("talk.view"), action=each, ref=1, note="1", **more),) for each in actions)
    async with camp.storage.unit() as unit:
        made = await buttons.make(unit, rows, group_id=group.id, decision_id=None, at=int(camp.clock.now()))
    return [line[0] for line in made]


async def press_all(camp: Camp, user: int, ids: list[str], chat: int) -> None:
    posts = camp.telegram.said(chat)
    message = int(posts[-1]["message_id"])
    for each in ids:
        camp.telegram.do("press", chat=chat, message_id=message, user=user, data=each)
    await camp.go()


async def refused(camp: Camp, user: int) -> set[str]:
    async with camp.storage.reading() as unit:
        rows = await audit.of(unit, action="refused", actor_id=user, limit=2000)
    return {str(row.after["action"]) for row in rows}


@pytest.mark.parametrize("who", ["member", "leader of another group"])
@pytest.mark.parametrize("door", ["group", "private"])
async def test_no_button_of_leaders_works_for_others(camp: Camp, who: str, door: str) -> None:  # S3, S8
    user = await person(camp, who)
    await camp.starts(user)
    await camp.says(camp.lin, "/rules")
    before = await untouched(camp)
    await press_all(camp, user, await made(camp, FOR_STAFF), camp.chat if door == "group" else user)
    assert await untouched(camp) == before
    assert {f"press.{each}" for each in FOR_STAFF} <= await refused(camp, user)


async def test_a_helper_presses_only_what_helpers_may(camp: Camp) -> None:  # S8, N05
    group = await camp.group()
    async with camp.storage.unit() as unit:
        await roles.grant(unit, group.id, camp.lin, "volunteer", 1, 0)
    await camp.says(camp.lin, "/rules")
    before = await untouched(camp)
    await press_all(camp, camp.lin, await made(camp, NOT_FOR_HELPERS), camp.chat)
    assert await untouched(camp) == before
    assert {f"press.{each}" for each in NOT_FOR_HELPERS} <= await refused(camp, camp.lin)


async def test_no_button_works_in_another_chat(camp: Camp) -> None:  # S3
    other = camp.telegram.supergroup("别处")
    camp.telegram.do("join", chat=other, user=camp.leader)
    await camp.go()
    await camp.says(camp.leader, "/rules", other)
    before = await untouched(camp)
    await press_all(camp, camp.leader, await made(camp, ACTIONS), other)
    assert await untouched(camp) == before
    assert {f"press.{each}" for each in ACTIONS} <= await refused(camp, camp.leader)


async def test_a_button_made_for_one_person_works_for_nobody_else(camp: Camp) -> None:  # S3
    await camp.says(camp.lin, "/rules")
    before = await untouched(camp)
    await press_all(camp, camp.leader, await made(camp, ACTIONS, audience="member", user_id=camp.lin), camp.chat)
    assert await untouched(camp) == before
    assert {f"press.{each}" for each in ACTIONS} <= await refused(camp, camp.leader)


async def test_what_the_button_says_of_its_audience_narrows_what_the_table_allows(camp: Camp) -> None:  # S3
    """A button of everybody's under a leaders' card is a leaders' button."""
    await camp.says(camp.lin, "/rules")
    for audience in ("leaders", "reviewers", "officers", "staff"):
        await press_all(camp, camp.lin, await made(camp, FOR_ANYONE, audience=audience), camp.chat)
    assert {f"press.{each}" for each in FOR_ANYONE} <= await refused(camp, camp.lin)


async def test_data_nobody_made_is_a_forgery(camp: Camp) -> None:  # S3
    await camp.says(camp.lin, "/rules")
    for data in ("x" * 64, "undo", "press.undo", "' OR 1=1 --", "_" * 16):
        assert await camp.forges(camp.lin, int(camp.telegram.said()[-1]["message_id"]), data)
    assert await refused(camp, camp.lin) == {"press"}
