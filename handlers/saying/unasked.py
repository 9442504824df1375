"""A table or a file of settings that nobody asked for: which command takes it; nothing of it is read."""

from telegram import Message

from handlers.frame.context import Talk
from handlers.reading.choosing import mine
from handlers.saying.answers import answer
from handlers.saying.sheets import in_sheets

COMMAND_BY_END = {".csv": "roster", ".toml": "policy"}


async def table(talk: Talk, message: Message) -> bool:
    """Only to somebody who leads: for everybody else a file is a file."""
    name = (message.document.file_name or "").lower() if message.document else ""
    command = next((each for end, each in COMMAND_BY_END.items() if name.endswith(end)), "")
    led = await mine(talk) if command else []
    if led:
        await answer(talk, in_sheets(f"unasked_{command}", group=led[0].id))
    return bool(led)
