"""Every command there is, and the words that do the same as a reply; who may is `bot.roles.ACTIONS`."""

from collections.abc import Mapping

from handlers import (
    agreements,
    explaining,
    fines,
    inbox,
    measures,
    menu,
    nicks,
    pardons,
    policies,
    records,
    starting,
    status,
    undoing,
    welcomes,
)  # fmt: skip
from handlers.obey import Command

COMMANDS: Mapping[str, Command] = {
    each.name: each
    for each in (
        Command("rules", agreements.rules),
        Command("nick", nicks.nick),
        Command("record", records.record),
        Command("points", records.points),
        Command("privacy", agreements.privacy),
        Command("help", agreements.help_),
        Command("menu", menu.menu),
        Command("start", starting.start, listed=False),
        Command("status", status.status, listed=False),
        Command("warn", measures.warn),
        Command("mute", measures.mute),
        Command("unmute", measures.unmute),
        Command("remove", measures.remove),
        Command("readmit", measures.readmit),
        Command("pardon", pardons.pardon),
        Command("fine", fines.fine),
        Command("why", explaining.why),
        Command("undo", undoing.undo),
        Command("policy", policies.policy),
        Command("welcome", welcomes.welcome),
        Command("inbox", inbox.inbox),
    )
}

WORDS: Mapping[str, str] = {
    "警告": "warn", "禁言": "mute", "移出": "remove", "撤销": "undo", "为什么": "why", "记录": "record",
    "补发": "fine 补发",
}  # fmt: skip
"""As a reply to a message, by a leader."""
