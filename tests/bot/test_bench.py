"""A batch that was waiting may span hours: each message meets the standing of its own moment."""

from bot.conduct.cases import Bench, about
from bot.conduct.policies import Policies
from bot.storage import Storage, groups
from bot.textscan import Scanner
from rules.conduct.effects import Entry
from tests.bot.storage.making import AT, CHAT, PERSON, decide, message


async def test_what_expires_within_a_batch_counts_for_its_earlier_messages_alone(storage: Storage) -> None:
    scanner = Scanner.build()
    async with storage.unit() as unit:
        group = await groups.ensure(unit, CHAT, title="07营", kind="group", owner_id=1, at=AT)
        await decide(unit, group, "k", Entry("warning", "insult", counted=True, valid_until=AT + 100))
        ruled = await Policies(scanner, {}).of(unit, group)
        bench = Bench(await about(unit, {CHAT: group}, {(group.id, PERSON)}, AT))
    seen = []
    for at in (AT + 10, AT + 90, AT + 110, AT + 7200):
        facts = message(at=at)
        seen.append(bench.case(facts, scanner.scan(facts, ruled.lists), group, ruled).member.standing.warnings)
    assert seen == [1, 1, 0, 0]
