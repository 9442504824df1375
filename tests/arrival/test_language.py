"""Everybody reads what they can read: each person alone, each group in one language or in two."""

import pytest

from bot import tongues
from bot.clock import ManualClock
from bot.storage import users
from tests.app.stage import START, staged
from tests.handlers.camp import INSULT, Camp, labels

MORNING = 10 * 3600
TRADITIONAL = {"簡體": "zh_Hans", "繁體": "zh_Hant", "繁体中文": "zh_Hant", "English": "en", "zh-TW": "zh_Hant"}


def of(camp: Camp, name: str, language: str) -> int:
    user = camp.telegram.person(name, language=language)
    camp.telegram.do("join", chat=camp.chat, user=user)
    return user


async def spoken(camp: Camp, user: int) -> str:
    async with camp.storage.reading() as unit:
        return (await users.get(unit, [user]))[user].language


@pytest.mark.parametrize(
    ("client", "hello"), [("zh-hans", "我是灯塔"), ("zh-hant", "我是燈塔"), ("zh-TW", "我是燈塔"), ("en", "I am")]
)
async def test_telegrams_own_language_is_what_a_person_begins_with(camp: Camp, client: str, hello: str) -> None:
    user = camp.telegram.person("新来的", language=client)
    await camp.starts(user)
    assert hello in "\n".join(str(post["text"]) for post in camp.telegram.said(user))


async def test_a_person_chooses_by_buttons_each_in_its_own_name(camp: Camp) -> None:
    await camp.starts(camp.lin)
    await camp.whispers(camp.lin, "/language")
    assert labels(camp.telegram.said(camp.lin)[-1])[:3] == ["✓ 简体中文", "繁體中文", "English"]
    for button, mark, question in (
        ("繁體中文", "✓ 繁體中文", "我用哪種語言跟你說話"),
        ("English", "✓ English", "Which language"),
        ("简体中文", "✓ 简体中文", "我用哪种语言跟你说话"),
    ):
        camp.clock.advance(3)
        await camp.presses(camp.lin, button, camp.lin)
        assert question in camp.last(camp.lin)
        assert mark in labels(camp.telegram.said(camp.lin)[-1])


@pytest.mark.parametrize("typed", TRADITIONAL)
async def test_a_person_chooses_by_name_in_any_script(camp: Camp, typed: str) -> None:
    await camp.starts(camp.lin)
    await camp.whispers(camp.lin, f"/language {typed}")
    assert await spoken(camp, camp.lin) == TRADITIONAL[typed]


async def test_a_language_we_do_not_speak_is_answered_with_those_we_do(camp: Camp) -> None:
    await camp.starts(camp.lin)
    await camp.whispers(camp.lin, "/language 火星文")
    assert "简体、繁体、English" in camp.last(camp.lin)
    assert await spoken(camp, camp.lin) == "zh_Hans"


async def test_a_choice_in_the_group_is_kept_without_a_post_and_survives_start(camp: Camp) -> None:
    before = camp.said()
    await camp.says(camp.lin, "/language 繁體")
    assert camp.said() == before
    await camp.starts(camp.lin)
    assert "燈塔" in camp.last(camp.lin) or "發 /help" in camp.last(camp.lin)
    assert await spoken(camp, camp.lin) == "zh_Hant"


async def test_a_group_speaks_traditional_chinese_when_its_leaders_say_so(camp: Camp) -> None:
    for typed in ("zh_hant", "繁體", "zh-TW"):
        assert "以後在這個群" in await camp.asks(camp.leader, f"/policy set language {typed}")
        assert (await camp.group()).language == "zh_Hant"
    await camp.later(10)
    await camp.says(camp.lin, INSULT)
    await camp.later(5)
    assert "謝謝你在群裡的參與" in camp.said() or "提醒" in camp.said()
    assert "为" not in camp.said().replace(INSULT, "")


async def test_a_wrong_language_of_a_group_is_answered_with_the_ones_there_are(camp: Camp) -> None:
    assert "zh_Hans、zh_Hant、en" in await camp.asks(camp.leader, "/policy set language 火星")
    assert "off" in await camp.asks(camp.leader, "/policy set second_language 火星")
    assert "已经在说" in await camp.asks(camp.leader, "/policy set second_language zh")
    assert ((await camp.group()).language, (await camp.group()).second_language) == ("zh_Hans", "")


async def test_a_member_changes_neither_language_of_the_group(camp: Camp) -> None:
    await camp.says(camp.lin, "/policy set second_language en")
    await camp.says(camp.lin, "/policy set language en")
    assert ((await camp.group()).language, (await camp.group()).second_language) == ("zh_Hans", "")


