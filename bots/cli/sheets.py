"""What ``kith import`` and ``kith export`` have in common: who acts, in which words, and how a file fails."""

from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager

from bots.errors import OperatorError
from bots.settings import Settings, environment, variable
from bots.workspaces import administrator, settled_workspace
from cards.errors import explain
from cards.words import Words
from core.actor import Actor
from core.errors import CrmError
from core.members.service import find_member
from core.sheets import SheetKind
from core.work import Database, Work


class UnusableError(OperatorError):
    """A file, a mapping or a member that nothing can be done with."""

    exit_code = 2


def declare_kind_and_file(parser: ArgumentParser, about_file: str) -> None:
    """``KIND FILE`` and ``--as MEMBER``."""
    kinds = [kind.value for kind in SheetKind]  # what argparse names a choice by is its repr
    parser.add_argument("kind", metavar="KIND", choices=kinds, help=", ".join(kinds))
    parser.add_argument("file", metavar="FILE", help=about_file)
    parser.add_argument(
        "--as", dest="member", metavar="MEMBER", default="", help="who does it (default: the first administrator)"
    )


async def acting(database: Database, settings: Settings, member: str) -> Actor:
    """The member who is named, else the first administrator; on an empty database one is made, in a workspace."""
    workspace = await settled_workspace(database, settings)

    def find(work: Work) -> Actor:
        actor = administrator(work, workspace, platform="cli")
        if not member:
            return actor
        found = work.members.membership(workspace.id, find_member(work, actor, member).id)
        return found.actor(platform="cli") if found else actor

    return await database.read(find)


def words_for(actor: Actor, settings: Settings) -> Words:
    """In the language that is set for this machine, else in the member's."""
    language = settings.locale if variable("locale") in environment() else actor.language
    return Words(language, actor.zone)


@contextmanager
def failing_in(words: Words) -> Iterator[None]:
    """What is wrong with a file or with who asks, said in these words, and told from rows that were rejected."""
    try:
        yield
    except CrmError as failure:
        raise UnusableError(explain(failure, words)) from failure
