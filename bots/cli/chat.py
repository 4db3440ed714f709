"""``kith chat``: Kith in the terminal."""

import asyncio
import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path

from adapters.console.adapter import ConsoleAdapter
from adapters.console.config import ConsoleConfig
from adapters.console.conversation import Conversation
from adapters.console.terminal import Pipe, Terminal
from bots.cli.preparing import prepared
from bots.compose import build_road, opened
from bots.keys import sqlite_path
from bots.settings import Settings
from bots.workspaces import settled_workspace


def declare(_command: str, parser: ArgumentParser) -> None:
    """``--as MEMBER``, ``--once TEXT``, ``--json``."""
    parser.add_argument("--as", dest="member", metavar="MEMBER", default="", help="whose keyboard it is")
    parser.add_argument("--once", metavar="TEXT", help="answer this one line and end")
    parser.add_argument("--json", action="store_true", help="answer with one JSON object per line")


def run(options: Namespace) -> int:
    """Answers one line, and returns 1 when it could not be done; or talks until the lines end."""
    return asyncio.run(_chat(prepared(), options))


async def _chat(settings: Settings, options: Namespace) -> int:
    config = ConsoleConfig(member=options.member, history=_history(settings))
    async with opened(settings) as database:
        console = ConsoleAdapter(config, database)
        build_road(settings, database, [console])
        workspace = await settled_workspace(database, settings)
        await console.sit_down(workspace.id)
        if options.once is None:
            await Conversation(console, _terminal(config), json=options.json).run()
            return 0
        return 0 if await Conversation(console, Pipe(), json=options.json).take(options.once) else 1


def _terminal(config: ConsoleConfig) -> Terminal:
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        return Pipe()
    from adapters.console.keyboard import Keyboard  # noqa: PLC0415 - a fifth of a second that a pipe can do without

    return Keyboard(config.history)


def _history(settings: Settings) -> Path:
    """Beside the database where that is a file."""
    return (sqlite_path(settings) or Path("var/kith.db")).with_name("chat_history")
