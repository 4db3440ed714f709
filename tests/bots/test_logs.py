"""What reaches a log: neither secrets nor people's words, whoever logs them."""

import io
import json
import logging
import sys
from collections.abc import Iterator

import pytest
import structlog

from bots.logs import Redaction, configure_logs


@pytest.fixture
def log(monkeypatch: pytest.MonkeyPatch) -> Iterator[io.StringIO]:
    """The log of a process that was just configured; put back afterwards."""
    stream = io.StringIO()
    monkeypatch.setattr(sys, "stderr", stream)
    root, level = logging.getLogger().handlers[:], logging.getLogger().level
    configure_logs("info", secrets=["hunter2-hunter2"])
    yield stream
    structlog.reset_defaults()
    logging.basicConfig(handlers=root, level=level, force=True)


def _lines(stream: io.StringIO) -> list[dict[str, str]]:
    return [json.loads(line) for line in stream.getvalue().splitlines()]


@pytest.mark.parametrize(
    "words",
    [
        "token is xoxb-" + "123456789-abcdefgh",
        "https://api.telegram.org/bot123456789:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw/getMe",
        "Authorization: Bearer abc.def.ghi",
        "GET /sign-in?code=pthxaork8b7asyzx0fkq",
        "postgresql://kith:geheim@db/kith",
        "the key hunter2-hunter2 itself",
    ],
)
def test_secret_is_masked(words: str) -> None:
    """What looks like a credential, and what is known to be one, is masked wherever it stands."""
    event = Redaction(["hunter2-hunter2"])(None, "info", {"event": "x", "where": [{"in": words}]})
    shown = str(event)
    assert "***" in shown
    for secret in ("abcdefgh", "AAHdqTcv", "abc.def", "pthxaork", "geheim", "hunter2"):
        assert secret not in shown


def test_peoples_words_are_left_out() -> None:
    """A value by the name of what people say or are reached by is masked, whatever it is."""
    event = Redaction()(None, "info", {"event": "x", "text": "Acme is broke", "more": {"phone": "+1 555 0100"}, "n": 3})
    assert event == {"event": "x", "text": "***", "more": {"phone": "***"}, "n": 3}


def test_own_events_are_lines_of_json(log: io.StringIO) -> None:
    """An event is one line with its name, its level and its time."""
    structlog.get_logger().info("job_done", milliseconds=3)
    (line,) = _lines(log)
    assert (line["event"], line["level"], line["milliseconds"]) == ("job_done", "info", 3)
    assert line["timestamp"].endswith("Z")


def test_fault_shows_where_and_not_what(log: io.StringIO) -> None:
    """A trace tells the place and the kind of fault; its words may quote what somebody typed."""
    typed = json.loads('"Acme owes us money"')  # so that it does not stand in the line that a trace shows
    try:
        int(typed)
    except ValueError:
        structlog.get_logger().exception("work_failed")
        logging.getLogger("uvicorn.error").exception("Exception in ASGI application")
    for line in _lines(log):
        assert "test_logs.py" in line["exception"]
        assert line["exception"].endswith("ValueError")
    assert typed not in log.getvalue()


def test_libraries_are_quiet(log: io.StringIO) -> None:
    """Request lines of HTTP libraries stay out; warnings of any library come in, masked."""
    logging.getLogger("httpx").info("HTTP Request: POST https://api.telegram.org/bot1:x/getMe")
    logging.getLogger("uvicorn.access").info("GET /sign-in?code=abc")
    logging.getLogger("elsewhere").warning("slow: %s", "hunter2-hunter2")
    assert [line["event"] for line in _lines(log)] == ["slow: ***"]
