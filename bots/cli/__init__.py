"""The command line: ``kith``."""


def main() -> None:
    """Runs the command that was typed, and ends the process with its exit code."""
    from bots.cli.commands import run  # noqa: PLC0415 - importing this package must cost nothing

    raise SystemExit(run())
