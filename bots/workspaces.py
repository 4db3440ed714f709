"""Which workspace the command line works in, and the one that is made where there is none."""

from bots.errors import OperatorError
from bots.settings import Settings
from core.actor import Actor, Role
from core.members.model import Workspace
from core.members.service import add_member, create_workspace
from core.work import Database, Work

DEFAULT = "default"
ADMIN = "admin"


def find_workspace(work: Work) -> Workspace | None:
    """The only workspace; None when there is none. Raises OperatorError when there are several."""
    found = work.members.first_workspaces()
    if len(found) > 1:
        raise OperatorError("this database holds several workspaces; the command line works where there is one")
    return found[0] if found else None


def make_workspace(work: Work, name: str, *, language: str, zone: str, admin: str = ADMIN) -> Workspace:
    """A workspace with one member, its administrator."""
    workspace = create_workspace(work, name, language=language, zone=zone)
    add_member(work, workspace.id, handle=admin, name=admin.capitalize(), role=Role.ADMIN)
    return workspace


async def settled_workspace(database: Database, settings: Settings) -> Workspace:
    """The workspace; one named ``default`` is made where there is none."""

    def settle(work: Work) -> Workspace:
        found = find_workspace(work)
        made = {"language": settings.locale, "zone": settings.timezone}
        return make_workspace(work, DEFAULT, **made) if found is None else found

    found: Workspace | None = await database.read(find_workspace)
    return await database.write(settle) if found is None else found


def administrator(work: Work, workspace: Workspace, *, platform: str) -> Actor:
    """The workspace's first administrator in the act of doing something: what machines do is done as theirs."""
    members = work.members.list_all(workspace.id)
    first = min(members, key=lambda member: (member.role is not Role.ADMIN, member.id))
    membership = work.members.membership(workspace.id, first.id)
    if membership is None:
        raise LookupError("the workspace has no members")
    return membership.actor(platform=platform)
