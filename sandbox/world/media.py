"""Media as messages carry it: made up for people's posts, from bytes or a known file for the bot's."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING, Any

from sandbox.errors import Refused
from sandbox.world import files
from sandbox.world.records import Json
from sandbox.world.views import chat_json, user_json

if TYPE_CHECKING:
    from sandbox.world.world import World

SHAPES: dict[str, Json] = {
    "photo": {},
    "video": {"width": 1280, "height": 720, "duration": 8, "mime_type": "video/mp4"},
    "animation": {"width": 320, "height": 240, "duration": 3, "mime_type": "video/mp4"},
    "document": {"file_name": "document.pdf", "mime_type": "application/pdf"},
    "audio": {"duration": 180, "title": "Audio", "mime_type": "audio/mpeg"},
    "voice": {"duration": 4, "mime_type": "audio/ogg"},
    "video_note": {"length": 240, "duration": 5},
    "sticker": {"type": "regular", "width": 512, "height": 512, "is_animated": False, "is_video": False, "emoji": "👍"},
    "live_photo": {"width": 1080, "height": 1440, "duration": 3},
}
CAPTIONED = frozenset({"photo", "video", "animation", "document", "audio", "voice", "live_photo", "paid_media"})
PERMISSION = {
    "text": "can_send_messages",
    "photo": "can_send_photos",
    "live_photo": "can_send_photos",
    "video": "can_send_videos",
    "audio": "can_send_audios",
    "document": "can_send_documents",
    "voice": "can_send_voice_notes",
    "video_note": "can_send_video_notes",
    "poll": "can_send_polls",
    "animation": "can_send_other_messages",
    "sticker": "can_send_other_messages",
    "dice": "can_send_other_messages",
    "game": "can_send_other_messages",
}
NOUN = {
    "text": "text messages",
    "photo": "photos",
    "live_photo": "photos",
    "video": "videos",
    "audio": "music",
    "document": "documents",
    "voice": "voice notes",
    "video_note": "video notes",
    "poll": "polls",
    "animation": "animations",
    "sticker": "stickers",
    "dice": "dice",
    "contact": "contacts",
    "location": "locations",
    "venue": "venues",
}
DICE_SIDES = {"🎲": 6, "🎯": 6, "🎳": 6, "🏀": 5, "⚽": 5, "⚽️": 5, "🎰": 64}
PHOTO_SIZES = ((90, 67, 1_500), (320, 240, 20_000), (1280, 960, 150_000))
PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


def permission(kind: str) -> str:
    return PERMISSION.get(kind, "can_send_messages")


def photo_sizes(world: World, data: bytes = PIXEL, name: str = "photo.jpg") -> list[Json]:
    sizes = []
    for width, height, size in PHOTO_SIZES:
        ids = files.identifiers(world, "photo")
        files.keep(world, "photo", ids, data, name, "image/jpeg")
        sizes.append(ids | {"width": width, "height": height, "file_size": size})
    return sizes


def filed(world: World, kind: str, given: Json, data: bytes = PIXEL) -> Any:
    """One piece of media that is a file: its usual shape, changed by what is given."""
    if kind == "photo":
        return photo_sizes(world, data, given.get("file_name", "photo.jpg"))
    ids = files.identifiers(world, kind)
    data = files.held(given, data)
    made = ids | SHAPES[kind] | {name: value for name, value in given.items() if name not in files.HELD}
    made.setdefault("file_size", len(data))
    files.keep(world, kind, ids, data, made.get("file_name", f"{kind}.bin"), made.get("mime_type", ""))
    return made


def dice(world: World, emoji: str) -> Json:
    return {"emoji": emoji, "value": world.random.randint(1, DICE_SIDES.get(emoji, 6))}


def made_up(world: World, kind: str, given: Json, author: int) -> Json:
    """The content of a person's message of that kind, e.g. {"photo": [...]}; `given` overrides its fields."""
    if kind in SHAPES:
        content: Json = {kind: filed(world, kind, given)}
        if kind == "animation":
            content["document"] = {key: content[kind][key] for key in ("file_id", "file_unique_id", "file_size")}
        return content
    maker = MAKERS.get(kind)
    if maker is None:
        raise Refused(f"no such media: {kind}; known: {', '.join(sorted({*SHAPES, *MAKERS}))}")
    return {kind: maker(world, given, author)}


def _dice(world: World, given: Json, author: int) -> Json:
    return dice(world, given.get("emoji", "🎲")) | given


def _contact(world: World, given: Json, author: int) -> Json:
    return {"phone_number": "+8613800138000", "first_name": world.users[author].first_name} | given


def _location(world: World, given: Json, author: int) -> Json:
    return {"latitude": 31.23, "longitude": 121.47} | given


def _venue(world: World, given: Json, author: int) -> Json:
    return {"location": _location(world, {}, author), "title": "Lighthouse", "address": "1 Harbour Road"} | given


def _story(world: World, given: Json, author: int) -> Json:
    user = user_json(world.users[author])
    chat = {"id": author, "type": "private"} | {k: user[k] for k in ("first_name", "username") if k in user}
    return {"chat": chat, "id": world.serial()} | given


def _giveaway(world: World, given: Json, author: int) -> Json:
    chats = [chat_json(world, world.chat(key)) for key in given.pop("chats", ())]
    return {"chats": chats, "winners_selection_date": world.date() + 86_400, "winner_count": 1} | given


def _paid_media(world: World, given: Json, author: int) -> Json:
    return {"star_count": 10, "paid_media": [{"type": "preview", "width": 640, "height": 480}]} | given


def _checklist(world: World, given: Json, author: int) -> Json:
    tasks = [{"id": n, "text": text} for n, text in enumerate(given.pop("tasks", ["one", "two"]), 1)]
    return {"title": "Checklist", "tasks": tasks} | given


def _game(world: World, given: Json, author: int) -> Json:
    return {"title": "Game", "description": "A game", "photo": photo_sizes(world)} | given


MAKERS = {
    "dice": _dice,
    "contact": _contact,
    "location": _location,
    "venue": _venue,
    "story": _story,
    "giveaway": _giveaway,
    "paid_media": _paid_media,
    "checklist": _checklist,
    "game": _game,
}
