"""What went wrong between us and a proxy, in words for whoever wrote `telegram.proxy`; without its password."""

from urllib.parse import urlsplit

import httpx
from socksio import ProtocolError

STRANGE: tuple[type[Exception], ...] = (AssertionError, ProtocolError, ValueError)
"""What the SOCKS client raises at an answer that is none of SOCKS5."""
REFUSED = 407


def shown(proxy: str) -> str:
    parts = urlsplit(proxy)
    return f"the proxy {parts.scheme}://{parts.hostname}{f':{parts.port}' if parts.port else ''}"


def blame(proxy: str, error: BaseException | None) -> str:
    """Why a request never came as far as Telegram; "" where the proxy is not known to be the cause."""
    match error:
        case httpx.ProxyError():
            return f"{shown(proxy)} refuses: {said(error)} (telegram.proxy)"
        case httpx.ConnectError() | httpx.ConnectTimeout() if "ssl" not in str(error).lower():
            return f"{shown(proxy)} cannot be reached (telegram.proxy)"
        case TimeoutError():
            return silent(proxy)
        case httpx.RemoteProtocolError() | AssertionError() | ProtocolError() | ValueError():
            return f"{shown(proxy)} does not answer as one of its kind does (telegram.proxy)"
    return ""


def lost_behind(proxy: str, error: BaseException | None) -> str:
    return f"{type(error).__name__} behind {shown(proxy)}" if error is not None else ""


def silent(proxy: str) -> str:
    return f"{shown(proxy)} does not answer (telegram.proxy; is it http:// or socks5://?)"


def said(error: httpx.ProxyError) -> str:
    """In its own words, which are short in every library and may be anything in a proxy."""
    words = " ".join(str(error).split())[:100]
    return "".join(char for char in words if char.isprintable()) or "it says nothing"


def asks_for_a_name(proxy: str) -> str:
    return f"{shown(proxy)} refuses our name and password (telegram.proxy)"
