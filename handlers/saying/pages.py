"""A list that is too long for one post: a page of it, and the buttons that turn."""

from collections.abc import Sequence
from typing import TypeVar

from handlers.saying.answers import Rows
from handlers.saying.panels import in_menu
from rules.conduct.effects import Button

Item = TypeVar("Item")


def page_of(found: Sequence[Item], number: int, size: int, action: str) -> tuple[Sequence[Item], Rows]:
    """What stands on that page, the nearest there is, and one row of buttons to those beside it, if there are any."""
    number = min(max(number, 0), max(len(found) - 1, 0) // size)
    before = (Button(label=in_menu("before"), action=action, ref=number - 1),) if number else ()
    after = (Button(label=in_menu("next"), action=action, ref=number + 1),) if len(found) > (number + 1) * size else ()
    shown = found[number * size : (number + 1) * size]
    return shown, ((*before, *after),) if before or after else ()
