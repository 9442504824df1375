"""Ask the bot (X06): a text sent in private is judged, explained with the words that were seen, and forgotten."""

import logging

import pytest
from sqlalchemy import select

from bot.storage.tables import metadata
from bot.textscan import vocabulary
from tests.bot.telegram import NOW
from tests.handlers.camp import TEXTS, Camp, camping

AD = "加微信 canary12345 低价出售课程，日赚500 https://t.me/canary_shop"
SCAM = "兼职刷单日结，USDT 高价回收，跑分日赚三千，加微信 canary12345"


async def ask(camp: Camp, user: int, text: str) -> str:
    camp.clock.advance(2)
    await camp.whispers(user, text)
    return camp.last(user)


async def rows_with(camp: Camp, word: str) -> list[str]:
    """The tables in which that word stands anywhere."""
    async with camp.storage.reading() as unit:
        found = [(table.name, (await unit.execute(select(table))).all()) for table in metadata.sorted_tables]
    return [name for name, rows in found if any(word in str(value) for row in rows for value in row)]


async def test_an_ad_is_called_one_with_the_words_that_were_seen(camp: Camp) -> None:  # X06
    said = await ask(camp, camp.lin, AD)
    assert "像广告" in said
    assert all(words in said for words in ("赚钱承诺：「日赚500」", "联系方式：「加微信", "t.me/canary_shop"))


async def test_a_scam_is_called_one(camp: Camp) -> None:  # X06
    said = await ask(camp, camp.lin, SCAM)
    assert "很像骗局" in said
    assert "骗局里常见" in said


async def test_it_says_what_this_persons_group_would_do(camp: Camp, database_url: str) -> None:  # X06
    assert "在「Camp 07」，新来的成员发这条：" in await ask(camp, camp.lin, AD)
    stranger = camp.telegram.person("路人")
    assert "照我的默认约定" in await ask(camp, stranger, AD)


@pytest.mark.parametrize(
    ("mode", "would"), [("observe", "只请营主看一眼"), ("enforce", "请营主看一眼"), ("off", "什么也不做")]
)
async def test_the_mode_of_the_group_decides_what_would_follow(database_url: str, mode: str, would: str) -> None:
    async with camping(database_url, {"ad_without_red_packet": {"mode": mode}}) as camp:
        assert would in await ask(camp, camp.lin, "低价出售网课全集，要的加微信 abc12345")


async def test_what_is_no_ad_is_called_none_and_a_warning_is_no_ad(camp: Camp) -> None:  # X06
    assert "看不出是广告" in await ask(camp, camp.lin, "今天读完了第三章，主角终于回家了，写得真好")
    greeted = await ask(camp, camp.lin, "你好")
    assert "/menu" in greeted
    assert "不出" not in greeted, "who says hello did not ask about an ad"
    assert "防骗" in await ask(camp, camp.lin, "大家小心，最近刷单日结都是骗局，别信")


async def test_nothing_of_it_is_kept_in_any_table_or_log(camp: Camp, caplog: pytest.LogCaptureFixture) -> None:  # X06
    caplog.set_level(logging.DEBUG, "bot")
    caplog.set_level(logging.DEBUG, "dengta")
    caplog.set_level(logging.DEBUG, "handlers")
    assert "canary" in await ask(camp, camp.lin, AD)
    assert await rows_with(camp, "canary") == []
    assert await rows_with(camp, "日赚") == []
    assert "canary" not in caplog.text


async def test_what_cannot_be_sent_is_forgotten_too(camp: Camp) -> None:  # X06
    await camp.starts(camp.lin)
    camp.telegram.do("open_private_text", user=camp.lin, text=AD)
    camp.telegram.do("block", user=camp.lin)
    await camp.go()
    await camp.later(700)
    assert await rows_with(camp, "canary") == []


