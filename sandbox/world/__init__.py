"""The state of the sandbox's Telegram and the operations on it; it knows neither HTTP nor the bot."""

from sandbox.world.world import World

__all__ = ["World"]
