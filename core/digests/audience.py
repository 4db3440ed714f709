"""Who reads a digest: in a conversation it says no more than the least entitled there may see."""

from collections.abc import Iterable

from core.actor import Actor, Role, Scope
from core.digests.model import Digest
from core.members.model import Identity
from core.work import Work


def scope_in_place(work: Work, digest: Digest, people: Iterable[str] | None) -> Scope | None:
    """What everybody in the conversation may see; None where somebody is there whom Kith does not know.

    ``people`` are the platform's ids of its readers, nobody where the platform does not tell.
    """
    actors = [_actor(work, digest, user) for user in people or ()]
    known = [actor for actor in actors if actor is not None]
    if not actors or len(known) < len(actors):
        return None
    if all(actor.at_least(Role.MANAGER) for actor in known):
        return Scope(digest.workspace_id, everything=True)
    teams = {actor.team_id for actor in known if not actor.at_least(Role.MANAGER)}
    return Scope(digest.workspace_id, team_id=teams.pop() if len(teams) == 1 else None)


def _actor(work: Work, digest: Digest, user: str) -> Actor | None:
    if digest.place is None:
        return None
    found = work.members.by_identity(Identity(digest.place.platform, digest.place.tenant, user))
    if found is None or found.workspace.id != digest.workspace_id:
        return None
    return found.actor(platform=digest.place.platform)
