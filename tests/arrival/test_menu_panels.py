"""/menu: one panel in private for any of one's groups, edited in place, and only for whom it is."""

from tests.handlers.camp import Camp, labels

HOSTILE = "<b>07</b>营 \u202e反 " + "长" * 240


def panel(camp: Camp, user: int) -> dict[str, object]:
    """The newest post of the bot in that private chat."""
    return camp.telegram.said(user)[-1]


async def write(camp: Camp, user: int, text: str) -> None:
    camp.clock.advance(3)
    await camp.whispers(user, text)


async def test_a_member_opens_the_menu_in_private_and_goes_from_page_to_page_in_one_post(camp: Camp) -> None:  # X13
    await camp.starts(camp.lin)
    await write(camp, camp.lin, "/menu")
    first = panel(camp, camp.lin)
    assert "Camp 07" in str(first["text"])
    assert "群规" in labels(first)
    assert "等我决定" not in labels(first)
    count = len(camp.telegram.said(camp.lin))
    await camp.taps(camp.lin, "我的记录")
    assert "林晓" in camp.last(camp.lin)
    await camp.taps(camp.lin, "‹ 返回")
    assert panel(camp, camp.lin)["message_id"] == first["message_id"]
    assert labels(panel(camp, camp.lin)) == labels(first)
    assert len(camp.telegram.said(camp.lin)) == count


async def test_a_leader_sees_what_a_member_sees_and_more(camp: Camp) -> None:  # X13
    await camp.starts(camp.leader)
    await camp.says(camp.leader, "/menu")
    found = labels(panel(camp, camp.leader))
    assert {"群规", "等我决定"} <= set(found)


async def test_in_a_group_the_menu_of_somebody_who_started_comes_in_private(camp: Camp) -> None:  # L8
    await camp.starts(camp.lin)
    before = camp.said()
    await camp.says(camp.lin, "/menu")
    assert camp.said() == before
    assert "Camp 07" in camp.last(camp.lin)


async def test_who_has_not_started_gets_one_line_with_a_link_for_a_minute(camp: Camp) -> None:  # X13, X14
    number = (await camp.group()).id
    await camp.says(camp.lin, "/menu")
    post = camp.telegram.said()[-1]
    (button,) = post["reply_markup"]["inline_keyboard"][0]
    assert button["url"].endswith(f"?start=menu_{number}")
    await camp.later(61)
    assert not camp.telegram.exists(post["message_id"])


async def test_several_groups_are_offered_to_choose_from(camp: Camp) -> None:
    other = camp.telegram.supergroup(HOSTILE[:128])
    camp.telegram.do("join", chat=other, user=camp.lin)
    await camp.starts(camp.lin)
    await write(camp, camp.lin, "/menu")
    assert "Camp 07" in labels(panel(camp, camp.lin))
    long = next(label for label in labels(panel(camp, camp.lin)) if label != "Camp 07")
    assert len(long) <= 64
    await camp.taps(camp.lin, long)
    assert "反" in camp.last(camp.lin)
    await camp.taps(camp.lin, "换一个群")
    await camp.taps(camp.lin, "Camp 07")
    assert "Camp 07" in camp.last(camp.lin)


async def test_nobody_opens_the_menu_of_a_group_they_are_not_in(camp: Camp) -> None:  # S3, S8
    await camp.starts(camp.lin)
    await write(camp, camp.lin, "/menu")
    post = panel(camp, camp.lin)
    stranger = camp.telegram.person("路人")
    await camp.starts(stranger)
    await write(camp, stranger, "/menu")
    assert "群里见过你" in camp.last(stranger)
    data = post["reply_markup"]["inline_keyboard"][0][0]["callback_data"]  # type: ignore[index]
    mine = camp.telegram.said(stranger)[-1]["message_id"]
    shown = await camp.forges(stranger, mine, data, stranger)
    assert shown
    assert "Camp 07" not in camp.said(stranger)


async def test_a_panel_of_a_group_that_was_left_opens_nothing(camp: Camp) -> None:
    await camp.starts(camp.lin)
    await write(camp, camp.lin, "/menu")
    camp.telegram.do("leave", chat=camp.chat, user=camp.lin)
    await camp.go()
    assert "先加入本群" in await camp.taps(camp.lin, "群规")


async def test_a_panel_of_a_group_the_bot_was_put_out_of_opens_nothing(camp: Camp) -> None:
    await camp.starts(camp.lin)
    await write(camp, camp.lin, "/menu")
    await camp.set_group(state="inactive")
    assert await camp.taps(camp.lin, "群规")
    assert "Camp 07" in camp.last(camp.lin)
    await write(camp, camp.lin, "/menu")
    assert "群里见过你" in camp.last(camp.lin)


