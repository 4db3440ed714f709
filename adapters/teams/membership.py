"""Who somebody in Teams is to Kith, for what the adapter reads by itself."""

from collections.abc import Iterable

from adapters.teams.incoming import PLATFORM
from cards.words import Words
from commands.model import Context, Incoming
from core.members.model import Identity
from core.work import Work


def context_of(work: Work, incoming: Incoming) -> Context | None:
    """The member's context, as commands have it; None for a stranger."""
    membership = work.members.by_identity(incoming.identity)
    if membership is None:
        return None
    actor = membership.actor(platform=incoming.platform, delivery=incoming.key)
    return Context(work=work, actor=actor, words=Words(actor.language, actor.zone), incoming=incoming)


def words_of(work: Work, incoming: Incoming) -> Words:
    """The member's words; of a stranger only the language of their Teams is known."""
    context = context_of(work, incoming)
    hinted = "zh_Hans" if incoming.language_hint.lower().startswith("zh") else "en"
    return context.words if context else Words(hinted)


def handles_of(work: Work, tenant: str, users: Iterable[str]) -> dict[str, str]:
    """What members are typed as, by user id."""
    found = {user: work.members.by_identity(Identity(PLATFORM, tenant, user)) for user in users}
    return {user: membership.member.handle for user, membership in found.items() if membership}


def languages_of(work: Work, tenant: str, users: Iterable[str]) -> dict[str, str]:
    """Which language members read, by user id."""
    found = {user: work.members.by_identity(Identity(PLATFORM, tenant, user)) for user in users}
    return {user: one.actor(platform=PLATFORM).language for user, one in found.items() if one}
