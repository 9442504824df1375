"""The numbers of quiet, to the second: a minute for a command and its answer, five seconds between two edits."""

from sqlalchemy import select

from bot.storage import acts
from bot.storage.tables import acts as rows
from rules.conduct.effects import Edit, Phrase, Planned, Say
from tests.app.stage import Stage
from tests.programme.conftest import Camping


def own(text: str) -> tuple[Phrase, ...]:
    return (Phrase("own", (("template", text),)),)


async def planned(camp: Stage, kind: str) -> list[tuple[int, int, int]]:
    """(written, not before, settled) of the acts of that kind, the oldest first."""
    found = select(rows.c.created_at, rows.c.not_before, rows.c.settled_at).where(rows.c.kind == kind)
    async with camp.app.services.storage.reading() as unit:
        return [(row[0], row[1], row[2]) for row in await unit.execute(found.order_by(rows.c.id))]


async def test_a_command_and_its_answer_stand_for_sixty_seconds(camping: Camping) -> None:  # L8
    async with camping() as camp:
        before = len(await planned(camp, "Delete"))
        asked = int(camp.app.services.clock.now())
        await camp.people.post(camp.chat, camp.owner, "/mute")
        await camp.calm()
        [command, answer] = sorted((await planned(camp, "Delete"))[before:], key=lambda row: row[1])
        said_at = (await planned(camp, "Say"))[-1][2]
        assert (command[1] - asked, answer[1] - said_at) == (60, 60)


async def test_a_post_is_changed_again_after_five_seconds(camping: Camping) -> None:  # L8
    async with camping() as camp:
        group, storage, clock = await camp.group(), camp.app.services.storage, camp.app.services.clock

        async def write(key: str, act: Say | Edit) -> None:
            async with storage.unit() as unit:
                await acts.write(
                    unit, key=key, decision_id=None, group_id=group.id, chat_id=group.chat_id, user_id=0,
                    planned=[Planned(act)], at=int(clock.now()),
                )  # fmt: skip
            camp.app.services.outbox.wake()
            await camp.app.services.outbox.drain(5)

        await camp.later(60)
        await write("counter", Say(words=own("0"), language="zh_Hans", purpose="counter"))
        post = (await camp.people.messages(camp.chat))[-1]["message_id"]
        for number in ("1", "2"):
            await write(number, Edit(words=own(number), language="zh_Hans", message_id=post))
        first, second = await planned(camp, "Edit")
        assert (second[0] - first[2], second[1] - first[2]) == (0, 5)
