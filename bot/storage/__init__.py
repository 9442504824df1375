"""The only code that speaks SQL; gives and takes values, never sees Telegram."""

from bot.storage.errors import (
    AlreadyReversed,
    AlreadySettled,
    DatabaseDamaged,
    LeaseLost,
    Overdrawn,
    SchemaInUse,
    StorageError,
    StorageUnavailable,
)
from bot.storage.store import Storage, open_storage
from bot.storage.unit import Unit

__all__ = [
    "AlreadyReversed",
    "AlreadySettled",
    "DatabaseDamaged",
    "LeaseLost",
    "Overdrawn",
    "SchemaInUse",
    "Storage",
    "StorageError",
    "StorageUnavailable",
    "Unit",
    "open_storage",
]
