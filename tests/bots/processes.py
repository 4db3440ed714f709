"""``kith`` as a process of its own, as whoever types it would have it."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
_PATIENCE = 60  # seconds
_ADDRESS = re.compile(r"http://[\w.]+:(\d+)")


@dataclass(frozen=True)
class Machine:
    """A folder to be in, and the variables that are set there."""

    folder: Path
    variables: dict[str, str]

    @property
    def environment(self) -> dict[str, str]:
        inherited = {name: value for name, value in os.environ.items() if not name.startswith("KITH_")}
        return {**inherited, "PYTHONPATH": str(ROOT), **self.variables}

    def kith(self, *arguments: str, typed: str = "") -> subprocess.CompletedProcess[str]:
        """What a command printed, and its exit code."""
        return subprocess.run(  # noqa: S603 - the program under test
            [sys.executable, "-P", "-m", "bots", *arguments],
            input=typed,
            capture_output=True,
            text=True,
            check=False,
            cwd=self.folder,
            env=self.environment,
            timeout=_PATIENCE,
        )

    @contextmanager
    def serving(self, *arguments: str, says_where: str = "stdout") -> Iterator[tuple[subprocess.Popen[str], str]]:
        """A server and its address; it is killed at the end if it still runs."""
        process = subprocess.Popen(  # noqa: S603 - the program under test
            [sys.executable, "-P", "-m", "bots", *arguments, "--port", "0"],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            cwd=self.folder,
            env=self.environment,
        )
        try:
            lines = getattr(process, says_where)
            found = next(match for line in iter(lines.readline, "") if (match := _ADDRESS.search(line)))
            yield process, found[0]
        finally:
            process.kill()
            process.wait()
            for stream in (process.stdout, process.stderr):
                if stream is not None:
                    stream.close()
