"""What messages look like: topics, formatting, media, edits, deletions, all as they happen."""

import pytest
from playwright.async_api import expect

from tests.page.stage import Stage
from tests.page.window import address

MARKUP = (
    "<b>粗</b> <i>斜</i> <u>线</u> <s>划</s> <code>let x</code> <tg-spoiler>答案</tg-spoiler> "
    '<a href="https://example.org/a">链接</a> <blockquote>引文</blockquote><pre>a\n  b</pre>'
)
ENTITIES = ("bold", "italic", "underline", "strikethrough", "code", "spoiler", "text_link", "blockquote", "pre")
MEDIA = (
    "photo", "video", "animation", "audio", "document", "voice", "video_note", "sticker", "dice", "contact", "location",
    "venue",
)  # fmt: skip


async def test_a_forum_has_its_topics_and_each_shows_its_own_messages(stage: Stage) -> None:
    forum = await stage.people.chat_create("forum", "论坛", stage.owner)
    topic = (await stage.people.do("topic_create", chat=forum, name="打卡"))["thread"]
    inside = await stage.people.post(forum, stage.owner, "第 1 天", thread=topic)
    general = await stage.people.post(forum, stage.owner, "大家好")
    window = await stage.window(address(forum))
    await expect(window.find(message=general)).to_be_visible()
    await window.find(chat=forum, topic=topic).click()
    await expect(window.find(message=inside)).to_be_visible()
    await expect(window.find(message=general)).to_have_count(0)


async def test_formatting_is_shown_and_a_spoiler_opens_when_pressed(stage: Stage) -> None:
    sent = await stage.bot("sendMessage", chat_id=stage.chat, text=MARKUP, parse_mode="HTML")
    window = await stage.window(address(stage.chat))
    message = window.find(message=sent["message_id"])
    for entity in ENTITIES:
        await expect(message.locator(f'[data-entity="{entity}"]')).to_have_count(1)
    weight = await message.locator('[data-entity="bold"]').evaluate("element => getComputedStyle(element).fontWeight")
    assert int(weight) >= 600
    spoiler = message.locator('[data-entity="spoiler"]')
    await expect(spoiler).not_to_have_class("spoiler shown")
    await spoiler.click()
    await expect(spoiler).to_have_class("spoiler shown")


@pytest.mark.parametrize("kinds", [MEDIA[:6], MEDIA[6:]], ids=["files", "others"])
async def test_each_kind_of_media_has_its_placeholder(stage: Stage, kinds: tuple[str, ...]) -> None:
    posts = [{"chat": stage.chat, "user": stage.owner, "media": kind, "text": f"这是{kind}"} for kind in kinds]
    sent = {kind: answer["message_id"] for kind, answer in zip(kinds, await stage.people.post_many(posts), strict=True)}
    window = await stage.window(address(stage.chat))
    for kind, message in sent.items():
        shown = window.find(message=message).locator(f'[data-media="{kind}"]')
        await shown.scroll_into_view_if_needed()
        box = await shown.bounding_box()
        assert box is not None, kind
        assert box["width"] > 20, kind
        assert box["height"] > 15, kind


async def test_an_album_stands_as_one_and_a_poll_counts_votes(stage: Stage) -> None:
    first = await stage.people.post(stage.chat, stage.owner, "三张", media="photo", media_group=True, count=3)
    poll = {"kind": "poll", "question": "几点跑步？", "options": ["6 点", "7 点"]}
    asked = await stage.people.post(stage.chat, stage.owner, media=poll)
    window = await stage.window(address(stage.chat))
    await expect(window.find(message=first).locator('[data-media="album"]')).to_have_attribute("data-count", "3")
    await stage.people.vote(stage.chat, asked, await stage.member(), 0)
    await expect(window.find(message=asked)).to_contain_text("1")


async def test_an_edit_shows_at_once_and_what_stood_before_can_be_read(stage: Stage) -> None:
    message = await stage.people.post(stage.chat, stage.owner, "六点半集合")
    window = await stage.window(address(stage.chat))
    await stage.people.edit(stage.chat, message, stage.owner, "七点集合")
    shown = window.find(message=message, state="edited")
    await expect(shown).to_contain_text("七点集合")
    await shown.locator('[data-act="history"]').click()
    await expect(window.find(dialog="history")).to_contain_text("六点半集合")


async def test_a_deleted_message_is_struck_through_with_who_did_it(stage: Stage) -> None:
    user = await stage.member("周敏")
    by_bot, by_owner, by_author = [await stage.people.post(stage.chat, user, text) for text in ("广告", "骂人", "手滑")]
    window = await stage.window(address(stage.chat))
    await expect(window.find(message=by_author)).to_be_visible()
    await stage.bot("deleteMessage", chat_id=stage.chat, message_id=by_bot)
    await stage.people.delete(stage.chat, by_owner, by=stage.owner)
    await stage.people.delete(stage.chat, by_author)
    words = {
        by_bot: "deleted by 灯塔 (the bot)",
        by_owner: "deleted by 群主 (admin)",
        by_author: "deleted by the author",
    }
    for message, said in words.items():
        await expect(window.find(message=message, state="deleted")).to_contain_text(said)
    line = (
        await window.find(message=by_bot)
        .locator(".text")
        .evaluate(
            "text => [text, ...text.querySelectorAll('*')].map(e => getComputedStyle(e).textDecorationLine).join(' ')"
        )
    )
    assert "line-through" in line


async def test_a_new_message_appears_by_itself_and_a_reaction_on_it(stage: Stage) -> None:
    window = await stage.window(address(stage.chat))
    message = await stage.people.post(stage.chat, stage.owner, "早安")
    await expect(window.find(message=message)).to_be_in_viewport()
    await stage.people.react(stage.chat, message, await stage.member(), "👍")
    await expect(window.find(message=message)).to_contain_text("👍")


async def test_the_list_of_chats_shows_the_last_word_of_each_and_opens_it(stage: Stage) -> None:
    other = await stage.people.chat_create("supergroup", "二群", stage.owner)
    window = await stage.window()
    message = await stage.people.post(other, stage.owner, "这里是二群")
    row = window.page.locator(f'#chats [data-chat="{other}"]')
    await expect(row).to_contain_text("这里是二群")
    await row.locator('[data-act="open-chat"]').click()
    await expect(window.find(message=message)).to_be_visible()
    assert f"columns={other}" in window.page.url


async def test_a_message_deleted_in_its_own_minute_shows_that_time_once(stage: Stage) -> None:
    sent = await stage.people.post(stage.chat, stage.owner, "加我微信")
    await stage.bot("deleteMessage", chat_id=stage.chat, message_id=sent)
    window = await stage.window(address(f"{stage.chat}:{stage.owner}:all", zone="Asia/Shanghai"))
    foot = window.find(message=sent, state="deleted").locator(".foot")
    await expect(foot).to_contain_text("deleted by")
    assert (await foot.inner_text()).count("06:00") == 1
