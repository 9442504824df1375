"""Where updates are pushed to instead of polled: set, deleted, looked at."""

from __future__ import annotations

from typing import Any

from sandbox.api.arguments import Args
from sandbox.world import World
from sandbox.world.records import Json


def delete_webhook(world: World, args: Args) -> bool:
    world.webhook = None
    if args.flag("drop_pending_updates"):
        world.updates.waiting.clear()
    return True


def get_webhook_info(world: World, args: Args) -> Json:
    world.updates.drop_expired()
    shown: Json = {
        "url": "",
        "has_custom_certificate": False,
        "pending_update_count": len(world.updates.waiting),
    }
    if world.updates.asked:
        shown["allowed_updates"] = world.updates.asked
    return shown


METHODS: dict[str, Any] = {
    "deleteWebhook": delete_webhook,
    "getWebhookInfo": get_webhook_info,
}
