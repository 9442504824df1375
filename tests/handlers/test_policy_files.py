"""/policy export and import: a file out, a file in, shown before it is used: here first, then in the other groups."""

import pytest

from bot.storage import policies, roles
from rules.conduct.policy import Policy
from tests.handlers.camp import Camp, labels

HERE, OTHERS, BY = "✅ 先用于本群", "用于我带的其他群", "policy.import"
FILE = '[policy.flooding]\nmessages = 6\n\n[policy.insult]\nwords = ["笨蛋"]\n'


async def orders(camp: Camp, words: str) -> str:
    return await camp.asks(camp.leader, f"/policy #{(await camp.group()).id} {words}", camp.leader)


async def sends(camp: Camp, content: str, **media: object) -> str:
    camp.clock.advance(5)
    given = {"kind": "document", "file_name": "policy.toml", "content": content, **media}
    camp.telegram.do("post", chat=camp.leader, user=camp.leader, media=given)
    await camp.go()
    return camp.last(camp.leader)


async def policy_of(camp: Camp, chat: int = 0) -> Policy:
    async with camp.storage.reading() as unit:
        return await camp.services.moderator.policy_of(unit, await camp.group(chat))


async def versions(camp: Camp, chat: int = 0) -> list[policies.PolicyRow]:
    async with camp.storage.reading() as unit:
        return await policies.history(unit, "group", (await camp.group(chat)).id)


async def leads(camp: Camp, title: str) -> int:
    """A further group that the leader leads."""
    chat: int = camp.telegram.supergroup(title)
    camp.telegram.do("join", chat=chat, user=camp.leader)
    await camp.go()
    camp.clock.advance(60)
    camp.telegram.do("promote", chat=chat, user=camp.leader, rights="all")
    await camp.go()
    return chat


async def exported(camp: Camp, words: str = "export") -> str:
    await orders(camp, words)
    sent = camp.telegram.said(camp.leader)[-1]["document"]
    return (await camp.gateway.download(sent["file_id"], 1_000_000)).decode()


async def test_what_a_group_decided_is_a_file_and_comes_back_into_another(camp: Camp) -> None:  # N03 S9
    await camp.starts(camp.leader)
    await camp.says(camp.leader, "/policy set flooding.messages 6")
    await camp.says(camp.leader, '/policy set welcome.text 你好，"{title}"')
    text = await exported(camp)
    assert "[policy.flooding]\nmessages = 6" in text
    assert "seconds" not in text
    other = await leads(camp, "08营")
    number = (await camp.group(other)).id
    await camp.asks(camp.leader, f"/policy #{number} import", camp.leader)
    assert "用在「08营」会改 2 项" in await sends(camp, text)
    await camp.taps(camp.leader, HERE)
    there = await policy_of(camp, other)
    assert (there.flooding.messages, there.welcome.text) == (6, '你好，"{title}"')
    assert (await versions(camp, other))[0].reason == "导入"


async def test_all_of_it_says_what_each_setting_is_for(camp: Camp) -> None:
    await camp.starts(camp.leader)
    text = await exported(camp, "export all")
    assert "# 在下面的秒数里发到这么多条就算刷屏。\nmessages = 8" in text
    await orders(camp, "import")
    assert "没有要改的" in await sends(camp, text)


async def test_a_file_is_used_here_first_and_then_in_the_other_groups(camp: Camp) -> None:
    await camp.starts(camp.leader)
    second, third = await leads(camp, "08营"), await leads(camp, "09营")
    await camp.asks(camp.leader, "/policy set flooding.messages 6", third)
    await camp.asks(camp.leader, '/policy set insult.words ["笨蛋"]', third)
    await orders(camp, "import")
    page = await sends(camp, FILE)
    assert "刷屏·连发几条：8 → 6" in page
    assert "· 08营：2 项" in page
    assert "1 个群现在就是这样" in page
    assert await versions(camp) == []
    await camp.taps(camp.leader, HERE)
    assert (await policy_of(camp)).flooding.messages == 6
    assert await versions(camp, second) == []
    await camp.taps(camp.leader, OTHERS)
    assert "各成一版" in camp.last(camp.leader)
    await camp.taps(camp.leader, "✅ 用于这 1 个群")
    assert "用好了 1 个群" in camp.last(camp.leader)
    assert (await policy_of(camp, second)).insult.words == ("笨蛋",)
    assert [len(await versions(camp, chat)) for chat in (camp.chat, second, third)] == [1, 1, 2]


