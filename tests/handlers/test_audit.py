"""The audit: every act of power leaves a row that says who, what, on whom; leaders read it, and take it along."""

import csv
import io

from bot.storage import audit, books, groups, roles
from tests.bot.storage.schema import everything
from tests.handlers.camp import INSULT, Camp


def table(camp: Camp, user: int) -> list[dict[str, str]]:
    post = next(each for each in reversed(camp.telegram.said(user)) if "document" in each)
    text = camp.telegram.world.files[post["document"]["file_id"]].data.decode()
    return list(csv.DictReader(io.StringIO(text)))


async def test_rule_person_and_clock_leave_rows_of_their_own(camp: Camp) -> None:
    await camp.says(camp.lin, INSULT)
    await camp.asks(camp.leader, f"/warn {camp.lin} 请温和一点")
    rule, person = await camp.audited("remind"), await camp.audited("warn")
    assert [(row.actor_kind, row.target_id) for row in rule] == [("rule", camp.lin)]
    assert [(row.actor_kind, row.actor_id, row.target_id) for row in person] == [("person", camp.leader, camp.lin)]


async def test_no_decision_in_force_stands_without_a_row_that_names_it(camp: Camp) -> None:
    await camp.starts(camp.lin)
    await camp.says(camp.lin, INSULT)
    for line in ("/warn {0} 一", "/mute {0} 10m", "/unmute {0}", "/remove {0}", "/readmit {0}"):
        await camp.asks(camp.leader, line.format(camp.lin))
    await camp.asks(camp.leader, f"/undo {(await camp.decisions(camp.lin))[-1].id}")
    group = await camp.group()
    async with camp.storage.reading() as unit:
        rows = await audit.of(unit, group_id=group.id, limit=500)
        decided = await books.decided_since(unit, 0, 500)
    named = {row.after.get("decision") for row in rows} | {row.before.get("decision") for row in rows}
    lost = [(row.step, row.id) for row in decided if row.mode == "enforce" and not {row.id, row.reverses} & named]
    assert len(decided) >= 7
    assert lost == []


async def test_leaders_read_it_in_words(camp: Camp) -> None:
    await camp.starts(camp.leader)
    await camp.says(camp.lin, INSULT)
    await camp.asks(camp.leader, f"/warn {camp.lin} 请温和一点")
    await camp.asks(camp.leader, "/audit")
    shown = camp.last(camp.leader)
    assert "班长：计次的提醒 → 林晓 #2" in shown
    assert "约定：提醒 → 林晓 #1" in shown
    await camp.asks(camp.leader, f"/audit 3 {camp.leader}")
    assert "约定：" not in camp.last(camp.leader)


async def test_it_is_taken_along_as_a_table_whose_cells_are_no_formulas(camp: Camp) -> None:  # S6
    await camp.starts(camp.leader)
    odd = camp.telegram.member("=HYPERLINK(1)")
    await camp.go()
    await camp.asks(camp.leader, f"/warn {odd} =1+1")
    await camp.asks(camp.leader, "/audit export 30")
    (row,) = [each for each in table(camp, camp.leader) if each["action"] == "warn"]
    assert (row["who"], row["who_name"], row["whom_id"]) == ("person", "班长", str(odd))
    assert row["whom_name"] == "'=HYPERLINK(1)"
    assert '"reason": "=1+1"' in row["after"]
    assert len(await camp.audited("audit.export")) == 1


async def test_a_leader_takes_only_their_group_along_and_an_owner_all_of_theirs(camp: Camp) -> None:  # S8
    other = camp.telegram.supergroup("第二个营")
    camp.telegram.do("join", chat=other, user=camp.lin)
    await camp.go()
    await camp.set_group(owner_id=7)
    second = await camp.group(other)
    async with camp.storage.unit() as unit:
        await groups.update(unit, second.id, owner_id=7)
        for group in (await camp.group(), second):
            await audit.add(
                unit, at=int(camp.clock.now()), actor_kind="clock", actor_id=0, action="x", group_id=group.id
            )
    await camp.starts(camp.leader)
    await camp.asks(camp.leader, "/audit export")
    assert {row["group"] for row in table(camp, camp.leader)} == {"Camp 07"}
    async with camp.storage.unit() as unit:
        for group in (await camp.group(), second):
            await roles.grant(unit, group.id, camp.leader, "owner", 1, int(camp.clock.now()))
    await camp.asks(camp.leader, "/audit export")
    assert {row["group"] for row in table(camp, camp.leader)} == {"Camp 07"}
    await camp.asks(camp.leader, "/audit export all 30")
    assert {row["group"] for row in table(camp, camp.leader)} == {"Camp 07", "第二个营"}


async def test_the_export_does_not_stay_in_the_outbox(camp: Camp) -> None:
    await camp.starts(camp.leader)
    await camp.asks(camp.leader, f"/warn {camp.lin} 请温和一点")
    await camp.asks(camp.leader, "/audit export")
    async with camp.storage.reading() as unit:
        found = await everything(unit.connection)
    assert "whom_name" not in str(found["acts"])


async def test_what_a_member_tried_is_not_held_against_them_where_leaders_read(camp: Camp) -> None:  # S3
    await camp.starts(camp.leader)
    for line in ("/team", "/shift", "/decision 1"):
        await camp.asks(camp.lin, line)
    await camp.asks(camp.leader, f"/warn {camp.lin} 请温和一点")
    await camp.asks(camp.leader, "/audit")
    assert "林晓：" not in camp.last(camp.leader)
    await camp.asks(camp.leader, "/audit export")
    found = {row["action"] for row in table(camp, camp.leader)}
    assert ("warn" in found, "refused" in found) == (True, False)
    await camp.asks(camp.leader, "/audit refused")
    assert "林晓：请求没有执行" in camp.last(camp.leader)
