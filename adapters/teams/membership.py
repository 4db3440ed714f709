"""Who somebody in Teams is to Kith, for what the adapter reads by itself."""

from collections.abc import Iterable

from adapters.teams.incoming import PLATFORM
from core.members.model import Identity
from core.work import Work


def languages_of(work: Work, tenant: str, users: Iterable[str]) -> dict[str, str]:
    """Which language members read, by user id."""
    found = {user: work.members.by_identity(Identity(PLATFORM, tenant, user)) for user in users}
    return {user: one.actor(platform=PLATFORM).language for user, one in found.items() if one}
