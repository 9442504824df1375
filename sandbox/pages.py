"""Serves the page of the sandbox: its own files from its own folder, and nothing that is not there."""

from __future__ import annotations

import hashlib
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from sandbox.api.dispatch import refused
from sandbox.errors import NOT_FOUND

FOLDER = Path(__file__).parent / "page"
KINDS = {
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".svg": "image/svg+xml",
}
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-cache",
}


def found(name: str) -> Path | None:
    """The file of that name below the folder; a name that leads elsewhere, or to a kind not served, is None."""
    if "\x00" in name or "\\" in name:
        return None
    path = (FOLDER / name).resolve()
    inside = path.is_relative_to(FOLDER.resolve())
    return path if inside and path.suffix in KINDS and path.is_file() else None


def tag(data: bytes) -> str:
    return f'"{hashlib.sha256(data).hexdigest()[:32]}"'


def served(request: Request, name: str) -> Response:
    """The file, or 304 when the browser has it as it is: it asks every time, so that an update is seen at once."""
    path = found(name)
    if path is None:
        return refused(NOT_FOUND)
    data = path.read_bytes()
    headers = {**HEADERS, "ETag": tag(data)}
    if request.headers.get("if-none-match") == headers["ETag"]:
        return Response(status_code=304, headers=headers)
    return Response(data, media_type=KINDS[path.suffix], headers=headers)


async def page(request: Request) -> Response:
    return served(request, "index.html")


async def part(request: Request) -> Response:
    return served(request, request.path_params["name"])


ROUTES = [Route("/", page, methods=["GET"]), Route("/page/{name:path}", part, methods=["GET"])]
