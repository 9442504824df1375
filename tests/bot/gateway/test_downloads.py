"""A file that somebody sent is fetched through the one door, and never more of it than was asked for."""  # R12, S9

import pytest

from bot.gateway import CallRefused, TelegramGateway, TooLarge, Unavailable
from tests.bot.gateway.conftest import Acting
from tests.bot.gateway.rawserver import RawServer, Reply, refused, said
from tests.bot.telegram import TOKEN, Telegram


def file(size: int | None) -> Reply:
    told = {"file_id": "f", "file_unique_id": "u", "file_path": "documents/名 单.csv"}
    return said(told if size is None else {**told, "file_size": size})


async def test_the_bytes_somebody_sent_arrive(act: Acting, telegram: Telegram) -> None:
    who = telegram.person("Lin")
    media = {"kind": "document", "file_name": "名单.csv", "content": "user_id\n77001\n"}
    sent = telegram.do("post", chat=who, user=who, media=media)["message_id"]
    document = telegram.world.chat(who).messages[sent].body["document"]
    assert document["file_size"] == 14
    assert await act.gateway.download(document["file_id"], 14) == b"user_id\n77001\n"
    with pytest.raises(TooLarge):
        await act.gateway.download(document["file_id"], 13)


async def test_what_is_said_to_be_too_large_is_not_even_asked_for(server: RawServer, gateway: TelegramGateway) -> None:
    server.will("getFile", file(100 * 1024 * 1024))
    with pytest.raises(TooLarge):
        await gateway.download("f", 1024)
    assert [each.method for each in server.asked] == ["getFile"]


async def test_a_server_that_sends_more_than_it_said_is_hung_up_on(server: RawServer, gateway: TelegramGateway) -> None:
    server.will("getFile", file(10))
    server.will("%E5%90%8D%20%E5%8D%95.csv", Reply(b"x" * 1_000_000, content_type="text/csv"))
    with pytest.raises(TooLarge):
        await gateway.download("f", 1024)


@pytest.mark.parametrize("reply", [Reply(status=404), Reply(cut=True)])
async def test_a_file_that_does_not_come_says_so_without_the_token(
    server: RawServer, gateway: TelegramGateway, reply: Reply
) -> None:
    server.will("getFile", file(None))
    server.will("%E5%90%8D%20%E5%8D%95.csv", reply)
    with pytest.raises(Unavailable) as failure:
        await gateway.download("f", 1024)
    assert TOKEN not in f"{failure.value!r} {failure.value.__cause__!r}"


async def test_a_file_telegram_does_not_know_is_refused(server: RawServer, gateway: TelegramGateway) -> None:
    server.will("getFile", refused(400, "Bad Request: invalid file_id"))
    with pytest.raises(CallRefused):
        await gateway.download("f", 1024)
