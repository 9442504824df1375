"""The ASGI application: Bot API, file downloads and control API side by side."""

from __future__ import annotations

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from sandbox.api.dispatch import call, refused
from sandbox.control.endpoints import routes
from sandbox.errors import NOT_FOUND
from sandbox.pages import ROUTES as PAGE
from sandbox.world import World, files


def build(world: World) -> Starlette:
    async def method(request: Request) -> Response:
        return await call(world, request.path_params["token"], request.path_params["method"], request)

    async def download(request: Request) -> Response:
        file = files.by_path(world, request.path_params["path"])
        if request.path_params["token"] != world.token or file is None:
            return refused(NOT_FOUND)
        return Response(file.data, media_type=file.mime or "application/octet-stream")

    async def nothing(request: Request, error: Exception) -> Response:
        return JSONResponse(NOT_FOUND.body(), 404)

    bot_api = [
        Route("/bot{token}/{method}", method, methods=["GET", "POST"]),
        Route("/file/bot{token}/{path:path}", download, methods=["GET"]),
    ]
    return Starlette(routes=[*bot_api, *routes(world), *PAGE], exception_handlers={404: nothing, 405: nothing})