async def test_the_next_words_answer_a_question_once(camp: Camp) -> None:
    await camp.starts(camp.lin)
    await write(camp, camp.lin, "/menu")
    await camp.taps(camp.lin, "我的昵称")
    await camp.taps(camp.lin, "登记昵称")
    await write(camp, camp.lin, "07营-林晓-上海")
    assert (await camp.member(camp.lin)).nick == "07营-林晓-上海"
    await write(camp, camp.lin, "另一句话")
    assert (await camp.member(camp.lin)).nick == "07营-林晓-上海"


async def test_a_question_ends_with_never_mind_with_a_command_or_after_half_an_hour(camp: Camp) -> None:
    await camp.starts(camp.lin)
    for way in ("算了", "/help", "later"):
        await write(camp, camp.lin, "/menu")
        await camp.taps(camp.lin, "我的昵称")
        await camp.taps(camp.lin, "登记昵称")
        if way == "later":
            await camp.later(31 * 60)
        elif way == "/help":
            await write(camp, camp.lin, way)
        else:
            await camp.taps(camp.lin, way)
        await write(camp, camp.lin, "07营-林晓-上海")
        assert (await camp.member(camp.lin)).nick == ""


async def test_the_link_in_the_group_opens_that_groups_menu(camp: Camp) -> None:  # X13
    number = (await camp.group()).id
    other = camp.telegram.supergroup("第二个营")
    camp.telegram.do("join", chat=other, user=camp.lin)
    await camp.starts(camp.lin, f"menu_{number}")
    await camp.later(5)
    assert "Camp 07" in camp.last(camp.lin)


async def test_a_link_to_the_menu_of_a_group_one_is_not_in_shows_nothing_of_it(camp: Camp) -> None:  # S3
    number = (await camp.group()).id
    stranger = camp.telegram.person("路人")
    await camp.starts(stranger, f"menu_{number}")
    await camp.later(5)
    assert "Camp 07" not in camp.said(stranger)
    assert "群里见过你" in camp.last(stranger)


async def test_an_appeal_is_asked_from_the_menu(camp: Camp) -> None:  # X13, X14
    said = await camp.says(camp.lin, "大家好")
    await camp.says(camp.leader, "警告", reply_to=said)
    number = (await camp.decisions(camp.lin))[0].id
    await camp.starts(camp.lin)
    await write(camp, camp.lin, "/menu")
    await camp.taps(camp.lin, "申诉")
    await camp.taps(camp.lin, f"申诉 #{number}")
    assert "appeal" in await camp.questions()
    await write(camp, camp.lin, "/menu")
    await camp.taps(camp.lin, "申诉")
    assert "没有可以申诉" in camp.last(camp.lin)


async def test_whoever_leads_no_more_opens_no_page_of_leaders(camp: Camp) -> None:  # S8
    await camp.starts(camp.leader)
    await camp.says(camp.leader, "/menu")
    camp.telegram.do("demote", chat=camp.chat, user=camp.leader)
    await camp.go()
    assert "营主" in await camp.taps(camp.leader, "等我决定")
    await camp.taps(camp.leader, "群规")
    await camp.taps(camp.leader, "‹ 返回")
    assert "等我决定" not in labels(panel(camp, camp.leader))


async def test_many_groups_are_turned_over_page_by_page(camp: Camp) -> None:
    for number in range(13):
        other = camp.telegram.supergroup(f"第 {number} 营")
        camp.telegram.do("join", chat=other, user=camp.lin)
    await camp.starts(camp.lin)
    await write(camp, camp.lin, "/menu")
    assert len(labels(panel(camp, camp.lin))) == 13
    await camp.taps(camp.lin, "下一页 ›")
    assert labels(panel(camp, camp.lin)) == ["第 11 营", "第 12 营", "‹ 上一页"]
    await camp.taps(camp.lin, "第 12 营")
    assert "第 12 营" in camp.last(camp.lin)


async def test_every_page_says_which_group_it_is_about(camp: Camp) -> None:  # X13
    await camp.starts(camp.leader)
    await write(camp, camp.leader, "/menu")
    for page in ("我的昵称", "锁群", "选预设", "关键词回答", "搬家：导入"):
        await camp.taps(camp.leader, page)
        assert "Camp 07" in camp.last(camp.leader), page
        await camp.taps(camp.leader, "‹ 返回")
        if "Camp 07</b> 的菜单" not in camp.last(camp.leader):
            await write(camp, camp.leader, "/menu")
    await camp.taps(camp.leader, "语言 / Language")
    assert "Camp 07" not in camp.last(camp.leader)
