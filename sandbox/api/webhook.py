"""Where updates are pushed to instead of polled: set, deleted, looked at. Only this machine can be pushed to."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlsplit

from sandbox.api.access import refuse
from sandbox.api.arguments import Args
from sandbox.errors import bad
from sandbox.world import World
from sandbox.world.records import Json, Webhook

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")
CONNECTIONS, MOST_CONNECTIONS = 40, 100


def set_webhook(world: World, args: Args) -> bool:
    url = args.text("url")
    if not url:
        return delete_webhook(world, args)
    refuse(urlsplit(url).hostname not in LOOPBACK, bad("bad webhook: IP address is reserved"))
    secret = args.text("secret_token")
    refuse(bool(secret) and not SECRET.fullmatch(secret), bad("secret token contains unallowed characters"))
    if "allowed_updates" in args:
        world.updates.allow(args.items_of("allowed_updates"))
    if args.flag("drop_pending_updates"):
        world.updates.waiting.clear()
    connections = min(args.integer("max_connections") or CONNECTIONS, MOST_CONNECTIONS)
    world.webhook = Webhook(url, secret, connections)
    world.updates.arrived.bump()
    return True


def delete_webhook(world: World, args: Args) -> bool:
    world.webhook = None
    if args.flag("drop_pending_updates"):
        world.updates.waiting.clear()
    return True


def get_webhook_info(world: World, args: Args) -> Json:
    world.updates.drop_expired()
    hook = world.webhook
    shown: Json = {
        "url": hook.url if hook else "",
        "has_custom_certificate": False,
        "pending_update_count": len(world.updates.waiting),
    }
    if hook is not None:
        shown["max_connections"] = hook.connections
        if hook.failed_at:
            shown |= {"last_error_date": hook.failed_at, "last_error_message": hook.failure}
    if world.updates.asked:
        shown["allowed_updates"] = world.updates.asked
    return shown


METHODS: dict[str, Any] = {
    "setWebhook": set_webhook,
    "deleteWebhook": delete_webhook,
    "getWebhookInfo": get_webhook_info,
}
