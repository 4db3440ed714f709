"""Payloads that Feishu cut into several frames: the headers ``sum`` and ``seq``, counted from 0, tell how."""

from adapters.feishu.line_frames import Frame, UnreadableFrameError

MESSAGE_ID, SUM, SEQ = "message_id", "sum", "seq"
_BYTES_MAX = 1_048_576  # of one payload, as over HTTP
_PARTS_MAX = 256
_OPEN_MAX = 64  # payloads in pieces; of more the oldest is given up, and comes again because nobody answered


class Chunks:
    """What has come in pieces over one connection."""

    def __init__(self) -> None:
        self._open: dict[str, dict[int, bytes]] = {}

    def whole(self, frame: Frame) -> bytes | None:
        """The payload once all of it is here; until then None. Raises UnreadableFrameError."""
        if not frame.header(SUM) or frame.number(SUM) <= 1:
            return frame.payload
        name, total, place = frame.header(MESSAGE_ID), frame.number(SUM), frame.number(SEQ)
        if not name or total > _PARTS_MAX or place >= total:
            raise UnreadableFrameError(SEQ)
        parts = self._open.setdefault(name, {})
        parts[place] = frame.payload
        if sum(map(len, parts.values())) > _BYTES_MAX:
            del self._open[name]
            raise UnreadableFrameError("too large")
        if len(parts) == total:
            del self._open[name]
            return b"".join(parts[each] for each in sorted(parts))
        if len(self._open) > _OPEN_MAX:
            del self._open[next(iter(self._open))]
        return None
