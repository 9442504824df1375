"""The Bot API: every method the sandbox answers, by its official name."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sandbox.api import (
    answers,
    chats,
    deletes,
    edits,
    files,
    forum,
    links,
    me,
    media,
    members,
    polling,
    sending,
    webhook,
)
from sandbox.api.arguments import Args
from sandbox.world import World

Method = Callable[[World, Args], Any]

METHODS: dict[str, Method] = {
    "getUpdates": polling.get_updates,
    **me.METHODS,
    **sending.METHODS,
    **media.METHODS,
    **edits.METHODS,
    **deletes.METHODS,
    **members.METHODS,
    **chats.METHODS,
    **answers.METHODS,
    **links.METHODS,
    **forum.METHODS,
    **files.METHODS,
    **webhook.METHODS,
}

__all__ = ["METHODS", "Method"]
