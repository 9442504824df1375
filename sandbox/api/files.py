"""getFile; the download itself is served beside the methods."""

from __future__ import annotations

from typing import Any

from sandbox.api.access import refuse
from sandbox.api.arguments import Args
from sandbox.errors import bad
from sandbox.world import World, files
from sandbox.world.records import Json

DOWNLOAD_LIMIT = 20 * 1024 * 1024


def get_file(world: World, args: Args) -> Json:
    file = files.file_json(world, args.text("file_id"))
    if file is None:
        raise bad("invalid file_id")
    refuse(file["file_size"] > DOWNLOAD_LIMIT, bad("file is too big"))
    return file


METHODS: dict[str, Any] = {"getFile": get_file}
