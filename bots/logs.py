"""Logs: structlog to standard error, JSON unless a person reads along, libraries quietened, secrets masked."""

import logging
import re
import sys
import traceback
from collections.abc import Iterable
from typing import Any

# structlog looks for these to serve what Kith does not do, such as coloured traces: half of what importing it takes.
_UNUSED = [name for name in ("rich", "greenlet", "structlog.twisted") if name not in sys.modules]
sys.modules.update(dict.fromkeys(_UNUSED))  # type: ignore[arg-type]  # None is how Python is told that one is not there
import structlog  # noqa: E402 - see above

for _name in _UNUSED:
    del sys.modules[_name]

_MASK = "***"
# Slack's tokens, Telegram's (also inside a URL), bearer and query-string credentials, passwords in addresses.
_SECRETS = re.compile(
    r"xox[a-z]-[\w-]{8,}|xapp-[\w-]{8,}|(?<!\d)\d{6,12}:[\w-]{30,}|(?<=Bearer )\S+"
    r"|(?<=[?&]code=)[^&\s\"']+|(?<=[?&]token=)[^&\s\"']+|(?<=://)[^/\s:@]+:[^/\s@]+(?=@)"
    r"|(?<=access_token=)[^&\s\"']+|(?<=corpsecret=)[^&\s\"']+"
)
_SHORTEST_SECRET = 8  # letters; most of what is logged is a word
# What a log must not hold whatever its value: secrets, and what members and customers said or are called.
_FORBIDDEN = frozenset(
    {"token", "secret", "password", "authorization", "cookie", "text", "note", "body", "payload", "phone", "email"}
)
# Libraries that log request lines or payloads: an address may hold a bot's token, a payload what people wrote.
_QUIET = ("httpx", "httpcore", "telegram", "slack_bolt", "slack_sdk", "aiohttp", "uvicorn", "asyncio", "alembic")


class Redaction:
    """Masks what looks like a secret, and the secrets that are known."""

    def __init__(self, secrets: Iterable[str] = ()) -> None:
        self._known = sorted(filter(None, secrets), key=len, reverse=True)

    def __call__(self, _logger: object, _method: str, event: structlog.typing.EventDict) -> structlog.typing.EventDict:
        """The event with every forbidden or secret value masked."""
        return {key: _MASK if key in _FORBIDDEN else self._clean(value) for key, value in event.items()}

    def _clean(self, value: Any) -> Any:
        if isinstance(value, str):
            if len(value) < _SHORTEST_SECRET:
                return value
            for secret in self._known:
                value = value.replace(secret, _MASK)
            return _SECRETS.sub(_MASK, value)
        if isinstance(value, dict):
            return {key: _MASK if key in _FORBIDDEN else self._clean(item) for key, item in value.items()}
        if isinstance(value, list | tuple):
            return [self._clean(item) for item in value]
        return value


def configure_logs(
    level: str, *, secrets: Iterable[str] = (), watch: Iterable[structlog.typing.Processor] = ()
) -> None:
    """Sends our events and the libraries' warnings to standard error, one line each; ``watch`` sees ours first."""
    number = logging.getLevelNamesMapping()[level.upper()]
    before: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        _trace,
    ]
    redaction = Redaction(secrets)
    after: list[structlog.typing.Processor] = [redaction, _renderer()]
    structlog.configure(
        processors=[*before, *watch, *after],
        wrapper_class=structlog.make_filtering_bound_logger(number),
        logger_factory=structlog.WriteLoggerFactory(sys.stderr),
        cache_logger_on_first_use=True,
    )
    _route_libraries(number, before, after)


def _trace(_logger: object, _method: str, event: structlog.typing.EventDict) -> structlog.typing.EventDict:
    """Where it broke and what kind of fault it was; its words are left out, for they may quote what a member typed."""
    raised = event.pop("exc_info", None)
    raised = sys.exc_info() if raised is True else raised
    fault = raised[1] if isinstance(raised, tuple) else raised
    if isinstance(fault, BaseException):
        event["exception"] = "".join(traceback.format_tb(fault.__traceback__)) + type(fault).__name__
    return event


def _renderer() -> structlog.typing.Processor:
    if not sys.stderr.isatty():
        return structlog.processors.JSONRenderer(ensure_ascii=False)
    return structlog.dev.ConsoleRenderer()


def _route_libraries(
    level: int, before: list[structlog.typing.Processor], after: list[structlog.typing.Processor]
) -> None:
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=before, processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *after]
        )
    )
    logging.basicConfig(handlers=[handler], level=level, force=True)
    for name in _QUIET:
        logging.getLogger(name).setLevel(max(level, logging.WARNING))
