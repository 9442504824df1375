"""Makes a screenshot small: sixteen shades a colour and a palette are enough for letters; only the standard library."""

import struct
import zlib
from collections import Counter
from collections.abc import Iterator

HEAD = b"\x89PNG\r\n\x1a\n"
COLOURS = 256
RGB = 3


def chunks(picture: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = len(HEAD)
    while at < len(picture):
        length, kind = struct.unpack(">I4s", picture[at : at + 8])
        yield kind, picture[at + 8 : at + 8 + length]
        at += length + 12


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def rows(picture: bytes) -> Iterator[bytes]:
    """The lines of a picture without transparency, unfiltered."""
    parts = list(chunks(picture))
    width, _, depth, kind = struct.unpack(">IIBB", dict(parts)[b"IHDR"][:10])
    assert (depth, kind) == (8, 2), "a screenshot has eight bits of red, green and blue"
    data, length = zlib.decompress(b"".join(each for name, each in parts if name == b"IDAT")), width * RGB
    above = bytearray(length)
    for start in range(0, len(data), length + 1):
        above = unfiltered(data[start], bytearray(data[start + 1 : start + 1 + length]), above)
        yield bytes(above)


def unfiltered(way: int, line: bytearray, above: bytearray) -> bytearray:
    for i in range(len(line)):
        left, corner = (line[i - RGB], above[i - RGB]) if i >= RGB else (0, 0)
        line[i] = (line[i] + guess(way, left, above[i], corner)) & 255
    return line


def guess(way: int, left: int, up: int, corner: int) -> int:
    if way < 4:
        return (0, left, up, (left + up) // 2)[way]
    near = left + up - corner
    return min((left, up, corner), key=lambda value: abs(near - value))


def reduced(picture: bytes) -> bytes:
    """The same picture with a palette."""
    lines = [
        [bytes(c & 0xF0 | 8 for c in line[i : i + RGB]) for i in range(0, len(line), RGB)] for line in rows(picture)
    ]
    used = [colour for colour, _ in Counter(pixel for line in lines for pixel in line).most_common(COLOURS)]
    number = {colour: at for at, colour in enumerate(used)}
    data = b"".join(b"\0" + bytes(number.get(pixel, 0) for pixel in line) for line in lines)
    head = struct.pack(">IIBBBBB", len(lines[0]), len(lines), 8, 3, 0, 0, 0)
    packed = chunk(b"IDAT", zlib.compress(data, 9)) + chunk(b"IEND", b"")
    return HEAD + chunk(b"IHDR", head) + chunk(b"PLTE", b"".join(used)) + packed
