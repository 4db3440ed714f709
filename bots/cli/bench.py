"""``kith bench``: figures beside a floor or a peer, on a database of its own."""

from argparse import ArgumentParser, Namespace

from bots.bench import (
    capture,
    command,
    dedupe,
    digest,
    faults,
    find,
    importing,
    jobs,
    mixed,
    sidebar,
    startup,
    when,
)
from bots.bench.figures import Bench, Figures

BENCHES: tuple[Bench, ...] = (
    capture.BENCH,
    command.BENCH,
    dedupe.BENCH,
    digest.BENCH,
    faults.BENCH,
    find.BENCH,
    importing.BENCH,
    jobs.BENCH,
    mixed.BENCH,
    sidebar.BENCH,
    startup.BENCH,
    when.BENCH,
)


def declare(_command: str, parser: ArgumentParser) -> None:
    """What to measure; each benchmark has options of its own."""
    benches = parser.add_subparsers(dest="name", metavar="NAME", required=True)
    for bench in BENCHES:
        about = f"{bench.about[0].upper()}{bench.about[1:]}."
        options = benches.add_parser(bench.name, help=bench.about, description=about)
        options.add_argument("--json", action="store_true", help="one line of JSON")
        bench.declare(options)


def run(options: Namespace) -> None:
    """Measures and prints; JSON as ``{"name", "n", "p50_ms", "p99_ms", "per_s", …}``."""
    bench = next(bench for bench in BENCHES if bench.name == options.name)
    figures = bench.run(options)
    print(figures.as_json() if options.json else _table(figures))  # noqa: T201 - its output


def _table(figures: Figures) -> str:
    names = {"n": figures.counted, "ratio": "ratio to the floor"}
    known = {names.get(name, name.replace("_", " ")): value for name, value in figures.known().items()}
    known.pop("name")
    width = max(len(name) for name in known)
    rows = (f"  {name.ljust(width)}  {value}" for name, value in known.items())
    return "\n".join((f"kith bench {figures.name}", *rows))
