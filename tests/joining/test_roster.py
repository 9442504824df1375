"""Who is on the list and has answered comes in alone, once; whoever guesses or borrows a code meets a person."""

from bot.joining import deciding
from bot.storage import joinrequests, roster
from bot.storage.roster import Expected, RosterRow
from tests.app.stage import Stage
from tests.joining.door import comes, door, inside, last, request, says

TABLE = "code,username,name,note\n07-018,,王敏,首期\n,xiaochen,小陈,\n"
ALONE = {"mode": "roster", "auto_approve": True, "questions": ["你的职业？"], "answers_needed": 1}


async def listed(stage: Stage) -> list[RosterRow]:
    group = await stage.group()
    async with stage.app.services.storage.reading() as unit:
        return list(await roster.listed(unit, group.id))


async def expects(stage: Stage, *lines: Expected) -> None:
    group = await stage.group()
    async with stage.app.services.storage.unit() as unit:
        await roster.add(unit, group.id, lines, stage.owner, 1)


async def opened(stage: Stage) -> None:
    await says(stage, stage.owner, f"/roster #{(await stage.group()).id}")


async def test_a_leader_imports_it_after_having_seen_what_it_would_add(database_url: str) -> None:  # J06
    async with door(database_url, mode="roster") as stage:
        await opened(stage)
        await stage.press(stage.owner, "导入", stage.owner)
        await says(stage, stage.owner, TABLE)
        assert await listed(stage) == [], "nothing before the press"
        assert "要新加 2 行：王敏、小陈" in await last(stage, stage.owner)
        await stage.press(stage.owner, "收下 2 行", stage.owner)
        assert [(row.code, row.username, row.name) for row in await listed(stage)] == [
            ("07-018", "", "王敏"), ("", "xiaochen", "小陈"),
        ]  # fmt: skip
        await opened(stage)
        await stage.press(stage.owner, "导入", stage.owner)
        await says(stage, stage.owner, TABLE)
        assert "已经在名单里、保持原样的有 2 行" in await last(stage, stage.owner)


async def test_every_bad_line_is_named_and_nothing_is_taken_over(database_url: str) -> None:  # S9
    async with door(database_url, mode="roster") as stage:
        await opened(stage)
        await stage.press(stage.owner, "导入", stage.owner)
        await says(stage, stage.owner, "code,username,name\nA1,,一\n,,二\na 1,,三\nA2,x,四,多\n")
        said = await last(stage, stage.owner)
        assert "第 5 行" in said
        await says(stage, stage.owner, "code,username,name\nA1,,一\n,,二\na 1,,三\n")
        said = await last(stage, stage.owner)
        assert "第 3 行：编号和用户名都空着" in said
        assert "第 4 行：「code」和第 2 行重复了" in said
        assert await listed(stage) == []
        await says(stage, stage.owner, "名字,颜色\n一,红\n")
        assert "我不认识「颜色」这个列名" in await last(stage, stage.owner)
        await says(stage, stage.owner, "code\n=HYPERLINK(1)\n")
        await stage.press(stage.owner, "收下 1 行", stage.owner)
        assert len(await listed(stage)) == 1


async def test_by_username_or_code_and_with_everything_answered_they_come_in_at_once(database_url: str) -> None:  # J04
    async with door(database_url, **ALONE) as stage:
        await expects(stage, Expected("07-018", "", "王敏"), Expected("", "xiaochen"))
        chen = await comes(stage, "小陈", username="XiaoChen")
        assert not await inside(stage, chen), "a question is still open"
        await says(stage, chen, "学生")
        assert await inside(stage, chen)
        wang = await comes(stage)
        assert "报名编号" in await last(stage, wang)
        await says(stage, wang, "07-018", "老师")
        assert await inside(stage, wang)
        assert await stage.questions() == []
        assert [row.used_by for row in await listed(stage)] == [wang, chen]
        assert (await request(stage, wang)).reason == "roster"


async def test_a_code_that_was_used_brings_the_second_one_before_leaders(database_url: str) -> None:
    async with door(database_url, **ALONE) as stage:
        await expects(stage, Expected("07-018", "", "王敏"))
        wang = await comes(stage)
        await says(stage, wang, "07-018", "老师")
        other = await comes(stage, "路人")
        await says(stage, other, "07-018", "老师")
        assert not await inside(stage, other)
        assert "编号 07-018 已经由 王敏 用过了" in await last(stage, stage.owner)


async def test_guessing_ends_after_five_tries_also_over_several_requests(database_url: str) -> None:
    async with door(database_url, **ALONE) as stage:
        await expects(stage, Expected("07-018", "", "王敏"))
        someone = await comes(stage, "路人")
        await says(stage, someone, "07-001", "07-002", "07-003")
        assert "还可以试 2 次" in await last(stage, someone)
        await says(stage, someone, "07-004", "07-005", "老师")
        assert "编号试了 5 次都不对" in await last(stage, stage.owner)
        await stage.press(stage.owner, "婉拒", stage.owner)
        await stage.later(10)
        await stage.people.join_request(stage.chat, someone)
        await stage.calm()
        assert "你的职业？" in await last(stage, someone), "no sixth try"


async def test_whoever_is_not_on_the_list_never_comes_in_alone(database_url: str) -> None:
    async with door(database_url, mode="desk", auto_approve=True) as stage:
        wang = await comes(stage)
        assert not await inside(stage, wang)
        assert await stage.questions() == ["join"]


async def test_it_is_removed_after_a_question_and_nobody_inside_is_touched(database_url: str) -> None:
    async with door(database_url, **ALONE) as stage:
        await expects(stage, Expected("07-018", "", "王敏"), Expected("07-019", "", "老赵"))
        wang = await comes(stage)
        await says(stage, wang, "07-018", "老师")
        await opened(stage)
        assert "名单上 2 人，已经进来 1 人" in await last(stage, stage.owner)
        await stage.press(stage.owner, "删除名单", stage.owner)
        assert len(await listed(stage)) == 2, "a question first"
        await stage.press(stage.owner, "只删没来的 1 行", stage.owner)
        assert [row.code for row in await listed(stage)] == ["07-018"]
        assert await inside(stage, wang)


async def test_it_goes_out_as_a_table_that_can_come_in_again(database_url: str) -> None:  # S9
    async with door(database_url, mode="roster") as stage:
        await expects(stage, Expected("07-018", "", "=1+1", "首期"))
        await opened(stage)
        await stage.press(stage.owner, "导出", stage.owner)
        (call,) = [each for each in await stage.people.calls() if each["method"] == "sendDocument"]
        assert "roster.csv" in str(call["parameters"])


async def test_a_line_stays_free_where_the_request_was_declined_meanwhile(database_url: str) -> None:  # J06, Q1
    async with door(database_url) as stage:
        wang, group = await comes(stage), await stage.group()
        row, now = await request(stage, wang), int(stage.app.services.clock.now())
        async with stage.app.services.storage.unit() as unit:
            await roster.add(unit, group.id, [Expected("A1", "")], stage.owner, now)
            line = await roster.by_code(unit, group.id, "A1")
            assert line is not None
            await joinrequests.decide(unit, row.id, "declined", stage.owner, now, "person")
            late = row._replace(roster_id=line.id)
            assert not await deciding.approve(unit, group, late, by=stage.owner, method="roster", at=now)
            left = await roster.get(unit, group.id, line.id)
        assert left is not None
        assert left.used_by == 0
