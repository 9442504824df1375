"""Clock, failures, limits, raid, the world put aside and emptied."""

from playwright.async_api import expect

from tests.page.stage import START, Stage
from tests.page.window import address


async def test_the_clock_is_moved_on_stopped_sped_up_and_set(stage: Stage) -> None:
    window = await stage.window(address(stage.chat, panel="clock"))
    await expect(window.page.get_by_label("The sandbox’s time")).to_contain_text("3 Mar 2025")
    await window.press("jump-600", "jump-3600", "jump-86400")
    await expect(window.page.get_by_label("The sandbox’s time")).to_contain_text("4 Mar 2025")
    assert START + 90_600 <= stage.world.now() < START + 90_700
    await window.act("freeze").check()
    await expect(window.act("freeze")).to_be_checked()

    async def rate(wanted: float) -> bool:
        return stage.world.clock.rate == wanted

    await stage.people.wait_for(lambda: rate(0.0), "the clock stands")
    await window.pick(rate=3600)
    await stage.people.wait_for(lambda: rate(3600.0), "an hour a second")
    await expect(window.act("freeze")).not_to_be_checked()
    await window.act("freeze").check()
    await window.pick(moment="2025-03-10T08:00:00")
    await window.press("set-clock")
    await expect(window.page.get_by_label("The sandbox’s time")).to_contain_text("10 Mar 2025, 08:00:00")


async def test_the_next_calls_fail_as_told_and_what_is_armed_is_shown(stage: Stage) -> None:
    window = await stage.window(address(stage.chat, panel="failures"))
    await window.pick(fail_n=2, fail_method="sendMessage", fail_chat=stage.chat, fail_code=429, fail_retry_after=7)
    await window.press("fail-next")
    await expect(window.find(armed="sendMessage")).to_contain_text(
        "next 2 of sendMessage · in 07营 学习群 · 429 · retry after 7 s"
    )
    refused = await stage.bot("sendMessage", chat_id=stage.chat, text="早")
    assert (refused["error_code"], refused["parameters"]) == (429, {"retry_after": 7})
    await expect(window.find(armed="sendMessage")).to_contain_text("next 1 of")
    await window.press("fail-clear")
    await expect(window.find(armed="")).to_have_count(0)
    assert (await stage.bot("sendMessage", chat_id=stage.chat, text="早"))["text"] == "早"


async def test_a_call_answers_late_or_with_a_page_of_html(stage: Stage) -> None:
    window = await stage.window(address(stage.chat, panel="failures"))
    await window.pick(fail_mode="http_body", fail_method="getMe", fail_code=502, fail_seconds=0)
    await window.press("fail-next")
    await expect(window.find(armed="getMe")).to_contain_text("a page of HTML")
    answer = await stage.people.http.get(f"/bot{stage.world.token}/getMe")
    assert (answer.status_code, answer.headers["content-type"].split(";")[0]) == (502, "text/html")
    await window.pick(fail_mode="delay", fail_seconds=0.1)
    await window.press("fail-next")
    await expect(window.find(armed="getMe")).to_contain_text("answer late · 0.1 s")


async def test_limits_on_speech_and_doubled_updates_are_switched(stage: Stage) -> None:
    window = await stage.window(address(stage.chat, panel="failures"))
    await window.act("flood").check()
    await window.pick(times=2)

    async def armed() -> bool:
        now = await stage.people.get("armed")
        return bool(now["flood"]) and now["times"] == 2

    await stage.people.wait_for(armed, "limits and doubles")
    await window.page.reload()
    await expect(window.act("flood")).to_be_checked()
    await expect(window.field("times")).to_have_value("2")


async def test_a_raid_comes_in_with_names_and_a_text(stage: Stage) -> None:
    window = await stage.window(address(stage.chat, panel="raid"))
    await window.pick(
        raid_chat=stage.chat, raid_n=6, raid_names="甲\n乙", raid_text="第{n}个，加我微信", raid_seconds=0
    )
    await window.press("raid")
    await expect(window.find(raid="")).to_have_text("6 of 6 newcomers have joined.")
    await expect(window.find(column="")).to_contain_text("第6个，加我微信")
    (chat,) = (await stage.people.state(stage.chat))["chats"]
    assert sum(member["user"]["first_name"] == "甲" for member in chat["members"]) == 3


async def test_the_world_is_put_aside_brought_back_and_emptied_only_when_asked_twice(stage: Stage) -> None:
    await stage.people.post(stage.chat, stage.owner, "早安")
    window = await stage.window(address(stage.chat, panel="world"))
    await window.pick(snapshot="早上")
    await window.press("snapshot")
    late = await stage.people.post(stage.chat, stage.owner, "晚安")
    await expect(window.find(message=late)).to_be_visible()
    await window.press("restore")
    await expect(window.find(message=late)).to_have_count(0)
    await expect(window.find(column="")).to_contain_text("早安")
    await window.act("reset").click()
    assert stage.chat in stage.world.chats
    await window.act("reset").click()
    await expect(window.find(column="")).not_to_contain_text("早安")
    assert stage.chat not in stage.world.chats


async def test_the_clock_is_set_in_the_zone_of_the_page(stage: Stage) -> None:
    window = await stage.window(address(stage.chat, panel="clock", zone="America/New_York"))
    await window.pick(moment="2025-07-01T06:00:00")
    await window.press("set-clock")
    await expect(window.page.get_by_label("The sandbox’s time")).to_contain_text("06:00")
    assert abs(stage.world.now() - 1_751_364_000) < 60
