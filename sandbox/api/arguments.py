"""Reads a call's parameters, however they are sent, into values of the types the official description names."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, cast
from urllib.parse import parse_qsl

import msgspec
from starlette.datastructures import UploadFile
from starlette.requests import Request

from sandbox.api.shapes import FIELDS, Misfit, fit
from sandbox.errors import ApiError, bad
from sandbox.world.records import Json
from sandbox.world.symbols import as_id

NAMES = {name.lower(): name for name in FIELDS}
TRUE, FALSE = frozenset({"true", "yes", "y", "t", "1"}), frozenset({"false", "no", "n", "f", "0", ""})
EMPTY = {
    "chat_id": "chat_id is empty",
    "from_chat_id": "chat_id is empty",
    "text": "message text is empty",
    "user_id": "invalid user_id specified",
    "message_id": "message identifier is not specified",
    "message_ids": "message identifiers are not specified",
}


@dataclass(slots=True)
class Upload:
    name: str
    mime: str
    data: bytes


class Args(dict[str, Any]):
    """The parameters of one call, typed; `uploads` holds the files that came along."""

    uploads: dict[str, Upload]

    def integer(self, name: str, default: int = 0) -> int:
        return cast(int, self.get(name, default))

    def text(self, name: str, default: str = "") -> str:
        return cast(str, self.get(name, default))

    def flag(self, name: str) -> bool:
        return cast(bool, self.get(name, False))

    def items_of(self, name: str) -> list[Any]:
        return cast(list[Any], self.get(name) or [])

    def object(self, name: str) -> Json | None:
        return cast("Json | None", self.get(name))

    def logged(self) -> Json:
        """The parameters as the call log shows them: files by name and size only."""
        shown = dict(self)
        for name, upload in self.uploads.items():
            shown[name] = f"<{upload.name}, {len(upload.data)} bytes>"
        return shown


async def read(request: Request, method: str) -> Args:
    """Query string and body together; the body wins."""
    raw: Json = dict(request.query_params)
    uploads: dict[str, Upload] = {}
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if request.method == "POST":
        if kind == "application/json":
            raw |= from_json(await request.body())
        elif kind == "application/x-www-form-urlencoded":
            raw |= dict(parse_qsl((await request.body()).decode("utf-8", "replace"), keep_blank_values=True))
        elif kind == "multipart/form-data":
            raw |= await from_multipart(request, uploads)
    return typed(method, raw, uploads)


def from_json(body: bytes) -> Json:
    if not body.strip():
        return {}
    try:
        given = msgspec.json.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError):
        raise bad("can't parse JSON object") from None
    return cast(Json, given) if isinstance(given, dict) else {}


async def from_multipart(request: Request, uploads: dict[str, Upload]) -> Json:
    raw: Json = {}
    async with request.form(max_files=100, max_part_size=1 << 26) as form:
        for name, value in form.multi_items():
            if isinstance(value, UploadFile):
                mime = value.content_type or "application/octet-stream"
                uploads[name] = Upload(value.filename or name, mime, await value.read())
            else:
                raw[name] = value
    return raw


def typed(method: str, raw: Json, uploads: dict[str, Upload]) -> Args:
    """Keep the parameters the method has, in their types; what is required must be there."""
    args = Args()
    args.uploads = uploads
    for name, kind in FIELDS[method].items():
        if name in raw and raw[name] is not None:
            args[name] = convert(name, kind.lstrip("!"), raw[name])
    return args


def check_required(method: str, args: Args) -> None:
    for name, kind in FIELDS[method].items():
        if kind.startswith("!") and args.get(name) in (None, "") and name not in args.uploads:
            raise missing(name)


def missing(name: str) -> ApiError:
    return bad(EMPTY.get(name, f'parameter "{name}" is required'))


def convert(name: str, kind: str, value: Any) -> Any:
    if kind == "Integer":
        return to_integer(name, value)
    if kind in ("Integer|String", "String|Integer"):
        return to_chat(value)
    if kind == "Boolean":
        return to_flag(name, value)
    if kind == "Float":
        return to_float(name, value)
    if kind in ("String", "InputFile|String", "InputFile"):
        return value if isinstance(value, str) else str(value)
    return to_object(name, kind, value)


def to_integer(name: str, value: Any) -> int:
    try:
        return int(value)
    except (TypeError, ValueError):
        raise bad(f'can\'t parse parameter "{name}": an integer is expected') from None


def to_float(name: str, value: Any) -> float:
    try:
        return float(value)
    except (TypeError, ValueError):
        raise bad(f'can\'t parse parameter "{name}": a number is expected') from None


def to_chat(value: Any) -> int | str:
    number = as_id(str(value).strip())
    return str(value).strip() if number is None else number


def to_flag(name: str, value: Any) -> bool:
    if isinstance(value, bool):
        return value
    text = str(value).strip().lower()
    if text in TRUE or text in FALSE:
        return text in TRUE
    raise bad(f'can\'t parse parameter "{name}": a boolean is expected')


def to_object(name: str, kind: str, value: Any) -> Any:
    """JSON as text or as it is, fitted to its type."""
    if value == "":
        return None
    if isinstance(value, str):
        try:
            value = msgspec.json.decode(value.encode())
        except (msgspec.DecodeError, UnicodeEncodeError):
            raise bad(f"can't parse {name} JSON object") from None
    try:
        return fit(value, kind, name)
    except Misfit as misfit:
        raise bad(f"can't parse {name}: {misfit}") from None
