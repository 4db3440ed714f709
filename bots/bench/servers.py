"""Servers under measurement, each in a process of its own: Kith itself, and the floor."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import IO

HOST = "127.0.0.1"
SIGNING_SECRET = "bench-signing-secret"  # noqa: S105 - signs requests to servers of this benchmark only
_PATIENCE = 60.0  # seconds for a server to come up


def free_port() -> int:
    """A port nobody listens on just now."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


@contextmanager
def running(
    kind: str, database_url: str, *, settings: Mapping[str, str] | None = None, log: IO[bytes] | None = None
) -> Iterator[int]:
    """A server of ``kind`` on its own port, stopped at the end. Raises TimeoutError when it does not come up.

    ``settings`` are further variables of its environment; what it logs goes to ``log``, or nowhere.
    """
    port = free_port()
    environment = {
        **os.environ,
        "KITH_DATABASE_URL": database_url,
        "KITH_SECRET_KEY": "bench-secret-key-of-no-importance",
        "KITH_SLACK_SIGNING_SECRET": SIGNING_SECRET,
        "KITH_SLACK_BOT_TOKEN": "xoxb-bench",
        "KITH_SLACK_API_URL": f"http://{HOST}:1/api/",
        "KITH_LOG_LEVEL": "info",
        **(settings or {}),
    }
    with subprocess.Popen(  # noqa: S603 - our own module
        _command(kind, port), env=environment, stdout=subprocess.DEVNULL, stderr=log or subprocess.DEVNULL
    ) as server:
        try:
            _wait_until_open(port)
            yield port
        finally:
            server.terminate()


def _wait_until_open(port: int) -> None:
    deadline = time.monotonic() + _PATIENCE
    while time.monotonic() < deadline:
        try:
            socket.create_connection((HOST, port), timeout=1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise TimeoutError("the server under measurement did not come up")


def _command(kind: str, port: int) -> list[str]:
    """Kith as it is installed, or the floor as this module serves it."""
    if kind == "kith":
        return [sys.executable, "-m", "bots", "serve", "--port", str(port)]
    return [sys.executable, "-m", "bots.bench.servers", str(port)]


def _serve_floor(port: int) -> None:
    import uvicorn  # noqa: PLC0415 - only the child process serves

    from bots.bench.floor import make_app  # noqa: PLC0415 - see above

    app = make_app(os.environ["KITH_DATABASE_URL"], SIGNING_SECRET)
    uvicorn.run(app, host=HOST, port=port, log_level="warning", access_log=False, loop="uvloop")


if __name__ == "__main__":
    _serve_floor(int(sys.argv[1]))
