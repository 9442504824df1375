"""Nothing that people type spoils an update: not in a command, not in a name, not in a title (S2, S5)."""

import pytest

from handlers.routing.commands import COMMANDS, WORDS
from sandbox.world.markup_html import parse_html
from tests.handlers.camp import Camp

NASTY = (
    "'; DROP TABLE members; --",
    "@'or'1'='1 100%_ \\",
    "<b>unclosed {user.__class__} {0} %s",
    "[x](tg://user?id=1) </a><a href='tg://user?id=1'>",
    "set welcome.text " + "🎉" * 300,
    "set insult.words [\"a\", 1]",
    "99999999999999999999999 99999999999999999999d",
    "\u202e\u200b z\u0335\u0336\u0337\u0335\u0336\u0337 \u3164",
    "set\u2028ladder.persuade_at\u20283 " + "长" * 3000,
)  # fmt: skip
NAMES = (
    "<b>林</b>",
    "\u202e\u200b\u3164",
    "z" + "\u0335\u0336" * 30,
    "{user.__class__}",
    "🎉" * 60,
    "[x](tg://user?id=1)",
)


@pytest.mark.parametrize("command", COMMANDS)
async def test_a_command_survives_whatever_follows_it(camp: Camp, command: str) -> None:  # S5
    said = await camp.says(camp.lin, "大家好")
    await camp.starts(camp.leader)
    for words in NASTY:
        camp.telegram.post(camp.leader, f"/{command} {words}", reply_to=said)
        camp.telegram.do("open_private_text", user=camp.leader, text=f"/{command} #1 {words}")
        camp.telegram.post(camp.lin, f"/{command} {words}"[:4000])
        camp.clock.advance(90)
    await camp.go()
    refused = [call for call in camp.telegram.calls() if not call["ok"] and "parse" in str(call.get("error", ""))]
    assert refused == []


@pytest.mark.parametrize("name", NAMES)
async def test_a_name_breaks_no_post(camp: Camp, name: str) -> None:  # S2
    guest = camp.telegram.member(name)
    camp.telegram.do("set_title", chat=camp.chat, title=f"营 {name}"[:100])
    await camp.says(guest, "大家好")
    await camp.starts(camp.leader)
    await camp.starts(guest)
    for command in (f"/warn {guest} {name}", f"/record {guest}", f"/why {guest}", "/policy", f"/fine open {guest}"):
        camp.telegram.post(camp.leader, command)
        camp.clock.advance(30)
    for command in ("/record", "/rules", "/help", "/points"):
        camp.telegram.post(guest, command)
        camp.clock.advance(30)
    await camp.go()
    sent = [str(call["parameters"]["text"]) for call in camp.telegram.calls("sendMessage")]
    assert len(sent) >= 8
    for text in sent:
        said, entities = parse_html(text)
        assert not {"text_link"} & {entity["type"] for entity in entities}
        assert "\u202e" not in said
    assert all(call["ok"] for call in camp.telegram.calls("sendMessage"))


async def test_a_word_with_anything_after_it_is_survived(camp: Camp) -> None:
    said = await camp.says(camp.lin, "大家好")
    for word in WORDS:
        for words in NASTY:
            camp.telegram.post(camp.leader, f"{word} {words}"[:4000], reply_to=said)
            camp.clock.advance(90)
    await camp.go()
