"""Calls a verb with the arguments that came as JSON, or says what is wrong with them."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Any

from sandbox.errors import ApiError, Refused
from sandbox.world import World
from sandbox.world.records import Json

Key = int | str
Verb = Callable[..., Any]


def invoke(world: World, verb: Verb, given: Json) -> Any:
    """The verb's result; every mistake of the caller is a Refused with a sentence."""
    try:
        bound = inspect.signature(verb).bind(world, **given)
    except TypeError as error:
        raise Refused(f"{verb.__name__}: {error}; takes {usage(verb)}") from None
    try:
        return verb(*bound.args, **bound.kwargs)
    except (ValueError, KeyError, AttributeError, TypeError) as error:
        raise Refused(f"{verb.__name__}: {type(error).__name__}: {error}") from error
    except ApiError as error:
        raise Refused(f"{verb.__name__}: {error.description}") from error


def usage(verb: Verb) -> str:
    """`chat, user, by?` as the README writes it."""
    parameters = list(inspect.signature(verb).parameters.values())[1:]
    return ", ".join(p.name if p.default is inspect.Parameter.empty else f"{p.name}?" for p in parameters)