async def test_twenty_an_hour_are_answered_the_next_hears_so_once(camp: Camp) -> None:  # X06
    for number in range(20):
        assert "看不出" in await ask(camp, camp.lin, f"第 {number} 个问题，今天天气不错呀，适合出门走走")
    assert "先歇一歇" in await ask(camp, camp.lin, AD)
    said = len(camp.telegram.said(camp.lin))
    await ask(camp, camp.lin, AD)
    assert len(camp.telegram.said(camp.lin)) == said
    assert "看不出" in await ask(camp, camp.leader, "另一个人照常可以问，今天天气不错呀")
    camp.clock.advance(3600)
    assert "像广告" in await ask(camp, camp.lin, AD)


@pytest.mark.parametrize(
    "text",
    [
        "加微信abc12345" * 290,
        "\u202e日赚500加微信abc12345\u202c",
        "加\u200b微\u200b信\u200babc12345 日\u200b赚\u200b500",
        "<b>&amp;</b>{word}",
        "😀" * 2000,
        "a" * 4096,
    ],
)
async def test_hostile_texts_are_answered(camp: Camp, text: str) -> None:  # X06, bad input
    assert await ask(camp, camp.lin, text[:4096])


async def test_a_disguise_is_seen_through(camp: Camp) -> None:  # X06
    assert "像广告" in await ask(camp, camp.lin, "加\u200b微\u200b信\u200babc12345 日\u200b赚\u200b500")


def private(camp: Camp, **more: object) -> dict[str, object]:
    person = {"id": camp.lin, "is_bot": False, "first_name": "林晓"}
    chat = {"id": camp.lin, "type": "private", "first_name": "林晓"}
    return {"message_id": 900, "date": NOW + 60, "chat": chat, "from": person, **more}


async def pushed(camp: Camp, **more: object) -> str:
    camp.clock.advance(2)
    camp.telegram.do("push_raw_update", json={"message": private(camp, **more)})
    await camp.go()
    return camp.last(camp.lin)


async def test_a_forward_with_buttons_a_contact_and_a_caption_are_read(camp: Camp) -> None:  # X06
    await camp.starts(camp.lin)
    channel = {"id": -100999, "type": "channel", "title": "发财频道"}
    origin = {"type": "channel", "date": NOW, "chat": channel, "message_id": 5}
    keys = {"inline_keyboard": [[{"text": "日赚500点我", "url": "https://t.me/joinchat/abc"}]]}
    said = await pushed(camp, text="看这里", forward_origin=origin, reply_markup=keys)
    assert all(words in said for words in ("转自频道", "带着按钮", "日赚500"))
    card = {"phone_number": "+8613800000000", "first_name": "加微信 abc12345 低价课程"}
    assert "联系方式" in await pushed(camp, contact=card)
    photo = [{"file_id": "p", "file_unique_id": "q", "width": 1, "height": 1}]
    assert "像广告" in await pushed(camp, photo=photo, caption=AD)
    assert "只看得懂文字" in await pushed(camp, photo=photo)


async def test_an_album_has_one_answer_and_an_edit_has_none(camp: Camp) -> None:  # X06
    await camp.starts(camp.lin)
    before = len(camp.telegram.said(camp.lin))
    photo = [{"file_id": "p", "file_unique_id": "q", "width": 1, "height": 1}]
    await pushed(camp, photo=photo, caption=AD, media_group_id="77")
    await pushed(camp, photo=photo, media_group_id="77")
    assert len(camp.telegram.said(camp.lin)) == before + 1
    camp.telegram.do("push_raw_update", json={"edited_message": private(camp, text=AD, edit_date=NOW + 90)})
    await camp.go()
    assert len(camp.telegram.said(camp.lin)) == before + 1


@pytest.mark.parametrize("language", ["zh_Hans", "en"])
def test_every_kind_of_signal_has_its_words(language: str) -> None:  # X06
    looks = {"structure_forward", "structure_buttons", "structure_elsewhere", "structure_emoji"}
    families = {kind.id.partition(".")[0] for kind in vocabulary.load_kinds()} | {"contact", "link"} | looks
    assert {f"ask.kind_{family}" for family in families} <= TEXTS.keys(language)
