"""What goes with a group that nobody lets in, and what of other groups stays."""

from bot.storage import Storage, arrivals, groups, undecided

OURS, LONGER = -100777, -1007771
BROKEN = '{{"message":{{"chat":{{"id":{},"type":"supergroup"}},"message_id":"x"}}}}'


async def refused(storage: Storage) -> groups.GroupRow:
    async with storage.unit() as unit:
        return await groups.ensure(
            unit, OURS, kind="supergroup", title="没人让进的群", owner_id=1, at=1, state=groups.REFUSED
        )


async def test_a_group_whose_number_only_begins_alike_keeps_its_updates(storage: Storage) -> None:
    group = await refused(storage)
    async with storage.unit() as unit:
        for number, chat in enumerate((OURS, LONGER), 1):
            await undecided.add(unit, 1, number, "cannot be read", BROKEN.format(chat), 1)
        await arrivals.forget(unit, group)
    async with storage.reading() as unit:
        assert [row.update_id for row in await undecided.pending(unit, 9)] == [2]


async def test_only_what_comes_from_a_group_outside_is_not_kept(storage: Storage) -> None:
    await refused(storage)
    async with storage.reading() as unit:
        assert await arrivals.from_outside(unit, BROKEN.format(OURS))
        assert not await arrivals.from_outside(unit, BROKEN.format(LONGER))
