"""Files in a call: uploaded, named by attach://, known by file_id, or fetched from nowhere (a URL is made up)."""

from __future__ import annotations

from typing import Any

from sandbox.api.arguments import Args
from sandbox.errors import bad
from sandbox.world import World, media
from sandbox.world.records import Json

EXTRA = ("width", "height", "duration", "length", "performer", "title", "emoji")


def attached(world: World, args: Args, kind: str, name: str, given: Json) -> Any:
    """The media object for parameter or field `name`."""
    extra = {key: given[key] for key in EXTRA if given.get(key) is not None and kind != "photo"}
    source = given.get(name)
    upload = args.uploads.get(name)
    if isinstance(source, str) and source.startswith("attach://"):
        upload = args.uploads.get(source.removeprefix("attach://"))
        if upload is None:
            raise bad("can't find attached file")
    if upload is not None:
        if not upload.data:
            raise bad("file must be non-empty")
        named = extra if kind in ("photo", "sticker", "voice", "video_note") else extra | {"file_name": upload.name}
        return media.filed(world, kind, named, upload.data)
    if not source:
        raise bad(f"there is no {kind} in the request")
    return again(world, kind, str(source), extra)


def again(world: World, kind: str, source: str, extra: Json) -> Any:
    """A file the server has already, or one behind a URL (never fetched: it is made up)."""
    if source.startswith(("http://", "https://")):
        return media.filed(world, kind, extra)
    file = world.files.get(source)
    if file is None:
        raise bad("wrong file identifier/HTTP URL specified")
    named = extra if kind in ("photo", "sticker", "voice", "video_note") else extra | {"file_name": file.name}
    return media.filed(world, kind, named, file.data)


def input_media(world: World, args: Args, given: Json) -> tuple[str, Json]:
    """An InputMedia object: its kind and the content it makes."""
    kind = str(given.get("type", ""))
    if kind not in ("photo", "video", "animation", "document", "audio", "live_photo"):
        raise bad(f"can't parse InputMedia: type {kind!r} is unsupported")
    content: Json = {kind: attached(world, args, kind, "media", given)}
    if given.get("has_spoiler"):
        content["has_media_spoiler"] = True
    return kind, content
