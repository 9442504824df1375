"""Asked over to the special-care group while there already, or while leading the camp by now (R11)."""

from bot.storage import books
from tests.programme.conftest import Camping
from tests.programme.test_special_care import caring


async def test_whoever_is_there_already_leaves_the_camp_at_once(camping: Camping) -> None:  # R11
    async with caring(camping) as care:
        await care.camp.people.join(care.place, care.lin)
        await care.camp.calm()
        await care.asked_over()
        assert (await care.row()).state == "inside"
        assert await care.status() in ("left", "kicked")
        assert await care.status(care.place) == "member"
        assert await care.cards(care.place) == ["care_entered"]


async def test_whoever_leads_the_camp_by_now_stays_in_it(camping: Camping) -> None:  # R11
    async with caring(camping) as care:
        await care.asked_over()
        await care.camp.people.promote(care.camp.chat, care.lin, "all")
        await care.camp.calm()
        await care.enters()
        assert await care.status() == "administrator"
        group = await care.camp.group()
        async with care.camp.app.services.storage.reading() as unit:
            written = (await books.rows(unit, {(group.id, care.lin)}, 0))[group.id, care.lin]
        assert [row.kind for row in written] == ["read_only", "freed"]
