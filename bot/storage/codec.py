"""Values of the rules as JSON that says its kind and version, and back; nothing here asks a database."""

from datetime import tzinfo
from functools import cache, lru_cache
from typing import Any, TypeVar, get_args, get_type_hints
from zoneinfo import ZoneInfo

import msgspec

from rules.conduct.case import Case
from rules.conduct.effects import Act, Phrase, Planned
from rules.conduct.facts import Facts
from rules.conduct.findings import Finding
from rules.conduct.verdict import Verdict

T = TypeVar("T")

VERSION = 1
ACTS: dict[str, type[Any]] = {kind.__name__: kind for kind in get_args(Act)}
VERDICT_SHAPES: dict[str, Any] = {
    **get_type_hints(Verdict),
    "acts": list[tuple[msgspec.Raw, tuple[int, int, int, str, bool]]],
}


class CodecError(ValueError):
    """Stored JSON that this version cannot read."""


class Envelope(msgspec.Struct):
    """What stands around every value: an untagged union would read one act back as another."""

    kind: str
    v: int
    body: msgspec.Raw


def to_wire(value: Any) -> Any:
    if isinstance(value, tzinfo):
        return str(value)
    raise NotImplementedError(f"{type(value).__name__} cannot be stored")


def from_wire(kind: type[Any], value: Any) -> Any:
    if issubclass(kind, tzinfo):
        return ZoneInfo(value)
    raise NotImplementedError(f"{kind.__name__} cannot be read back")


encoder = msgspec.json.Encoder(enc_hook=to_wire)
envelopes = msgspec.json.Decoder(Envelope)


@cache
def decoder(kind: Any) -> "msgspec.json.Decoder[Any]":
    return msgspec.json.Decoder(kind, dec_hook=from_wire)


def encode(kind: str, value: Any) -> str:
    """JSON under the permanent name `kind`. Half characters, which no database holds, become question marks."""
    try:
        body = encoder.encode(value)
    except UnicodeEncodeError:
        body = encoder.encode(mended(value))
    return encoder.encode(Envelope(kind, VERSION, msgspec.Raw(body))).decode()


def mended(value: Any) -> Any:
    """The same value with texts that can be written."""
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode()
    if isinstance(value, tuple) and hasattr(value, "_fields"):
        return type(value)(*map(mended, value))
    if isinstance(value, list | tuple | frozenset):
        return type(value)(map(mended, value))
    if isinstance(value, dict):
        return {mended(key): mended(part) for key, part in value.items()}
    if isinstance(value, msgspec.Raw) or not hasattr(value, "__dataclass_fields__"):
        return value
    return type(value)(**{name: mended(getattr(value, name)) for name in value.__dataclass_fields__})


def decode(kind: str, shape: type[T], text: str | bytes) -> T:
    """The value under `kind`. Raises CodecError for another kind or a newer version."""
    envelope = opened(text)
    if envelope.kind != kind:
        raise CodecError(f"{envelope.kind} is stored where {kind} was expected")
    value: T = read(shape, envelope.body)
    return value


def opened(text: str | bytes) -> Envelope:
    try:
        envelope = envelopes.decode(text)
    except msgspec.MsgspecError as error:
        raise CodecError(f"stored JSON cannot be read: {error}") from error
    if envelope.v != VERSION:
        raise CodecError(f"{envelope.kind} of version {envelope.v} was stored by another version of this program")
    return envelope


def read(shape: Any, body: msgspec.Raw | bytes) -> Any:
    try:
        return decoder(shape).decode(body)
    except msgspec.MsgspecError as error:
        raise CodecError(f"stored JSON cannot be read: {error}") from error


def act_kind(act: Act) -> str:
    return type(act).__name__


def encode_act(act: Act) -> str:
    return encode(act_kind(act), act)


def decode_act(text: str | bytes) -> Act:
    envelope = opened(text)
    if envelope.kind not in ACTS:
        raise CodecError(f"{envelope.kind} is no act")
    act: Act = read(ACTS[envelope.kind], envelope.body)
    return act


def encode_facts(facts: Facts) -> str:
    return encode("facts", facts)


def decode_facts(text: str) -> Facts:
    return decode("facts", Facts, text)


def encode_case(case: Case) -> str:
    return encode("case", case)


def decode_case(text: str) -> Case:
    return decode("case", Case, text)


def encode_findings(findings: tuple[Finding, ...]) -> str:
    return encode("findings", findings)


def decode_findings(text: str) -> tuple[Finding, ...]:
    return decode("findings", tuple[Finding, ...], text)


def encode_words(words: tuple[Phrase, ...]) -> str:
    return encode("words", words)


def decode_words(text: str) -> tuple[Phrase, ...]:
    return decode("words", tuple[Phrase, ...], text)


def encode_verdict(verdict: Verdict) -> str:
    """By field names, and each act in an envelope of its own."""
    acts = [(msgspec.Raw(encode_act(p.act).encode()), p[1:]) for p in verdict.acts]
    return encode("verdict", {**verdict._asdict(), "acts": acts})


def decode_verdict(text: str) -> Verdict:
    fields = decode("verdict", dict[str, msgspec.Raw], text)
    known = {name: read(shape, fields[name]) for name, shape in VERDICT_SHAPES.items() if name in fields}
    stored: list[tuple[msgspec.Raw, tuple[int, int, int, str, bool]]] = known.pop("acts", [])
    return Verdict(**known, acts=tuple(Planned(decode_act(bytes(act)), *rest) for act, rest in stored))


def encode_table(table: dict[str, Any]) -> str:
    """A table of plain values: a policy, the result of an act."""
    return encode("table", table)


def decode_table(text: str) -> dict[str, Any]:
    return decode("table", dict[str, Any], text)


def encode_ids(ids: tuple[tuple[str, ...], ...]) -> str:
    """Rows of button ids."""
    return encode("ids", ids)


def decode_ids(text: str) -> tuple[tuple[str, ...], ...]:
    return decode("ids", tuple[tuple[str, ...], ...], text)


def encode_names(names: frozenset[str]) -> str:
    return encode("names", sorted(names))


@lru_cache(1024)
def decode_names(text: str) -> frozenset[str]:
    return frozenset(decode("names", list[str], text))
