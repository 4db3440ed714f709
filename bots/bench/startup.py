"""``kith bench startup``: what ``kith chat --once`` costs over a Python that does nothing."""

import os
import subprocess
import sys
import tempfile
import time
from argparse import ArgumentParser, Namespace
from pathlib import Path
from statistics import median

from bots.bench.figures import Bench, Figures, percentile

_ROUNDS = 15


def _timed(arguments: list[str], environment: dict[str, str]) -> float:
    started = time.perf_counter()
    subprocess.run([sys.executable, *arguments], check=True, env=environment, capture_output=True)  # noqa: S603 - our own module
    return time.perf_counter() - started


def _declare(parser: ArgumentParser) -> None:
    parser.add_argument("--rounds", type=int, default=_ROUNDS, help=f"processes of each kind to start ({_ROUNDS})")


def _run(options: Namespace) -> Figures:
    """Whole processes in turns: a list in the console, and ``python -c pass``."""
    with tempfile.TemporaryDirectory(prefix="kith-bench-") as folder:
        return _measure(f"sqlite:///{Path(folder) / 'bench.db'}", options.rounds)


def _measure(database_url: str, rounds: int) -> Figures:
    environment = {**os.environ, "KITH_DATABASE_URL": database_url}
    chat = ["-m", "bots", "chat", "--once", "tasks"]
    subprocess.run(
        [sys.executable, "-m", "bots", "demo", "--seed-only"], check=True, env=environment, capture_output=True
    )
    _timed(chat, environment)
    taken, floor = [], []
    for _ in range(rounds):
        floor.append(_timed(["-c", "pass"], environment))
        taken.append(_timed(chat, environment))
    return Figures(
        name="startup",
        counted="starts",
        n=rounds,
        p50_ms=percentile(taken, 0.5),
        p99_ms=percentile(taken, 0.99),
        per_s=round(1 / median(taken), 2),
        floor_p50_ms=percentile(floor, 0.5),
        ratio=round(median(taken) / median(floor), 2),
        more={"over_floor_ms": round((median(taken) - median(floor)) * 1000, 1)},
    )


BENCH = Bench("startup", "what `kith chat --once` costs over a Python that does nothing", _declare, _run)
