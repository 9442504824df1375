"""A setting as a person types it, as the value it stands for; what cannot be read stays a text, to be refused."""

import json
from typing import Any, get_args, get_origin

YES = frozenset({"true", "on", "yes", "1", "是", "开", "开启"})
NO = frozenset({"false", "off", "no", "0", "否", "关", "关闭"})


def typed(kind: Any, text: str) -> object:
    if kind is bool:
        return {**dict.fromkeys(YES, True), **dict.fromkeys(NO, False)}.get(text.lower(), text)
    if kind is int:
        return number(text)
    if get_origin(kind) is tuple:
        return listed(get_args(kind)[0], text)
    return text


def number(text: str) -> object:
    try:
        return int(text)
    except ValueError:
        return text


def listed(kind: Any, text: str) -> object:
    """JSON, or parts separated by commas; a pattern with commas in it needs JSON."""
    if text.startswith("["):
        try:
            return json.loads(text)
        except (ValueError, RecursionError):
            return text
    parts = [part.strip() for part in text.replace("，", ",").replace("、", ",").split(",")]
    return [typed(kind, part) for part in parts if part]
