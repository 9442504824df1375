"""Leaders say what the group does not want, try a text on it, and read what was taken down (R15)."""

import pytest

from tests.handlers.camp import INSULT, Camp

WHAT = {
    "加微信": "words", "/刷单[0-9]+元/": "patterns", "link https://shop.example.com/": "links",
    "shop.example.com": "links",
    "file apk": "files", ".apk": "files", "文件 application/*": "files", "kind 语音": "kinds", "类型 贴纸": "kinds",
}  # fmt: skip


@pytest.mark.parametrize(("said", "kept_in"), WHAT.items())
async def test_an_entry_goes_to_its_list_and_out_again(camp: Camp, said: str, kept_in: str) -> None:  # R15
    assert "加上了" in await camp.asks(camp.leader, f"/filter add {said}")
    assert len(await listed(camp, kept_in)) == 1
    assert "已经有" in await camp.asks(camp.leader, f"/filter add {said}")
    assert "去掉了" in await camp.asks(camp.leader, f"/filter remove {said}")
    assert await listed(camp, kept_in) == []
    assert "没找到" in await camp.asks(camp.leader, f"/filter remove {said}")


async def listed(camp: Camp, name: str) -> list[str]:
    group = await camp.group()
    async with camp.storage.reading() as unit:
        policy = await camp.services.moderator.policy_of(unit, group)
    return list(getattr(policy.blocked_text, name))


@pytest.mark.parametrize(
    ("said", "answer"),
    [("加", "太短"), ("link 不是网址", "不像一个网址"), ("file a.b.c", "后缀或类型"),
     ("kind 气味", "我认得这些类型：文件"), ("/刷单(/", "没有合上"), ("", "可以这样")],
)  # fmt: skip
async def test_what_is_no_entry_is_told_with_an_example(camp: Camp, said: str, answer: str) -> None:  # A6
    before = (await camp.group()).policy_version
    told = await camp.asks(camp.leader, f"/filter add {said}".strip())
    assert answer in told or "第" in told
    assert (await camp.group()).policy_version == before


async def test_links_files_and_kinds_are_taken_down_and_homework_is_not(camp: Camp) -> None:  # R15
    for entry in ("link example.com", "kind 贴纸"):
        await camp.asks(camp.leader, f"/filter add {entry}")
    people = [camp.telegram.member(f"学员{n}") for n in range(3)]
    await camp.go()
    link = await camp.says(people[0], "看 https://shop.example.com/a")
    sticker = await camp.says(people[1], "", media="sticker")
    fine = await camp.says(people[2], "看 https://example.org")
    assert [camp.telegram.exists(each) for each in (link, sticker, fine)] == [False, False, True]
    (decision,) = await camp.decisions(people[0])
    assert (decision.rule, decision.step, decision.code) == ("blocked_text", "remind", "R4")


async def test_what_is_allowed_passes(camp: Camp) -> None:  # R15
    await camp.asks(camp.leader, "/filter add link *")
    await camp.asks(camp.leader, "/filter allow link example.com")
    assert camp.telegram.exists(await camp.says(camp.lin, "看 https://docs.example.com/a"))
    assert "能放行的是词和链接" in await camp.asks(camp.leader, "/filter allow kind 语音")
    await camp.asks(camp.leader, "/filter disallow link example.com")
    assert not camp.telegram.exists(await camp.says(camp.lin, "看 https://docs.example.com/a"))


async def test_a_text_is_tried_and_nothing_of_it_is_kept(camp: Camp) -> None:  # R15
    await camp.starts(camp.leader)
    await camp.asks(camp.leader, "/filter add 代写")
    await camp.asks(camp.leader, "/filter add link example.com")
    await camp.asks(camp.leader, "/filter test 找我代写，https://example.com")
    told = camp.last(camp.leader)
    assert "词：代写" in told
    assert "链接：https://example.com" in told
    assert "「提醒」" in told
    await camp.asks(camp.leader, "/filter test 大家早上好")
    assert "没有一条碰到它" in camp.last(camp.leader)
    assert await camp.decisions(1) == []
    assert await camp.questions() == []


async def test_a_message_is_tried_by_a_reply_and_is_left_alone(camp: Camp) -> None:  # R15
    await camp.starts(camp.leader)
    said = await camp.says(camp.lin, "今晚代写有人要吗")
    await camp.asks(camp.leader, "/filter add 代写")
    await camp.asks(camp.leader, "/filter test", reply_to=said)
    assert "词：代写" in camp.last(camp.leader)
    assert camp.telegram.exists(said)


async def test_what_was_taken_down_stands_in_one_post_of_the_leaders(camp: Camp) -> None:  # R15
    desk = await camp.desk()
    await camp.says(camp.lin, INSULT)
    other = camp.telegram.member("小伙伴")
    await camp.go()
    camp.clock.advance(10)
    await camp.says(other, f"{INSULT}，{INSULT}")
    assert not any("抄一份" in str(post.get("text", "")) for post in camp.telegram.said(desk)), "it is night"
    await camp.later(2 * 3600)
    posts = [post for post in camp.telegram.said(desk) if "抄一份" in str(post.get("text", ""))]
    assert len(posts) == 1
    assert all(words in str(posts[0]["text"]) for words in ("林晓", "小伙伴", INSULT))


async def test_a_panel_says_how_it_stands_and_switches_it(camp: Camp) -> None:  # R15
    await camp.starts(camp.leader)
    await camp.asks(camp.leader, "/filter add 代写")
    await camp.asks(camp.leader, "/filter")
    assert "词（1）：代写" in camp.last(camp.leader)
    await camp.taps(camp.leader, "只观察")
    await camp.later(3)
    assert "只观察：什么也不移走" in camp.said(camp.leader)
    assert camp.telegram.exists(await camp.says(camp.lin, "找人代写"))


@pytest.mark.parametrize("said", ["link", "链接", "file", "kind", "正则"])
async def test_the_name_of_a_list_without_an_entry_adds_nothing(camp: Camp, said: str) -> None:  # A6
    before = (await camp.group()).policy_version
    told = await camp.asks(camp.leader, f"/filter add {said}")
    assert f"「{said}」后面还要写上" in told
    assert "例如 /filter add" in told
    assert (await camp.group()).policy_version == before
    await camp.asks(camp.leader, f"/filter add word {said}")
    assert await listed(camp, "words") == [said]