async def test_a_file_that_does_not_fit_a_group_leaves_it_whole(camp: Camp) -> None:
    await camp.starts(camp.leader)
    other = await leads(camp, "08营")
    await camp.asks(camp.leader, "/policy set brakes.least 8", other)
    await orders(camp, "import")
    page = await sends(camp, "[flooding]\nmessages = 6\n[brakes]\nmost = 5\n")
    assert "08营：和那里的设置合不来" in page
    await camp.taps(camp.leader, HERE)
    assert "看过没问题" not in camp.last(camp.leader)
    assert len(await versions(camp, other)) == 1


async def test_a_second_press_and_somebody_elses_change_in_between_change_nothing_twice(camp: Camp) -> None:
    await camp.starts(camp.leader)
    await orders(camp, "import")
    await sends(camp, FILE)
    await camp.says(camp.leader, "/policy set flooding.messages 20")
    await camp.taps(camp.leader, HERE)
    assert "刚才有别的营主改过设置" in camp.last(camp.leader)
    assert "刷屏·连发几条：20 → 6" in camp.last(camp.leader)
    await camp.taps(camp.leader, HERE)
    assert len(await versions(camp)) == 2
    assert HERE not in labels(camp.telegram.said(camp.leader)[-1])


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[flooding]\nmesages = 6", "第 2 行：没有 flooding.mesages，是不是想写 flooding.messages"),
        ("[flooding]\nmessages = 1", "第 2 行：flooding.messages 可以是：2 到 100 之间的整数"),
        ('[insult]\n\nmode = "enforced"', "第 3 行：insult.mode 可以是：off | observe | enforce，是不是想写 enforce"),
        ("[flooding\nmessages = 6", "第 1 行写法不对"),
        ("[blocked_text]\npatterns = ['(a']", "没有配上右括号"),
        ("[notice_texts]\nremind = '不要再发了'", "还缺"),
        ("# nothing", "没有任何设置"),
        ("a." * 30 + "a = 1", "层次太多"),
    ],
)
async def test_every_mistake_is_told_and_nothing_is_kept(camp: Camp, text: str, told: str) -> None:  # S9
    await camp.starts(camp.leader)
    await orders(camp, "import")
    await camp.whispers(camp.leader, text)
    assert told in camp.last(camp.leader)
    assert HERE not in labels(camp.telegram.said(camp.leader)[-1])
    await camp.whispers(camp.leader, FILE)
    assert "会改 2 项" in camp.last(camp.leader)
    assert await versions(camp) == []


async def test_a_file_of_two_megabytes_is_refused_and_another_may_follow(camp: Camp) -> None:  # S9
    await camp.starts(camp.leader)
    await orders(camp, "import")
    assert "最多 1 MiB" in await sends(camp, "#" * (2 * 1024 * 1024))
    assert "会改 2 项" in await sends(camp, FILE)


async def test_where_somebody_leads_without_the_right_it_is_not_used(camp: Camp) -> None:  # S8
    await camp.starts(camp.leader)
    other = camp.telegram.supergroup("08营")
    camp.telegram.do("join", chat=other, user=camp.leader)
    await camp.go()
    camp.clock.advance(60)
    camp.telegram.do("promote", chat=other, user=camp.leader, rights=["can_pin_messages"])
    await camp.go()
    await orders(camp, "import")
    assert "08营" not in await sends(camp, FILE)


async def test_the_file_of_whoever_leads_for_a_while_is_read_as_well(camp: Camp) -> None:
    group, now = await camp.group(), int(camp.clock.now())
    async with camp.storage.unit() as unit:
        await roles.grant(unit, group.id, camp.lin, "leader", camp.leader, now, now + 86_400)
    await camp.starts(camp.lin)
    await camp.asks(camp.lin, f"/policy #{group.id} import", camp.lin)
    camp.clock.advance(5)
    given = {"kind": "document", "file_name": "policy.toml", "content": FILE}
    camp.telegram.do("post", chat=camp.lin, user=camp.lin, media=given)
    await camp.go()
    assert "会改 2 项" in camp.last(camp.lin)
