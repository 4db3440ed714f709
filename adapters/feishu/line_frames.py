"""Frames of Feishu's long connection (长连接), which are protobuf: one message type and its part, by hand.

Field numbers as in ``pbbp2.proto`` of Feishu's own clients: Frame {1 SeqID, 2 LogID, 3 service, 4 method, 5 headers,
6 payload_encoding, 7 payload_type, 8 payload, 9 LogIDNew}, Header {1 key, 2 value}. The first four are required, so
they are written although they are 0. https://protobuf.dev/programming-guides/encoding
"""

from collections.abc import Iterator
from dataclasses import dataclass

CONTROL, DATA = 0, 1  # methods
_VARINT, _FIXED64, _BYTES, _FIXED32 = 0, 1, 2, 5  # wire types
_KIND_BITS, _KINDS = 3, 7
_MORE, _LOW, _BITS, _LONGEST = 0x80, 0x7F, 7, 70  # of a varint: its last byte has no top bit; at most ten bytes


class UnreadableFrameError(ValueError):
    """These bytes are no frame."""


@dataclass(frozen=True, slots=True)
class Frame:
    """One frame. ``service`` and ``method`` are kept as they came, as unsigned numbers of 64 bits."""

    seq_id: int = 0
    log_id: int = 0
    service: int = 0
    method: int = CONTROL
    headers: tuple[tuple[str, str], ...] = ()
    payload_encoding: str = ""
    payload_type: str = ""
    payload: bytes = b""
    log_id_new: str = ""

    def header(self, name: str) -> str:
        """The first header of this name; empty where there is none."""
        return next((value for key, value in self.headers if key == name), "")

    def number(self, name: str) -> int:
        """A header that is a number. Raises UnreadableFrameError for one that is none."""
        value = self.header(name)
        if not (value.isascii() and value.isdigit() and len(value) <= _BITS):
            raise UnreadableFrameError(name)
        return int(value)


def encode(frame: Frame) -> bytes:
    """A frame as it is sent."""
    numbers = (frame.seq_id, frame.log_id, frame.service, frame.method)
    parts = [_key(number, _VARINT) + _varint(value) for number, value in enumerate(numbers, 1)]
    parts += [_sized(5, _sized(1, key.encode()) + _sized(2, value.encode())) for key, value in frame.headers]
    optional = (frame.payload_encoding.encode(), frame.payload_type.encode(), frame.payload, frame.log_id_new.encode())
    parts += [_sized(number, value) for number, value in enumerate(optional, 6) if value]
    return b"".join(parts)


def decode(raw: bytes) -> Frame:
    """A frame as it came; fields that are not known are passed over. Raises UnreadableFrameError."""
    values: dict[int, int | bytes] = {}
    headers = []
    for number, value in _fields(raw):
        if number == 5:
            headers.append(_header(value))
        else:
            values[number] = value
    return Frame(
        seq_id=_number(values, 1),
        log_id=_number(values, 2),
        service=_number(values, 3),
        method=_number(values, 4),
        headers=tuple(headers),
        payload_encoding=_text(values, 6),
        payload_type=_text(values, 7),
        payload=_bytes(values, 8),
        log_id_new=_text(values, 9),
    )


def _header(value: int | bytes) -> tuple[str, str]:
    if isinstance(value, int):
        raise UnreadableFrameError("headers")
    parts = dict(_fields(value))
    return _text(parts, 1), _text(parts, 2)


def _number(values: dict[int, int | bytes], number: int) -> int:
    value = values.get(number, 0)
    if not isinstance(value, int):
        raise UnreadableFrameError(str(number))
    return value


def _bytes(values: dict[int, int | bytes], number: int) -> bytes:
    value = values.get(number, b"")
    if not isinstance(value, bytes):
        raise UnreadableFrameError(str(number))
    return value


def _text(values: dict[int, int | bytes], number: int) -> str:
    try:
        return _bytes(values, number).decode()
    except UnicodeDecodeError:
        raise UnreadableFrameError(str(number)) from None


# -- the wire --------------------------------------------------------------------------------------


def _fields(raw: bytes) -> Iterator[tuple[int, int | bytes]]:
    at = 0
    while at < len(raw):
        key, at = _read_varint(raw, at)
        kind = key & _KINDS
        if kind == _VARINT:
            value, at = _read_varint(raw, at)
            yield key >> _KIND_BITS, value
        elif kind == _BYTES:
            length, start = _read_varint(raw, at)
            at = start + length
            if at <= len(raw):
                yield key >> _KIND_BITS, raw[start:at]
        elif kind in {_FIXED64, _FIXED32}:
            at += 8 if kind == _FIXED64 else 4
        else:
            raise UnreadableFrameError("wire type")
    if at != len(raw):
        raise UnreadableFrameError("cut off")


def _read_varint(raw: bytes, at: int) -> tuple[int, int]:
    """A number and where it ends."""
    value = 0
    for shift in range(0, _LONGEST, _BITS):
        if at >= len(raw):
            break
        byte, at = raw[at], at + 1
        value |= (byte & _LOW) << shift
        if byte < _MORE:
            return value, at
    raise UnreadableFrameError("varint")


def _varint(value: int) -> bytes:
    written = bytearray()
    while value >= _MORE:
        written.append(value & _LOW | _MORE)
        value >>= _BITS
    written.append(value)
    return bytes(written)


def _key(number: int, kind: int) -> bytes:
    return _varint(number << _KIND_BITS | kind)


def _sized(number: int, value: bytes) -> bytes:
    return _key(number, _BYTES) + _varint(len(value)) + value
