"""A group that reads English is spoken to in English, every sentence of it."""

import re

from tests.handlers.camp import INSULT, Camp

HAN = re.compile(r"[\u4e00-\u9fff]")
# What the group itself wrote, and what somebody said.
THEIRS = re.compile(r"一起学习、一起成长|07营-林晓-上海|期号-昵称-城市|这个|你|傻逼")
LEADERS_SAY = (
    "/help", "/rules", "/privacy", "/mute", "/fine", "/fine x", "/nick", "/welcome", "/inbox", "/record {0}",
    "/why {0}", "/policy set ladder.persuade_at 3", "/policy set ladder.persuad_at 3", "/policy laddr", "/points",
    "/policy set ladder.persuade_at x", "/policy set nickname_format.pattern [a", "/undo 999", "/warn {1}",
)  # fmt: skip


async def test_an_english_group_reads_english(camp: Camp) -> None:
    await camp.set_group(language="en")
    lead, lin = (camp.telegram.person(name, language="en") for name in ("Lead", "Lin"))
    for person in (lead, lin):
        camp.telegram.do("join", chat=camp.chat, user=person)
        camp.telegram.do("start", user=person)
    await camp.later(60)
    camp.telegram.do("promote", chat=camp.chat, user=lead, rights="all")
    assert not camp.telegram.exists(await camp.says(lin, INSULT))
    said = await camp.says(lin, "hello")
    for words in LEADERS_SAY:
        camp.telegram.post(lead, words.format(lin, lead))
        await camp.later(10)
    for words in ("/record", "/points", "/warn 12345"):
        camp.telegram.post(lin, words)
        await camp.later(10)
    await camp.says(lead, "/warn off topic", reply_to=said)
    sent = [str(call["parameters"]["text"]) for call in camp.telegram.calls("sendMessage")]
    assert len(sent) > 24
    assert [text for text in sent if HAN.search(THEIRS.sub("", text))] == []
