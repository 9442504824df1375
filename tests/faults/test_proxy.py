"""The whole bot behind a real proxy: every call goes through it, and a proxy that refuses is told of in plain words."""

import socket
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

import httpx
import pytest

from bot.gateway.proxy import blame
from sandbox.processes import TOKEN, BotProcess
from tests.bot.waiting import until
from tests.faults.process import INSULT, Camp, Decided, camp
from tests.faults.proxies import CERTIFICATE, NAME, PASSWORD, TLS_NAME, proxy_to
from tests.frame.test_check_ready import ready

POLICY = {"insult": {"mode": "enforce"}, "welcome": {"enabled": False}}
AS_LIN = f"{NAME}:{quote(PASSWORD, safe='')}@"


class Way(NamedTuple):
    """How Telegram is reached: by which kind of proxy, with a name and password or without, in the clear or by TLS."""

    kind: str
    secured: bool
    tls: bool

    def address(self, port: int, login: str = AS_LIN) -> str:
        scheme = "socks5" if self.kind == "socks" else "http"
        return f"{scheme}://{login if self.secured else ''}127.0.0.1:{port}"


WAYS = {
    "http": Way("http", secured=True, tls=False),
    "http-connect": Way("http", secured=True, tls=True),
    "socks5": Way("socks", secured=False, tls=False),
    "socks5-login": Way("socks", secured=True, tls=True),
}


def behind(stage: Camp, folder: Path, database: str, way: Way, proxy: str, intake: str) -> BotProcess:
    telegram = f"https://{TLS_NAME}" if way.tls else stage.people.url
    given = {"token": TOKEN, "api_base_url": telegram, "intake": intake, "proxy": proxy}
    return BotProcess(folder / "far", stage.people.url, database, {"policy": POLICY, "telegram": given}, intake)


@pytest.mark.parametrize(
    ("name", "intake"), [*((name, "polling") for name in WAYS), ("http", "webhook"), ("socks5-login", "webhook")]
)
async def test_through_a_proxy_the_bot_does_all_it_does(
    tmp_path: Path, database_url: str, name: str, intake: str
) -> None:
    # T9
    way = WAYS[name]
    async with (
        camp(tmp_path, database_url, POLICY, intake) as stage,
        proxy_to(stage.people.url, way.kind, secured=way.secured, tls=way.tls) as proxy,
    ):
        stage.bot = behind(stage, tmp_path, database_url, way, way.address(proxy.listens), intake)
        lin = await stage.member("林晓")
        await stage.bot.start({"SSL_CERT_FILE": str(CERTIFICATE)})
        (insult,) = await stage.say(lin, INSULT)
        await stage.settled()
        assert await stage.decided() == [Decided(lin, "insult", "remind", "standing")]
        assert not stage.stands(insult)
        assert await stage.bot.stop() == 0
        log = stage.bot.log.read_text()
    assert proxy.asked
    if way.tls:
        assert set(proxy.asked) == {f"{TLS_NAME}:443"}
    assert PASSWORD not in log
    assert quote(PASSWORD, safe="") not in log


@pytest.mark.parametrize("name", ["http-connect", "socks5-login"])
async def test_a_proxy_that_refuses_our_password_is_told_of_and_waited_for(
    tmp_path: Path, database_url: str, name: str
) -> None:
    way = WAYS[name]
    async with (
        camp(tmp_path, database_url, POLICY) as stage,
        proxy_to(stage.people.url, way.kind, secured=True, tls=way.tls) as proxy,
    ):
        address = way.address(proxy.listens, f"{NAME}:other_password@")
        stage.bot = behind(stage, tmp_path, database_url, way, address, "polling")
        await stage.bot.launch({"SSL_CERT_FILE": str(CERTIFICATE)})
        await until(lambda: "refuses" in stage.bot.log.read_text(), "it is told", seconds=20)
        log = stage.bot.log.read_text()
        scheme = address.partition("://")[0]
        assert f"Telegram cannot be reached: the proxy {scheme}://127.0.0.1:{proxy.listens} refuses" in log
        assert "(telegram.proxy)" in log
        assert "other_password" not in log
        assert "Traceback" not in log
        assert stage.calls("getMe") == []
        assert stage.bot.runs


async def test_an_operator_who_checks_reads_which_proxy_is_wrong_and_how(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        free = taken.getsockname()[1]
    away = f"http://lin:secret_word@127.0.0.1:{free}"
    assert "cannot be reached (telegram.proxy)" in await checked(tmp_path, away)
    async with proxy_to("http://127.0.0.1:9", "http", secured=True, tls=False) as web:
        assert "refuses our name and password" in await checked(
            tmp_path, f"http://lin:secret_word@127.0.0.1:{web.listens}"
        )
    async with proxy_to("http://127.0.0.1:9", "socks", secured=True, tls=False) as socks:
        wrong_kind = f"http://127.0.0.1:{socks.listens}"
        assert f"RemoteProtocolError behind the proxy {wrong_kind}" in await checked(tmp_path, wrong_kind)
        assert "refuses: " in await checked(tmp_path, f"socks5://127.0.0.1:{socks.listens}")


def test_each_failure_of_a_proxy_has_its_words_and_none_has_its_password() -> None:
    proxy = "socks5://lin:secret_word@127.0.0.1:1080"
    told = {
        blame(proxy, httpx.ProxyError("407 \n Proxy Authentication Required")): "refuses: 407 Proxy Authentication",
        blame(proxy, httpx.ConnectError("all attempts failed")): "cannot be reached",
        blame(proxy, AssertionError()): "not answer as one of its kind",
        blame(proxy, TimeoutError()): "does not answer",
    }
    assert all(words in said and said.startswith("the proxy socks5://127.0.0.1:1080 ") for said, words in told.items())
    assert blame(proxy, httpx.ConnectError("[SSL] certificate verify failed")) == ""
    assert blame(proxy, httpx.ReadError("x")) == ""


async def checked(folder: Path, proxy: str) -> str:
    done = await ready(folder, TOKEN, DENGTA__TELEGRAM__PROXY=proxy)
    assert done.returncode == 0
    assert "the bot will wait for it" in done.stdout
    assert "secret_word" not in done.stdout + done.stderr
    return done.stdout


async def test_an_address_that_is_no_proxy_is_refused_at_once(tmp_path: Path) -> None:
    for wrong in ("127.0.0.1:1080", "socks4://127.0.0.1:1", "ftp://proxy"):
        done = await ready(tmp_path, TOKEN, DENGTA__TELEGRAM__PROXY=wrong)
        assert done.returncode == 78
        assert "telegram.proxy" in done.stderr
        assert "socks5://" in done.stderr
