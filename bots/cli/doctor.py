"""``kith doctor``: what is set, what is missing and what that switches off, and what works."""

import json
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from dataclasses import asdict

from bots.beside import page_beside
from bots.doctor import health, platforms_reached, platforms_set_up, settings_found, unusable
from bots.errors import BadSettingError
from bots.platforms.model import Finding
from bots.settings import environment, load_settings

_COLOURS = {"ok": "", "off": "dim", "warning": "yellow", "bad": "bold red"}


def declare(_command: str, parser: ArgumentParser) -> None:
    """``--json``, ``--online``."""
    parser.add_argument("--json", action="store_true", help="one JSON object per line")
    parser.add_argument("--online", action="store_true", help="try to reach the platforms too")


def run(options: Namespace) -> int:
    """Prints the report; 1 when something would keep Kith from working."""
    given = environment()
    try:
        settings = load_settings(given)
    except BadSettingError as failure:
        findings = {"Settings": [unusable(failure)]}
    else:
        findings = {"Settings": list(settings_found(settings, given)), "Health": list(health(settings))}
        findings["Sidebar"] = list(page_beside(settings))
        if platforms := list(platforms_set_up(settings)) + list(platforms_reached(settings) if options.online else ()):
            findings["Platforms"] = platforms
    if options.json:
        _print_lines(findings)
    else:
        _print_tables(findings)
    return int(any(finding.state == "bad" for part in findings.values() for finding in part))


def _print_lines(findings: dict[str, list[Finding]]) -> None:
    for part, lines in findings.items():
        for finding in lines:
            sys.stdout.write(json.dumps({"part": part.casefold(), **asdict(finding)}, ensure_ascii=False) + "\n")


def _print_tables(findings: dict[str, list[Finding]]) -> None:
    from rich.console import Console  # noqa: PLC0415 - machines read lines
    from rich.table import Table  # noqa: PLC0415 - see above
    from rich.text import Text  # noqa: PLC0415 - see above

    console = Console()
    for part, lines in findings.items():
        table = Table(title=part, title_justify="left", box=None, pad_edge=False, show_header=False)
        for wraps in (False, False, True, True):
            table.add_column(no_wrap=not wraps, overflow="fold")
        for finding in lines:
            table.add_row(*map(Text, _cells(finding)), style=_COLOURS[finding.state])
        console.print(table, "")


def _cells(finding: Finding) -> Sequence[str]:
    return finding.state, finding.name, finding.value, finding.about
