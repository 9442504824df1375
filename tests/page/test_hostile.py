"""Names and texts of people who mean harm run no script and break no layout."""

from playwright.async_api import expect

from tests.page.stage import Stage
from tests.page.window import DESKTOP, PHONE, Window, address

SCRIPT = '<img src=x onerror="window.harmed=1"><script>window.harmed=1</script>"\'><svg/onload=window.harmed=1>'
TURNED = "\u202eevil\u2066\u202e شكرا جزيلا"
ZALGO = "Z" + "\u0310\u0352\u0301\u035c\u0347" * 60 + "algo"
LONG = "没有空格的很长的名字" * 12
INVISIBLE = "\u3164\u200b"
NAMES = (SCRIPT, TURNED, ZALGO, LONG, INVISIBLE, "👩‍👩‍👧‍👦" * 20)


async def unharmed(opened: Window) -> None:
    assert await opened.page.evaluate("() => window.harmed") is None
    assert await opened.page.locator("#app img[src=x], #app script, #app svg[onload]").count() == 0
    assert not await opened.wide()


# W3
async def test_hostile_names_and_texts_harm_neither_chat_nor_tools(stage: Stage) -> None:
    users = [await stage.people.user_create(name[:64], last_name=name[:40], bio=name[:70]) for name in NAMES]
    posts = [{"chat": stage.chat, "user": user, "text": name} for user, name in zip(users, NAMES, strict=True)]
    for user in users:
        await stage.people.join(stage.chat, user)
    await stage.people.post_many([post for post in posts if post["text"] != INVISIBLE])
    keys = {"inline_keyboard": [[{"text": SCRIPT[:64], "callback_data": SCRIPT[:64]}]]}
    await stage.bot("sendMessage", chat_id=stage.chat, text=SCRIPT + ZALGO, reply_markup=keys)
    await stage.people.set_title(stage.chat, SCRIPT[:128])
    panels = ("calls", "events", f"chat:{stage.chat}", *(f"member:{stage.chat}:{user}" for user in users), "people")
    opened = await stage.window(address(f"{stage.chat}:{users[0]}:all"), DESKTOP)
    await expect(opened.find(column=0)).to_contain_text("<img src=x onerror=")
    await unharmed(opened)
    for panel in panels:
        await opened.open(address(f"{stage.chat}:{users[0]}:all", panel=panel))
        await expect(opened.find(panel=panel.partition(":")[0])).to_be_visible()
        await unharmed(opened)
    phone = await stage.window(address(f"{stage.chat}:{users[1]}:all"), PHONE)
    await expect(phone.find(column=0)).to_contain_text("<img src=x onerror=")
    await unharmed(phone)


# W3
async def test_a_name_cannot_turn_round_what_stands_beside_it(stage: Stage) -> None:
    user = await stage.member(TURNED)
    await stage.people.post(stage.chat, user, "你好")
    opened = await stage.window(address(f"{stage.chat}:{stage.owner}:all", panel=f"member:{stage.chat}:{user}"))
    name = opened.find(panel="member").locator(".who-name bdi")
    assert await name.evaluate("e => getComputedStyle(e).unicodeBidi") in ("isolate", "plaintext")
    box, pill = await name.bounding_box(), await opened.find(status="member").first.bounding_box()
    assert box is not None
    assert pill is not None
    assert pill["y"] >= box["y"] + box["height"] - 2


async def test_signs_piled_up_stay_within_their_line(stage: Stage) -> None:
    user = await stage.member("周敏")
    message = await stage.people.post(stage.chat, user, ZALGO)
    after = await stage.people.post(stage.chat, user, "下一条")
    opened = await stage.window(address(f"{stage.chat}:{stage.owner}:all"))
    bubble = opened.find(message=message).locator(".bubble")
    assert await bubble.evaluate(
        "e => getComputedStyle(e).overflow !== 'visible' || getComputedStyle(e).contain !== 'none'"
    )
    await expect(opened.find(message=after)).to_be_visible()


async def test_an_invisible_name_still_has_something_to_press(stage: Stage) -> None:
    user = await stage.member(INVISIBLE)
    message = await stage.people.post(stage.chat, user, "谁？")
    opened = await stage.window(address(f"{stage.chat}:{stage.owner}:all"))
    await opened.find(message=message).get_by_text(str(user)).click()
    await expect(opened.find(panel="member")).to_contain_text(str(user))
