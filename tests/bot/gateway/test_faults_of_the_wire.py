"""What becomes of an act when servers and networks fail. # T2 T3 T5 C8"""

import asyncio
import logging
import socket
import traceback
from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from bot.clock import ManualClock
from bot.gateway import (
    Again,
    CallRefused,
    Done,
    Later,
    Migrated,
    Place,
    Refused,
    TelegramGateway,
    TokenRefused,
    Unknown,
)
from bot.gateway.outcomes import Outcome, Unavailable
from bot.gateway.wire import READ
from bot.texts import Texts
from rules.conduct.effects import AnswerPress, Restrict, Say
from tests.bot.gateway.conftest import Row, own
from tests.bot.gateway.rawserver import ME, POSTED, RawServer, Reply, refused, said
from tests.bot.telegram import NOW, TOKEN

GROUP = Place(-1001)
SAY = Row(Say(words=(own("hello"),), language="en"))
MUTE = Row(Restrict(user_id=5, until=NOW + 3_600))
HTML = b"<html><body><h1>502 Bad Gateway</h1></body></html>"

FAILED_FOR_SURE = (
    refused(500, "Internal Server Error"),
    refused(502, "Bad Gateway"),
    refused(503, "Service Unavailable"),
    Reply(HTML, 502, "text/html"),
    Reply(b"", 500),
    Reply(b"{not json", 503),
    refused(409, "Conflict"),
)
PERHAPS_DONE = (
    Reply(b"", 200),
    Reply(HTML, 200, "text/html"),
    Reply(b'{"ok":true', 200),
    Reply(b"[1]", 200),
    Reply(HTML, 504, "text/html"),
    refused(504, "Gateway Timeout"),
    Reply(cut=True),
)


@pytest.mark.parametrize("reply", FAILED_FOR_SURE, ids=repr)
async def test_what_a_server_says_it_failed_at_is_tried_again(
    server: RawServer, gateway: TelegramGateway, reply: Reply
) -> None:
    server.will("sendMessage", reply)
    server.will("restrictChatMember", reply)
    assert isinstance(await gateway.perform(SAY, GROUP), Again)
    assert isinstance(await gateway.perform(MUTE, GROUP), Again)


@pytest.mark.parametrize("reply", PERHAPS_DONE, ids=repr)
async def test_what_may_have_been_done_is_repeated_only_where_that_changes_nothing(
    server: RawServer, gateway: TelegramGateway, reply: Reply
) -> None:
    server.will("sendMessage", reply)
    server.will("restrictChatMember", reply)
    assert isinstance(await gateway.perform(SAY, GROUP), Unknown)
    assert isinstance(await gateway.perform(MUTE, GROUP), Again)
    assert server.calls("sendMessage") == 1


async def test_an_answer_that_does_not_come_in_time_leaves_a_post_unknown_and_a_restriction_to_repeat(
    server: RawServer, texts: Texts
) -> None:
    server.will("sendMessage", Reply(hang=True))
    server.will("restrictChatMember", Reply(hang=True))
    clock = ManualClock(NOW)
    async with TelegramGateway(TOKEN, server.address, clock=clock, render=texts, patience=0.2) as impatient:
        assert await impatient.perform(SAY, GROUP) == Unknown("ReadTimeout")
        assert await impatient.perform(MUTE, GROUP) == Again("ReadTimeout")


def test_telegram_may_hold_a_flooded_post_for_eight_seconds() -> None:
    assert READ > 8


async def test_a_server_that_cannot_be_reached_has_done_nothing(texts: Texts) -> None:
    async with TelegramGateway(TOKEN, "http://127.0.0.1:9", clock=ManualClock(NOW), render=texts) as gateway:
        assert await gateway.perform(SAY, GROUP) == Again("ConnectError")
        with pytest.raises(Unavailable):
            await gateway.get_me()


@pytest.fixture
def deaf() -> Iterator[str]:
    """The address of a server whose queue is full: it answers no attempt to connect, as if the packets were dropped."""
    with socket.create_server(("127.0.0.1", 0), backlog=0) as server, ExitStack() as waiting:
        for _ in range(4):
            one = waiting.enter_context(socket.socket())
            one.setblocking(False)
            one.connect_ex(server.getsockname())
        yield f"http://127.0.0.1:{server.getsockname()[1]}"


