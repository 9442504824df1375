"""What a story expects and what was seen instead, in words, for people who read why it did not come true."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

Table = Mapping[str, Any]
Called = Callable[[str], str]


def expected(wish: Table, called: Called) -> str:
    """One sentence; `called` turns the story's name of a person or a chat into what people say."""
    match wish:
        case {"deleted": label}:
            return f"the message “{label}” should be gone"
        case {"kept": label}:
            return f"the message “{label}” should still stand"
        case {"member": name, "chat": chat}:
            return f"{called(name)} should be {facts(wish)} in {called(chat)}"
        case {"said": text, "chat": chat}:
            button = f", with a button “{wish['button']}”" if wish.get("button") else ""
            return f"the bot should have written “{text}” in {called(chat)}{button}"
        case {"alert": text, "user": name}:
            return f"{called(name)} should have been told “{text}” after the press"
        case {"call": method}:
            return f"the bot should have called {method}"
        case {"shown": text, "chat": chat}:
            return f"“{text}” should stand {wish.get('times', 1)} times in {called(chat)}"
        case {"at_most": most, "chat": chat}:
            return f"the bot should have written at most {most} posts a day in {called(chat)}"
    return ", ".join(f"{name} {value}" for name, value in wish.items())


def facts(member: Table) -> str:
    told = [str(member["status"])] if member.get("status") else []
    told += [f"tagged “{member['tag']}”"] if member.get("tag") else []
    told += [f"until {member['until_date']}"] if member.get("until_date") else []
    return ", ".join(told) or "there"


def listed(texts: Iterable[object]) -> str:
    return ", ".join(f"“{text}”" for text in texts if text) or "nothing"


def figures(wrong: Mapping[str, tuple[object, object]]) -> str:
    return ", ".join(f"{name.replace('_', ' ')} should be {right}, is {seen}" for name, (right, seen) in wrong.items())
