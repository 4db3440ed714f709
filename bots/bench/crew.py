"""The processes that ``kith bench faults`` makes trouble for: started, killed, starved of disk, told a wrong time."""

import asyncio
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

# A file of more bytes cannot be written to: not an empty one, so that SQLite can still open what is there.
_DISK_FULL = 4096
# Who starts while the disk is full says so and ends, soon after; a process manager starts it again.
_ENDS_WITHIN = 3.0  # seconds


@dataclass
class Crew:
    """The processes under trial, by what they are; ``killed_at`` are moments of ``time.monotonic``.

    ``skew`` is a file in which stands how many seconds their clocks are wrong.
    """

    environment: dict[str, str]
    port: int
    skew: Path
    processes: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)
    killed_at: list[float] = field(default_factory=list)
    jumps: int = 0
    disks_filled: int = 0
    full_until: float = 0.0

    def start(self, name: str) -> None:
        """Starts a server, or a worker."""
        arguments = ["serve", "--no-worker", "--port", str(self.port)] if name == "server" else ["worker"]
        self.processes[name] = subprocess.Popen(  # noqa: S603 - our own module
            [sys.executable, "-m", "bots.bench.skewed", str(self.skew), *arguments],
            env=self.environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    async def kill(self, name: str) -> None:
        """Kills one in the middle of whatever it does, and starts it again. Raises RuntimeError as below."""
        self.expect_alive()
        self.killed_at.append(time.monotonic())
        self.processes[name].kill()
        await asyncio.to_thread(self.processes[name].wait)
        self.start(name)

    def set_clocks(self, seconds: float) -> None:
        """All clocks jump, forward or back, to so many seconds beside the right time."""
        new = self.skew.with_suffix(".new")
        new.write_text(f"{seconds:.3f}")
        new.replace(self.skew)
        self.jumps += 1

    @contextmanager
    def full_disk(self) -> Iterator[None]:
        """No process can write to a file meanwhile. Linux alone can do that to others; elsewhere nothing happens."""
        self._limit_files(_DISK_FULL)
        self.disks_filled += hasattr(resource, "prlimit")
        try:
            yield
        finally:
            self._limit_files(resource.RLIM_INFINITY)
            self.full_until = time.monotonic()

    def _limit_files(self, size: int) -> None:
        if hasattr(resource, "prlimit"):
            for process in self.processes.values():
                with suppress(ProcessLookupError):
                    resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))

    def expect_alive(self) -> None:
        """Raises RuntimeError when one of them has ended without having been killed, or found the disk full."""
        ended = [name for name, process in self.processes.items() if process.poll() is not None]
        if ended and time.monotonic() > self.full_until + _ENDS_WITHIN:
            raise RuntimeError(f"ended by itself: {', '.join(ended)}")
        for name in ended:
            self.start(name)

    async def stop(self) -> float:
        """Ends them in order; the seconds that the slowest took."""
        started = time.monotonic()
        for process in self.processes.values():
            process.terminate()
        for process in self.processes.values():
            await asyncio.to_thread(process.wait)
        return time.monotonic() - started
