"""After an appeal made it shorter there is one end, and it is the same wherever somebody reads it."""

from tests.handlers.camp import Camp
from tests.handlers.reviewing import another, shorten


async def shown(camp: Camp, user: int, text: str) -> str:
    camp.clock.advance(10)
    await camp.whispers(user, text)
    return camp.last(user)


def day(text: str) -> str:
    """`03-14 22:39` behind `到`."""
    return text.split("到 ")[1].split()[0]


async def test_the_file_and_the_record_name_the_end_that_was_made_shorter(camp: Camp) -> None:  # R23
    desk = await camp.desk()
    await camp.starts(camp.lin)
    await camp.asks(camp.leader, f"/warn {camp.lin} 请温和一点")
    (row,) = await camp.decisions(camp.lin)
    before = day(
        next(
            each
            for each in (await shown(camp, camp.lin, f"/decision {row.id}")).splitlines()
            if "计次的提醒 · 计次" in each
        )
    )
    await camp.presses(camp.lin, "申诉", camp.lin)
    await shorten(camp, await another(camp, desk), desk)
    file = await shown(camp, camp.lin, f"/decision {row.id}")
    after = day(next(each for each in file.splitlines() if "计次的提醒 · 计次" in each))
    assert after < before
    assert before not in file
    listed = await shown(camp, camp.lin, "/record")
    line = next(each for each in listed.splitlines() if each.startswith(f"#{row.id} "))
    assert f"到 {after}" in line
    await camp.starts(camp.leader)
    assert before not in await shown(camp, camp.leader, f"/decision {row.id}")


async def test_a_mute_that_was_made_shorter_has_one_end_too(camp: Camp) -> None:  # R23
    desk = await camp.desk()
    await camp.starts(camp.lin)
    await camp.asks(camp.leader, f"/mute {camp.lin} 10d 刷屏")
    (row,) = await camp.decisions(camp.lin)
    await camp.presses(camp.lin, "申诉", camp.lin)
    await shorten(camp, await another(camp, desk), desk)
    file = await shown(camp, camp.lin, f"/decision {row.id}")
    assert file.count("暂时只读 · 到") == 1
    (made, _) = await camp.decisions(camp.lin)
    own = await shown(camp, camp.lin, f"/decision {made.id}")
    assert day(file[file.index("暂时只读 · 到") :]) == day(own[own.index("暂时只读 · 到") :])
