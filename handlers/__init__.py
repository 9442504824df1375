"""Conversations: what people say to the bot in, acts out; no decision of their own, no SQL."""

from handlers.application import talk
from handlers.menus import Menu, menus
from handlers.prefetch import prefetch
from handlers.routes import build_application

__all__ = ["Menu", "build_application", "menus", "prefetch", "talk"]
