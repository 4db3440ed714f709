"""Processes that run: they come up, say where, and end in time."""

import json
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.request import urlopen

from tests.bots.processes import Machine


def _get(address: str) -> str:
    with urlopen(address, timeout=30) as answer:  # noqa: S310 - our own server
        return str(answer.read().decode())


def test_demo_fills_an_empty_database_and_serves_it(tmp_path: Path) -> None:
    """It says where it is and what to try, shows the sample, and ends in order within ten seconds when asked to."""
    machine = Machine(tmp_path, {})
    with machine.serving("demo") as (process, address):
        assert address.startswith("http://127.0.0.1:")
        assert _get(f"{address}/healthz") == "ok\n"
        assert _get(f"{address}/readyz") == "ready\n"
        assert "kith_" in _get(f"{address}/metrics")
        assert "Demo Lin" in _get(f"{address}/")
        asked = time.monotonic()
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=20) == 0
        assert time.monotonic() - asked < 10
        assert process.stdout is not None
        assert "visit Acme" in process.stdout.read()


def test_taken_port_is_named(tmp_path: Path) -> None:
    """Where somebody else listens Kith does not start, and says which port to try."""
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        failed = Machine(tmp_path, {}).kith("demo", "--port", str(port))
    assert failed.returncode == 1
    assert str(port) in failed.stderr
    assert f"--port {port + 1}" in failed.stderr
    assert not (tmp_path / "var").exists()


def test_server_ends_quietly(tmp_path: Path) -> None:
    """A server that is stopped from the keyboard leaves no trace and no complaint."""
    with Machine(tmp_path, {}).serving("serve", says_where="stderr") as (process, address):
        assert _get(f"{address}/healthz") == "ok\n"
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=20) == 0
        assert process.stderr is not None
        assert [json.loads(line)["event"] for line in process.stderr] == ["stopping", "stopped"]


def test_a_line_imports_what_it_needs(tmp_path: Path) -> None:
    """Answering one line takes neither a web framework, nor a platform's library, nor SQLAlchemy, nor a prompt."""
    heavy = (
        "fastapi",
        "pydantic",
        "sqlalchemy",
        "alembic",
        "slack_bolt",
        "telegram",
        "prompt_toolkit",
        "rich",
        "jinja2",
    )
    code = f"import sys, bots.logs, bots.cli.chat; print([name for name in {heavy} if name in sys.modules])"
    machine = Machine(tmp_path, {})
    done = subprocess.run(  # noqa: S603 - this Python
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env=machine.environment, cwd=tmp_path
    )
    assert done.stdout.strip() == "[]"
