"""Conversations: what people say to the bot in, acts out; no decision of their own, no SQL."""

from handlers.fetching.registry import prefetch
from handlers.frame.application import talk
from handlers.routing.menus import Menu, menus
from handlers.routing.routes import build_application

__all__ = ["Menu", "build_application", "menus", "prefetch", "talk"]
