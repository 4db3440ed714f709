"""Frames are what Feishu's own protobuf module writes and reads, and what is none is refused."""

import json
import subprocess
import sys
from base64 import b64decode, b64encode
from dataclasses import astuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.feishu.line_chunks import Chunks
from adapters.feishu.line_frames import DATA, Frame, UnreadableFrameError, decode, encode

_FRAMES = (
    Frame(),
    Frame(service=33554678, headers=(("type", "ping"),)),
    Frame(
        seq_id=2**64 - 1,
        log_id=2**63,
        service=2**31 - 1,
        method=DATA,
        headers=(("type", "event"), ("message_id", "m"), ("标题", "值" * 70), ("", "")),
        payload_encoding="gzip",
        payload_type="json",
        payload=bytes(range(256)) * 3,
        log_id_new="202603",
    ),
)

_REFEREE = """
import json, sys, warnings
from base64 import b64decode, b64encode
warnings.simplefilter("ignore")
from lark_oapi.ws.pb.pbbp2_pb2 import Frame
told = []
for raw in json.load(sys.stdin):
    frame = Frame()
    frame.ParseFromString(b64decode(raw))
    told.append({
        "frame": [frame.SeqID, frame.LogID, frame.service, frame.method,
                  [[one.key, one.value] for one in frame.headers],
                  frame.payload_encoding, frame.payload_type, b64encode(frame.payload).decode(), frame.LogIDNew],
        "written": b64encode(frame.SerializeToString()).decode(),
    })
json.dump(told, sys.stdout)
"""


def test_own_module_agrees() -> None:
    """What Kith writes Feishu's module reads, to the last field, and what that writes Kith reads."""
    told = subprocess.run(  # noqa: S603 - this interpreter, and our own words
        [sys.executable, "-c", _REFEREE],
        input=json.dumps([b64encode(encode(frame)).decode() for frame in _FRAMES]),
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    for frame, judged in zip(_FRAMES, json.loads(told.stdout), strict=True):
        *numbers, headers, encoding, kind, payload, log_id = judged["frame"]
        read = (*numbers, tuple(map(tuple, headers)), encoding, kind, b64decode(payload), log_id)
        assert read == astuple(frame)
        assert decode(b64decode(judged["written"])) == frame


@given(st.binary(max_size=200))
def test_any_bytes_are_a_frame_or_refused(raw: bytes) -> None:
    """Whatever comes is read or refused by the one error."""
    try:
        frame = decode(raw)
    except UnreadableFrameError:
        return
    assert decode(encode(frame)) == frame


def test_unknown_fields_are_passed_over() -> None:
    """A field that Feishu adds, of any kind, changes nothing."""
    more = b"\x52\x01x" + b"\x59" + bytes(8) + b"\x65" + bytes(4) + b"\x68\x05"
    assert decode(encode(_FRAMES[2]) + more) == _FRAMES[2]


@pytest.mark.parametrize(
    "raw", [b"\x08", b"\x42\x05abc", b"\x08" + b"\xff" * 11, b"\x42\x80", b"\x0b", b"\x28\x01", b"\x4a\x01\xff"]
)
def test_what_is_cut_off_is_refused(raw: bytes) -> None:
    """No end of a number, a text shorter than it says, a group, a header that is a number, bytes that are no text."""
    with pytest.raises(UnreadableFrameError):
        decode(raw)


def _part(name: str, total: str, place: str, payload: bytes) -> Frame:
    return Frame(method=DATA, headers=(("message_id", name), ("sum", total), ("seq", place)), payload=payload)


def test_pieces_in_any_order() -> None:
    """A payload is whole when each of its pieces is there, whichever comes last and however often one comes."""
    chunks = Chunks()
    assert chunks.whole(_part("a", "3", "2", b"three")) is None
    assert chunks.whole(_part("b", "2", "0", b"other")) is None
    assert chunks.whole(_part("a", "3", "0", b"one")) is None
    assert chunks.whole(_part("a", "3", "0", b"one")) is None
    assert chunks.whole(_part("a", "3", "1", b"two")) == b"onetwothree"
    assert chunks.whole(_part("c", "1", "0", b"whole")) == b"whole"


@pytest.mark.parametrize(("total", "place"), [("3", "3"), ("x", "0"), ("300", "0"), ("2", "-1"), ("2", "")])
def test_pieces_of_nothing(total: str, place: str) -> None:
    """A piece whose place is none is refused."""
    with pytest.raises(UnreadableFrameError):
        Chunks().whole(_part("a", total, place, b"x"))


def test_pieces_have_an_end() -> None:
    """Payloads of more than a mebibyte are refused; of too many in pieces the oldest is given up."""
    chunks = Chunks()
    assert chunks.whole(_part("big", "9", "0", bytes(1_000_000))) is None
    with pytest.raises(UnreadableFrameError):
        chunks.whole(_part("big", "9", "1", bytes(1_000_000)))
    for number in range(65):
        chunks.whole(_part(str(number), "2", "0", b"x"))
    assert chunks.whole(_part("0", "2", "1", b"y")) is None
    assert chunks.whole(_part("64", "2", "1", b"y")) == b"xy"
