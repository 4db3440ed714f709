"""Every command of ``kith``: a word on each, and the module that is imported only when it is called.

The standard library's parser: the one made for comfort takes 0.3 s to import, as long as everything else that
``kith chat --once`` does.
"""

import os
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from importlib import import_module
from typing import Protocol, cast

from bots.cli.failing import guarded

# Name, module beside this one, and a line for the list.
COMMANDS = (
    ("demo", "demo", "open the sample workspace on this machine"),
    ("serve", "serving", "web, chats and jobs in one process"),
    ("worker", "serving", "jobs alone"),
    ("chat", "chat", "talk to Kith in the terminal"),
    ("find", "finding", "look customers up, one JSON object per line"),
    ("import", "importing", "customers, contacts, deals, activities and tasks from a sheet"),
    ("export", "exporting", "the same, written to a sheet"),
    ("when", "dates", "read dates and times, one JSON object per line"),
    ("capture", "capturing", "read one-line notes, one JSON object per line"),
    ("dedupe", "deduping", "rows of one or two sheets that mean the same"),
    ("sweep", "sweeping", "look for customers that mean the same, as every night"),
    ("workspace", "people", "create a workspace"),
    ("team", "people", "add a team"),
    ("member", "people", "add, list, promote and remove members"),
    ("link", "people", "a one-time code that ties a member's chat account"),
    ("sign-in", "people", "a one-time link that opens the workbench"),
    ("manifest", "manifest", "print what a platform wants to know about the app"),
    ("gallery", "gallery", "every card as every platform shows it"),
    ("jobs", "jobs", "what is to be done later, and what could not be done"),
    ("doctor", "doctor", "what is set, what is missing, what works"),
    ("db", "upkeep", "bring the database to this release's tables"),
    ("backup", "upkeep", "copy the database while it is in use"),
    ("bench", "bench", "measure it on this machine, beside a floor"),
)


class CommandModule(Protocol):
    """What a module of commands has: ``declare`` names the arguments of one, ``run`` carries it out."""

    def declare(self, command: str, parser: ArgumentParser) -> None:
        """Adds the command's arguments."""
        ...

    def run(self, options: Namespace) -> int | None:
        """Does it; the exit code, None for success. ``options.command`` tells which of the module's commands it is."""
        ...


def run(arguments: Sequence[str] | None = None) -> int:
    """Reads the command line and carries it out; returns the exit code."""
    os.umask(0o077)  # the database, the key, backups and histories are for whoever runs Kith alone
    given = sys.argv[1:] if arguments is None else list(arguments)
    named = next((name for name, _, _ in COMMANDS if given[:1] == [name]), None)
    parser = ArgumentParser(prog="kith", description="Kith: a CRM that lives in the chat a sales team already uses.")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    for name, module, about in COMMANDS:
        command = commands.add_parser(name, help=about, description=f"{about[0].upper()}{about[1:]}.")
        if name == named:
            _module(module).declare(name, command)
    options = parser.parse_args(given)
    module = next(module for name, module, _ in COMMANDS if name == options.command)
    return guarded(lambda: _module(module).run(options))


def _module(name: str) -> CommandModule:
    import_module("bots.logs")  # before anybody who logs: it keeps small what structlog imports
    return cast("CommandModule", import_module(f"bots.cli.{name}"))
