"""Asking Telegram to call: what is set, what it tells of it, and what it refuses."""

import pytest

from bot.gateway import CallRefused, WebhookInfo
from bot.intake.wire import ALLOWED_UPDATES
from sandbox.processes import WEBHOOK_SECRET, free_port
from tests.bot.gateway.conftest import Acting
from tests.bot.telegram import NOW
from tests.bot.waiting import until_async


async def test_a_webhook_is_set_told_of_and_deleted_and_what_waits_is_kept(act: Acting) -> None:
    gateway, world = act.gateway, act.telegram.world
    assert (await gateway.webhook_info()).url == ""
    url = f"http://127.0.0.1:{free_port()}/telegram"
    await gateway.set_webhook(url, WEBHOOK_SECRET, 7, ALLOWED_UPDATES)
    assert (await gateway.webhook_info()).url == url
    assert world.webhook is not None
    assert (world.webhook.secret, world.webhook.connections) == (WEBHOOK_SECRET, 7)
    assert world.updates.asked == sorted(ALLOWED_UPDATES)
    act.telegram.post(act.telegram.owner, "早上好")

    async def failed() -> bool:
        return bool((await gateway.webhook_info()).failure)

    await until_async(failed, "a failure")
    info = await gateway.webhook_info()
    assert (info.waiting, info.failed_at) == (len(world.updates.waiting), NOW)
    await gateway.delete_webhook()
    assert await gateway.webhook_info() == WebhookInfo("", info.waiting)
    assert info.waiting > 0


async def test_an_address_telegram_cannot_call_is_refused_in_its_words(act: Acting) -> None:
    with pytest.raises(CallRefused, match="bad webhook"):
        await act.gateway.set_webhook("https://bot.example.org/telegram", WEBHOOK_SECRET, 40, ALLOWED_UPDATES)