async def test_a_bilingual_group_is_told_its_rules_in_both_languages_in_one_post(camp: Camp) -> None:
    await camp.asks(camp.leader, "/policy set second_language en")
    first, second = (await camp.asks(camp.lin, "/rules")).split("\n\n")
    assert "R1 资料不外传" in first
    assert "R1" in second
    assert "资料" not in second
    assert labels(camp.telegram.said()[-1]) == ["我已阅读 / I have read them"]


async def test_a_bilingual_group_is_welcomed_in_both_languages_once(database_url: str) -> None:
    async with staged(database_url, clock=ManualClock(START + MORNING)) as stage:
        await stage.calm()
        await stage.people.post(stage.chat, stage.owner, "/policy set second_language en")
        await stage.later(700)
        await stage.member("Ann")
        await stage.later(90)
        (welcome,) = await stage.said("👋")
        assert welcome.count("Ann") == 2
        assert welcome.index("欢迎") < welcome.index("Welcome")
        await stage.press(stage.owner, "群规 / Rules")


async def test_long_rules_of_the_leaders_stand_once_and_in_one_post(camp: Camp) -> None:
    lines = ",".join(f'"第 {n} 条 {"约" * 300}"' for n in range(1, 15))
    await camp.asks(camp.leader, "/policy set second_language en")
    await camp.asks(camp.leader, f"/policy set rules_text [{lines}]"[:4000])
    rules = await camp.asks(camp.lin, "/rules")
    assert len(rules) <= 4096


async def test_in_a_bilingual_group_each_reads_their_alert_in_their_own(camp: Camp) -> None:
    await camp.asks(camp.leader, "/policy set second_language en")
    people = {of(camp, "Ann", "en"): "Noted", of(camp, "Bo", "zh-hant"): "谢谢", camp.lin: "谢谢"}
    await camp.asks(camp.lin, "/rules")
    for user, word in people.items():
        assert word in await camp.presses(user, "我已阅读 / I have read them")


async def test_who_chose_a_language_reads_alerts_in_it_and_the_group_goes_on_in_its_own(camp: Camp) -> None:
    ann = of(camp, "Ann", "en")
    await camp.asks(camp.lin, "/rules")
    assert "谢谢" in await camp.presses(ann, "我已阅读")
    await camp.asks(ann, "/language English")
    assert "Noted" in await camp.presses(ann, "我已阅读")
    assert "资料不外传" in await camp.asks(ann, "/rules")


async def test_the_second_language_goes_when_it_becomes_the_first(camp: Camp) -> None:
    await camp.asks(camp.leader, "/policy set second_language en")
    await camp.asks(camp.leader, "/policy set language en")
    assert ((await camp.group()).language, (await camp.group()).second_language) == ("en", "")
    await camp.asks(camp.leader, "/policy set second_language 繁體")
    await camp.asks(camp.leader, "/policy set second_language off")
    assert (await camp.group()).second_language == ""


async def test_who_adds_the_bot_from_a_traditional_telegram_gets_a_traditional_group(camp: Camp) -> None:
    boss = camp.telegram.person("營主", language="zh-hant")
    chat = int(camp.telegram.do("chat_create", kind="supergroup", title="讀書會", owner=boss)["id"])
    camp.telegram.do("add_bot", chat=chat, admin="all")
    await camp.go()
    assert (await camp.group(chat)).language == "zh_Hant"


async def test_words_of_commands_are_understood_in_either_script(camp: Camp) -> None:
    await camp.asks(camp.leader, "/policy 設置 flooding.messages 9")
    async with camp.storage.reading() as unit:
        assert (await camp.services.moderator.policy_of(unit, await camp.group())).flooding.messages == 9
    await camp.asks(camp.leader, "/welcome 關")
    await camp.asks(camp.leader, "/policy 還原 flooding.messages")
    async with camp.storage.reading() as unit:
        assert (await camp.services.moderator.policy_of(unit, await camp.group())).flooding.messages != 9


@pytest.mark.parametrize(
    ("two", "client", "read"),
    [
        (("zh_Hans", ""), "en", "zh_Hans"), (("zh_Hans", "en"), "en", "en"), (("zh_Hans", "en"), "zh_Hant", "zh_Hans"),
        (("en", "zh_Hans"), "zh_Hant", "zh_Hans"), (("zh_Hans", "zh_Hant"), "zh_Hant", "zh_Hant"),
        (("zh_Hans", "zh_Hant"), "en", "zh_Hans"), (("en", "zh_Hant"), "", "en"),
    ],
)  # fmt: skip
async def test_of_two_languages_the_nearest_to_the_readers_own_is_taken(
    camp: Camp, two: tuple[str, str], client: str, read: str
) -> None:
    group = (await camp.group())._replace(language=two[0], second_language=two[1])
    assert tongues.of_two(group, client) == read
