"""Files: identifiers for made-up media, bytes of what was really uploaded, sizes as Telegram reports them."""

from __future__ import annotations

import base64
import hashlib
from typing import TYPE_CHECKING

from sandbox.errors import Refused
from sandbox.world.records import File, Json

if TYPE_CHECKING:
    from sandbox.world.world import World

HELD = frozenset({"content", "bytes"})
FOLDERS = {"photo": "photos", "video": "videos", "sticker": "stickers", "voice": "voice", "audio": "music"}


def identifiers(world: World, kind: str) -> Json:
    """A fresh pair of file ids; the same sandbox run gives the same ids."""
    seed = hashlib.sha256(f"{world.seed}:{kind}:{world.serial()}".encode()).digest()
    return {
        "file_id": f"{kind}_" + base64.urlsafe_b64encode(seed[:24]).decode(),
        "file_unique_id": base64.urlsafe_b64encode(seed[24:32]).decode().rstrip("="),
    }


def held(given: Json, otherwise: bytes) -> bytes:
    """What a person's file holds: `content` as text, or `bytes` in base64."""
    if "bytes" in given:
        try:
            return base64.b64decode(given["bytes"], validate=True)
        except (TypeError, ValueError):
            raise Refused("bytes are base64") from None
    return str(given["content"]).encode() if "content" in given else otherwise


def keep(world: World, kind: str, ids: Json, data: bytes, name: str, mime: str) -> File:
    path = f"{FOLDERS.get(kind, 'documents')}/file_{len(world.files)}{suffix(name)}"
    file = File(ids["file_id"], ids["file_unique_id"], name, mime, data, path)
    world.files[file.id] = file
    return file


def suffix(name: str) -> str:
    dot = name.rfind(".")
    return name[dot:] if dot > 0 else ""


def file_json(world: World, file_id: str) -> Json | None:
    """The File object of getFile; made-up media has ids but no bytes."""
    file = world.files.get(file_id)
    if file is not None:
        return {
            "file_id": file.id,
            "file_unique_id": file.unique_id,
            "file_size": len(file.data),
            "file_path": file.path,
        }
    return None


def by_path(world: World, path: str) -> File | None:
    return next((file for file in world.files.values() if file.path == path), None)
