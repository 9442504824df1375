"""The blacklist as a table: out as CSV, in as suggestions, whole or not at all, and nothing before a press."""  # R12

import base64
import io
import pickle
import zipfile
from collections.abc import AsyncIterator

import pytest

from bot import sheets
from bot.storage import roles
from tests.handlers.estate import MINE, Estate, on_an_estate

HUNDRED_MB = 100 * 1024 * 1024
TABLE = "user_id,name,reason,expires,evidence\n770001,甲,发诈骗链接,2024-01-31,\n770002,乙,=HYPERLINK(1),,12\n"


@pytest.fixture
async def estate(database_url: str) -> AsyncIterator[Estate]:
    async with on_an_estate(database_url) as made:
        await made.says("/blacklist import")
        yield made


def zipped() -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("list.csv", TABLE)
    return made.getvalue()


async def test_a_file_is_shown_first_and_then_only_suggested(estate: Estate) -> None:
    shown = await estate.sends(f"{TABLE}{estate.camp.lin},林晓,广告,,\n{estate.camp.leader},班长,吵架,,\n")
    assert "这张表有 4 位" in shown
    assert "· 新的 3 位：甲、乙、林晓" in shown
    assert "其中 1 位现在就在你们的群里" in shown
    assert "第 5 行 班长 是团队的一员" in shown
    assert await estate.entries("suggested") == []
    await estate.taps("先收为建议（3 位）")
    rows = {row.user_id: row for row in await estate.entries("suggested")}
    assert rows[770002].reason == "=HYPERLINK(1)"
    assert rows[770002].evidence == 0
    assert estate.status() == "member"
    assert await estate.entries() == []


async def test_a_second_press_takes_nothing_twice(estate: Estate) -> None:
    await estate.sends(TABLE)
    await estate.camp.press_at_once("先收为建议（2 位）", estate.officer, estate.officer, chat=estate.officer)
    assert len(await estate.entries("suggested")) == 2


async def test_accepting_all_says_whom_it_removes_and_asks_again(estate: Estate) -> None:
    await estate.sends(f"{TABLE}{estate.camp.lin},林晓,广告,,\n")
    await estate.taps("先收为建议（3 位）")
    await estate.taps("去看建议")
    shown = await estate.taps("全部采纳…")
    assert "其中 1 位现在在群里，会被移出（Camp 07、08营）" in shown
    assert estate.status() == "member"
    await estate.taps("确认采纳（3 位）")
    await estate.due()
    assert [estate.status(chat) for chat in (0, estate.other, estate.foreign)] == ["kicked", "kicked", "member"]
    assert len(await estate.entries()) == 3


async def test_more_than_twenty_need_a_second_person(estate: Estate) -> None:
    second = estate.telegram.person("另一位总管")
    async with estate.camp.storage.unit() as unit:
        await roles.grant_all(unit, MINE, second, "officer", MINE, 0)
    await estate.camp.starts(second)
    await estate.sends("user_id,reason\n" + "".join(f"{880000 + n},广告\n" for n in range(21)))
    await estate.taps("先收为建议（21 位）")
    await estate.taps("去看建议")
    await estate.taps("全部采纳…")
    for _ in range(2):
        await estate.taps("确认采纳（21 位）")
        assert await estate.entries() == []
    await estate.says("/blacklist", second)
    for button in ("等你看的建议（21）", "全部采纳…", "确认采纳（21 位）"):
        await estate.taps(button, second)
    assert len(await estate.entries()) == 21
    assert await estate.entries("suggested") == []


async def test_every_problem_is_said_with_line_and_column_and_nothing_is_taken(estate: Estate) -> None:
    told = await estate.sends("user_id,reason,expires\nx1,广告,\n770001,,2020-01-01\n770001,广告,\n")
    for line in (
        "第 2 行：「user_id」要填数字，这里是「x1」",
        "第 3 行：「expires」里的日子已经过去了",
        "第 3 行：「reason」是空的",
        "第 4 行：「user_id」和第 3 行重复了",
    ):
        assert line in told
    assert "一行都还没有收下" in told
    assert await estate.entries("suggested") == []
    # Mended, it is taken: the same question still waits.
    assert "· 新的 2 位" in await estate.sends(TABLE)


async def test_many_problems_come_as_a_table_of_their_own(estate: Estate) -> None:
    await estate.sends("user_id,reason\n" + "".join(f"x{n},广告\n" for n in range(30)))
    said = estate.telegram.said(estate.officer)
    assert any(post.get("document", {}).get("file_name") == "problems.csv" for post in said)
    assert "另外还有 18 处" in estate.camp.last(estate.officer)


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (zipped(), "压缩包"),
        (pickle.dumps({"user_id": [1]}), "不是文字"),
        (b"\xff\xfeu", "文字编码"),
        (b"who,why\n1,2\n", "我不认识「who」这个列名"),
        (b"user_id,reson\n1,2\n", "我不认识「reson」这个列名，是不是「reason」？"),
        (b"who,why\n1,2\n", "第一行写列名：user_id,username,name,reason"),
        (b"x" * (sheets.MOST_BYTES + 1), "超过 1 MB"),
    ],
)
async def test_what_is_no_table_is_refused(estate: Estate, data: bytes, why: str) -> None:  # S9
    assert why in await estate.sends(bytes=base64.b64encode(data).decode())
    assert await estate.entries("suggested") == []


async def test_a_file_of_100_mb_is_refused_before_it_is_fetched(estate: Estate) -> None:  # S9
    assert "超过 1 MB" in await estate.sends(TABLE, file_size=HUNDRED_MB)
    assert estate.telegram.calls("getFile") == []


async def test_nobody_else_makes_the_bot_fetch_a_file(estate: Estate) -> None:  # S9
    await estate.camp.starts(estate.camp.lin)
    await estate.sends(TABLE, estate.camp.lin)
    assert estate.telegram.calls("getFile") == []
    assert await estate.entries("suggested") == []


async def test_a_table_can_be_pasted(estate: Estate) -> None:
    await estate.camp.whispers(estate.officer, "user_id\treason\n770001\t广告")
    assert "· 新的 1 位：770001" in estate.camp.last(estate.officer)


async def test_what_goes_out_can_come_in_again(estate: Estate) -> None:
    await estate.adds(f"{estate.camp.lin} 30d =广告")
    await estate.says("/blacklist export")
    (post,) = [each for each in estate.telegram.said(estate.officer) if "document" in each]
    data = estate.telegram.world.files[post["document"]["file_id"]].data
    assert data.startswith(b"\xef\xbb\xbf")
    assert f"{estate.camp.lin},,林晓,'=广告,2023-12-15,,person,2023-11-1" in data.decode()
    await estate.says("/blacklist import")
    assert "· 1 位已经在名单或建议里，不会重复" in await estate.sends(bytes=base64.b64encode(data).decode())


async def test_a_leader_neither_imports_nor_exports(estate: Estate) -> None:
    for words in ("import", "export"):
        told = await estate.says(f"/blacklist {words}", estate.camp.leader)
        assert "CSV" not in told
    await estate.sends(TABLE, estate.camp.leader)
    assert estate.telegram.calls("getFile") == []
