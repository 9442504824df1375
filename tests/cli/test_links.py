"""`python -m bot links`: ready links that bring the bot to a group."""

import pytest
from pydantic import SecretStr

from bot import settings
from bot.settings import Settings
from rules.conduct.presets import PRESETS
from sandbox.serve import serve
from sandbox.world import World
from tests.app.stage import TOKEN
from tests.cli.command import bot


def configured(address: str, token: str = TOKEN) -> Settings:
    return Settings(telegram=settings.Telegram(token=SecretStr(token), api_base_url=address))


async def test_it_prints_a_link_for_each_preset() -> None:
    async with serve(World(token=TOKEN)) as address:
        ran = await bot(configured(address), "links")
    assert ran.code == 0
    for preset in PRESETS:
        assert f"https://t.me/dengta_bot?startgroup=t_{preset}&admin=delete_messages+restrict_members" in ran.out


@pytest.mark.parametrize(
    ("token", "code", "said"), [("424242:another-token-that-nobody-knows", 78, "refuses"), ("", 78, "telegram.token")]
)
async def test_without_a_good_token_it_says_what_to_do(token: str, code: int, said: str) -> None:
    async with serve(World(token=TOKEN)) as address:
        ran = await bot(configured(address, token), "links")
    assert (ran.code, said in ran.err) == (code, True)


async def test_where_telegram_does_not_answer_it_says_so() -> None:
    ran = await bot(configured("http://127.0.0.1:9"), "links")
    assert ran.code == 1
    assert "cannot be reached" in ran.err
