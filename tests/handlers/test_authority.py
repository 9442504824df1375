"""Nobody orders what is not theirs to order, by whatever door: the table of all commands (S8)."""

from typing import Any

import pytest

from bot.powers import ASKED, ASKS_FOR, AUDIENCES
from bot.storage import policies
from handlers.frame.presses import PRESSES
from handlers.routing.commands import COMMANDS, WORDS
from rules.conduct.actions import ACTIONS as ASKED_FOR
from tests.handlers.camp import Camp

# What would change something if whoever says it were obeyed; {0} is a member's id.
EXAMPLES = {
    "policy": "set ladder.persuade_at 5",
    "simulate": "flooding.messages 6",
    "approval": "all",
    "filter": "add 加微信",
    "case": "open 别吵了",
    "warn": "{0} 请注意",
    "mute": "{0} 10m",
    "unmute": "{0}",
    "remove": "{0}",
    "readmit": "{0}",
    "pardon": "{0}",
    "fine": "open {0}",
    "why": "{0}",
    "undo": "{0}",
    "welcome": "off",
    "inbox": "",
    "audit": "",
    "nickcheck": "",
    "letter": "",
    "report": "rules",
    "import": "words 加微信",
    "askname": "{0} 免",
    "mark": "{0}",
    "here": "打卡",
    "faq": "add 怎么打卡 => 点签到",
    "lockdown": "10m",
    "blacklist": "add {0} 30d 广告",
    "care": "{0}",
    "roster": "",
    "grant": "{0} volunteer",
    "revoke": "{0} volunteer",
    "team": "",
    "shift": "{0} 每天 00:00-24:00",
    "backup": "{0} {0}",
    "handover": "{0} {0}",
}
FOR_LEADERS = [name for name, command in COMMANDS.items() if command.for_leaders]
MORE = {
    "approve.of": "/approve 1", "decline.of": "/decline 1",
    "record.of": "/record {0}", "nick.exempt": "/nick exempt {0}", "notice.set": "/notice set 以后我说了算",
    "decision.of": "/decision 7",
}  # fmt: skip
WHO = ("member", "leader of another group", "stranger")


def test_every_command_and_every_button_says_who_may() -> None:
    asked = {f"command.{name}" for name in COMMANDS} | {f"press.{name}" for name in PRESSES}
    assert asked | {f"command.{name}" for name in MORE} | set(ASKS_FOR.values()) == set(ASKED)


def test_every_button_that_the_rules_show_does_something() -> None:
    assert set(ASKED_FOR) <= set(PRESSES)


def test_every_leaders_command_stands_in_the_table() -> None:
    assert set(EXAMPLES) == set(FOR_LEADERS)
    assert all(ASKED[f"command.{name}"].who in AUDIENCES.values() for name in FOR_LEADERS)


async def person(camp: Camp, who: str) -> int:
    if who == "member":
        return camp.telegram.member("小伙伴")
    someone = camp.telegram.person("路人")
    if who == "leader of another group":
        other = camp.telegram.supergroup("另一个营")
        camp.telegram.do("join", chat=other, user=someone)
        await camp.go()
        camp.clock.advance(60)
        camp.telegram.do("promote", chat=other, user=someone, rights="all")
        camp.telegram.do("join", chat=camp.chat, user=someone)
        await camp.go()
        camp.telegram.post(someone, "/policy", other)
    return someone


async def untouched(camp: Camp) -> dict[str, Any]:
    group = await camp.group()
    async with camp.storage.reading() as unit:
        current = await policies.current(unit, group.id)
    member = await camp.member(camp.lin)
    return {
        "decisions": [row for row in await camp.decisions(camp.lin) if row.issuer_kind == "person"],
        "policy": (current.version, current.group, group.policy_version),
        "lin": (camp.telegram.status(camp.lin), member.nick_exempt),
    }


def raw_message(camp: Camp, user: int, text: str, number: int) -> dict[str, Any]:
    """A message of somebody whom the sandbox would not let speak."""
    word = text.split()[0]
    return {
        "message": {
            "message_id": 800_000 + number, "date": int(camp.clock.now()), "text": text,
            "chat": {"id": camp.chat, "type": "supergroup", "title": "Camp 07"},
            "from": {"id": user, "is_bot": False, "first_name": "路人"},
            "entities": [{"type": "bot_command", "offset": 0, "length": len(word)}],
        },
    }  # fmt: skip


def say(camp: Camp, who: str, user: int, text: str, number: int) -> None:
    if who == "stranger":
        camp.telegram.do("push_raw_update", json=raw_message(camp, user, text, number))
    else:
        camp.telegram.post(user, text)
    camp.clock.advance(120)


@pytest.mark.parametrize("who", WHO)
async def test_no_command_is_obeyed_in_the_group(camp: Camp, who: str) -> None:  # S8
    user = await person(camp, who)
    await camp.go()
    before = await untouched(camp)
    for number, line in enumerate(lines(camp)):
        say(camp, who, user, line, number)
    await camp.go()
    assert await untouched(camp) == before
    refused = {row.after["action"] for row in await camp.audited("refused") if row.actor_id == user}
    assert refused == {f"command.{name}" for name in (*EXAMPLES, *MORE)}


@pytest.mark.parametrize("who", WHO)
async def test_no_command_is_obeyed_in_private_or_through_a_link(camp: Camp, who: str) -> None:  # S8
    user, group = await person(camp, who), await camp.group()
    await camp.starts(user)
    before = await untouched(camp)
    for line in lines(camp):
        command, _, rest = line.partition(" ")
        camp.telegram.do("open_private_text", user=user, text=f"{command} #{group.id} {rest}")
        camp.telegram.do("start", user=user, payload=f"{command[1:]}_{camp.lin}")
        camp.clock.advance(120)
    await camp.go()
    assert await untouched(camp) == before
    assert "林晓" not in camp.said(user)


@pytest.mark.parametrize("who", ["member", "leader"])
async def test_an_edit_turns_no_message_into_an_order(camp: Camp, who: str) -> None:  # S8
    user = camp.leader if who == "leader" else await person(camp, who)
    said = await camp.says(user, "大家好")
    before = await untouched(camp)
    for line in [*lines(camp), *(f"{word} {camp.lin}" for word in WORDS)]:
        camp.telegram.do("edit", chat=camp.chat, message_id=said, user=user, text=line)
        camp.clock.advance(120)
    await camp.go()
    assert await untouched(camp) == before


async def test_members_words_in_a_reply_are_only_words(camp: Camp) -> None:  # S8
    said = await camp.says(camp.lin, "大家好")
    other = camp.telegram.member("小伙伴")
    before, posts = await untouched(camp), camp.said()
    for word in WORDS:
        camp.telegram.post(other, word, reply_to=said)
        camp.clock.advance(120)
    await camp.go()
    assert await untouched(camp) == before
    assert camp.said() == posts


async def test_a_refusal_is_said_once_an_hour_however_often_somebody_tries(camp: Camp) -> None:
    for _ in range(5):
        await camp.says(camp.lin, "/remove 12345678")
        camp.clock.advance(20)
    refusals = [
        call for call in camp.telegram.calls("sendMessage") if "营主使用" in str(call["parameters"].get("text"))
    ]
    assert len(refusals) == 1
    assert len(await camp.audited("refused")) == 5


def lines(camp: Camp) -> list[str]:
    commands = [f"/{name} {words}".strip() for name, words in EXAMPLES.items()]
    return [line.format(camp.lin) for line in (*commands, *MORE.values())]