async def test_a_connection_that_does_not_come_about_in_time_has_done_nothing_and_is_tried_again(
    deaf: str, texts: Texts
) -> None:
    # T3
    async with TelegramGateway(TOKEN, deaf, clock=ManualClock(NOW), render=texts) as gateway:
        outcomes = await asyncio.gather(gateway.perform(SAY, GROUP), gateway.perform(MUTE, GROUP))
    assert [*outcomes] == [Again("ConnectTimeout"), Again("ConnectTimeout")]


async def test_a_flood_limit_says_how_long_to_wait_however_it_is_told(
    server: RawServer, gateway: TelegramGateway
) -> None:
    spoken = refused(429, "Too Many Requests: retry after 400")
    server.will("sendMessage", refused(429, "Too Many Requests: retry after 30", retry_after=30), spoken)
    assert await gateway.perform(SAY, GROUP) == Later(30)
    assert await gateway.perform(SAY, GROUP) == Later(400)


async def test_a_group_that_became_a_supergroup_names_its_new_id(server: RawServer, gateway: TelegramGateway) -> None:
    said_so = refused(400, "Bad Request: group chat was upgraded to a supergroup chat", migrate_to_chat_id=-100777)
    server.will("sendMessage", said_so)
    assert await gateway.perform(SAY, Place(-5)) == Migrated(-100777)


async def test_an_answer_the_library_cannot_read_is_still_an_answer(
    server: RawServer, gateway: TelegramGateway
) -> None:
    server.will("sendMessage", said({"message_id": 9, "from_the_future": True}))
    assert await gateway.perform(SAY, GROUP) == Done({"message_id": 9})


async def test_a_refused_token_is_believed_when_getme_was_refused_twice(
    server: RawServer, gateway: TelegramGateway, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    for method in ("getMe", "sendMessage", "getUpdates"):
        server.will(method, refused(401, "Unauthorized"))
    with pytest.raises(TokenRefused) as caught:
        await gateway.perform(SAY, GROUP)
    assert server.calls("getMe") == 2
    told = "".join(traceback.format_exception(caught.value)) + repr(gateway) + str(caught.value)
    assert TOKEN not in told
    with pytest.raises(TokenRefused):
        await gateway.updates(0, 100, 0, ("message",))


async def test_one_refused_getme_is_not_believed(server: RawServer, gateway: TelegramGateway) -> None:
    server.will("sendMessage", refused(401, "Unauthorized"), said(POSTED))
    server.will("getMe", refused(401, "Unauthorized"), said(ME))
    assert await gateway.perform(SAY, GROUP) == Refused("Unauthorized")


async def test_a_method_that_does_not_exist_is_not_taken_for_a_bad_token(
    server: RawServer, gateway: TelegramGateway
) -> None:
    server.will("answerCallbackQuery", refused(404, "Not Found: method not found"))
    assert await gateway.perform(Row(AnswerPress(query_id="1")), Place(0)) == Refused("Not Found: method not found")


async def test_questions_say_in_types_why_they_have_no_answer(server: RawServer, gateway: TelegramGateway) -> None:
    server.will("getChat", Reply(HTML, 502), refused(429, "Too Many Requests", retry_after=3))
    with pytest.raises(Unavailable):
        await gateway.chat(-1001)
    with pytest.raises(Unavailable) as flooded:
        await gateway.chat(-1001)
    assert flooded.value.retry_after == 3
    server.will("getUpdates", refused(409, "Conflict: terminated by other getUpdates request"))
    with pytest.raises(CallRefused) as conflict:
        await gateway.updates(0, 100, 0, ())
    assert conflict.value.code == 409


async def test_updates_come_as_the_bytes_they_were(server: RawServer, gateway: TelegramGateway) -> None:
    body = b'{"ok": true, "result": [{"update_id": 1, "unheard_of": {}}]}'
    server.will("getUpdates", Reply(body))
    assert await gateway.updates(5, 100, 1, ("message", "chat_member")) == body
    asked = server.asked[-1].parameters
    assert (asked["offset"], asked["limit"], asked["timeout"]) == ("5", "100", "1")
    assert asked["allowed_updates"] == '["message", "chat_member"]'


async def test_acts_performed_side_by_side_do_not_mix_up_their_answers(
    server: RawServer, gateway: TelegramGateway
) -> None:
    server.will("sendMessage", said(POSTED))
    server.will("restrictChatMember", refused(400, "Bad Request: user is an administrator of the chat"))
    acts = [gateway.perform(row, GROUP) for row in (SAY, MUTE) * 10]
    outcomes: list[Outcome] = await asyncio.gather(*acts)
    assert [type(each) for each in outcomes] == [Done, Refused] * 10
