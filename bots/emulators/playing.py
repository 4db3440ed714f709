"""``kith demo --platform NAME``: the sample workspace, and a stand-in of the platform to use it on."""

import socket
import sys

from adapters.web.metrics import Metrics
from bots import serve
from bots.clock import SystemClock
from bots.emulators.model import Emulator, Person
from bots.emulators.registry import EMULATORS
from bots.emulators.site import Site
from bots.errors import OperatorError
from bots.gallery.registry import DRAWINGS
from bots.settings import Settings
from core.ids import WorkspaceId
from core.work import Work
from storage.database import open_database

_HOST = "127.0.0.1"
_STRANGER = Person("stranger", "A stranger", "en", member=False)
_MOST = 6  # members who can be typed as


async def play(name: str, settings: Settings, listening: socket.socket) -> None:
    """Serves until it is stopped. Raises OperatorError for a platform that there is no stand-in of."""
    if name not in EMULATORS:
        raise OperatorError(f"there is no stand-in of {name}; there are {', '.join(EMULATORS)}")
    kith = serve.address_of(listening)
    spare = serve.listen(_HOST, 0)
    port = int(spare.getsockname()[1])
    spare.close()
    far = f"http://{_HOST}:{port}"
    database = open_database(settings.database_url, SystemClock())
    try:
        people = await database.read(_people)
        emulator = EMULATORS[name](kith, (*people, _STRANGER))
        await database.write(lambda work: _tie(work, emulator, people))
    finally:
        await database.close()
    title = next(drawing.title for drawing in DRAWINGS if drawing.name == name)
    site = Site(title, emulator, (*people, _STRANGER))
    await site.start(_HOST, port)
    emulated = settings.with_only(**{"public_url": "", **emulator.settings(far)})
    process = serve.make_server(emulated, Metrics(), address=kith, demo=True, emulated=True)
    try:
        await serve.serve(process, listening, lambda: _welcome(title, far, kith))
    finally:
        await site.stop()


def _people(work: Work) -> list[Person]:
    members = work.members.list_all(_workspace(work))[:_MOST]
    return [Person(member.handle, member.name, member.language or "en") for member in members]


def _workspace(work: Work) -> WorkspaceId:
    workspace = work.members.only_workspace()
    if workspace is None:
        raise OperatorError("the demo needs a database with one workspace; point KITH_DATABASE_URL at an empty one")
    return workspace


def _tie(work: Work, emulator: Emulator, people: list[Person]) -> None:
    """Each member is known on the stand-in; the stranger is not."""
    for person in people:
        member, identity = work.members.by_handle(_workspace(work), person.handle), emulator.identity(person)
        if member is not None and work.members.by_identity(identity) is None:
            work.members.tie(identity, member, work.now)


def _welcome(title: str, far: str, kith: str) -> None:
    sys.stdout.write(
        f"\nA stand-in of {title} is open at {far}/ with the sample workspace; Ctrl-C closes it.\n"
        f"Type there as one of its members, alone with Kith or in a room of everybody.\n"
        f"The same workspace in the workbench: {kith}/\n\n"
    )
    sys.stdout.flush()
