"""A PostgreSQL for the tests: the one at KITH_TEST_POSTGRES_URL, or one started from installed server binaries.

Without either, the tests that need one are skipped, or fail where KITH_REQUIRE_POSTGRES is 1.
"""

import asyncio
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NoReturn

import asyncpg
import pytest

_START_SECONDS = 30
# A database for tests may lose everything in a power cut, and is several times faster for it.
_CAREFREE = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "max_wal_size": "256MB"}


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """The address of a server's maintenance database; one server for each process of pytest."""
    given = os.environ.get("KITH_TEST_POSTGRES_URL", "")
    if given:
        yield given
        return
    binaries = _find_binaries()
    if binaries is None:
        _do_without("no PostgreSQL: set KITH_TEST_POSTGRES_URL or install the server")
    with _started(binaries) as address:
        yield address


@pytest.fixture(scope="session")
def postgres_url(postgres_server: str, worker_id: str) -> Iterator[str]:
    """The address of an empty database of this process's own, dropped at the end."""
    name = f"kith_test_{worker_id}_{os.getpid()}"
    base, _, query = postgres_server.partition("?")
    asyncio.run(_execute(postgres_server, f'CREATE DATABASE "{name}"'))
    yield f"{base.rpartition('/')[0]}/{name}" + (f"?{query}" if query else "")
    asyncio.run(_execute(postgres_server, f'DROP DATABASE "{name}" WITH (FORCE)'))


async def _execute(address: str, statement: str) -> None:
    connection = await asyncpg.connect(address)
    try:
        await connection.execute(statement)
    finally:
        await connection.close()


def _do_without(reason: str) -> NoReturn:
    if os.environ.get("KITH_REQUIRE_POSTGRES") == "1":
        pytest.fail(reason)
    pytest.skip(reason)


def _find_binaries() -> Path | None:
    """The newest installed server's folder of programs."""
    folders = [Path(folder) for folder in os.environ.get("PATH", "").split(os.pathsep)]
    folders += sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: float(path.parent.name), reverse=True)
    if (pg_config := shutil.which("pg_config")) is not None:
        asked = subprocess.run([pg_config, "--bindir"], capture_output=True, text=True, check=True)  # noqa: S603
        folders.append(Path(asked.stdout.strip()))
    return next((each for each in folders if (each / "initdb").exists() and (each / "postgres").exists()), None)


@contextmanager
def _started(binaries: Path) -> Iterator[str]:
    with tempfile.TemporaryDirectory(prefix="kith-pg-") as folder, Path(folder, "log").open("w+") as log:
        data = Path(folder, "data")
        data.mkdir(mode=0o700)
        how: dict[str, Any] = {**_account([Path(folder), data]), "cwd": folder, "stdout": log, "stderr": log}
        made = [binaries / "initdb", "-D", data, "-U", "kith", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"]
        subprocess.run(made, check=True, **how)  # noqa: S603 - an installed program, our own words
        settings = {**_CAREFREE, "listen_addresses": "", "unix_socket_directories": folder, "max_connections": "200"}
        options = [f"--{name}={value}" for name, value in settings.items()]
        command = [*_ending_with_us(), binaries / "postgres", "-D", data, *options]
        server = subprocess.Popen(command, **how)  # noqa: S603 - an installed program, our own words
        try:
            address = f"postgresql://kith@/postgres?host={folder}"
            _await_start(server, address, Path(folder, "log"))
            yield address
        finally:
            server.send_signal(signal.SIGINT)  # ends sessions that are still open, which SIGTERM would wait for
            server.wait()


def _account(folders: list[Path]) -> dict[str, Any]:
    """Whom the server runs as, which must not be root, and whose the folders therefore are."""
    if os.geteuid() != 0:
        return {}
    known = {entry.pw_name: entry for entry in pwd.getpwall()}
    user = known.get("postgres") or known["nobody"]
    for folder in folders:
        os.chown(folder, user.pw_uid, user.pw_gid)
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}


def _ending_with_us() -> list[str]:
    """A killed test run leaves no server behind, where the system can see to that."""
    setpriv = shutil.which("setpriv")
    return [setpriv, "--pdeathsig", "INT"] if setpriv else []


def _await_start(server: subprocess.Popen[bytes], address: str, log: Path) -> None:
    deadline = time.monotonic() + _START_SECONDS
    while time.monotonic() < deadline and server.poll() is None:
        try:
            asyncio.run(_execute(address, "SELECT 1"))
        except (OSError, asyncpg.PostgresError):
            time.sleep(0.05)
        else:
            return
    pytest.fail(f"PostgreSQL did not start: {log.read_text()[-2000:]}")
