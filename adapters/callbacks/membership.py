"""Who somebody on a platform is to Kith, for what an adapter reads by itself."""

from collections.abc import Iterable

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


def hinted(incoming: Incoming) -> Words:
    """The words of somebody of whom only the language of their app is known."""
    return Words("zh_Hans" if incoming.language_hint.lower().startswith("zh") else "en")


def words_of(work: Work, incoming: Incoming) -> Words:
    """The member's words, or a stranger's."""
    context = context_of(work, incoming)
    return context.words if context else hinted(incoming)


def handles_of(work: Work, platform: str, tenant: str, users: Iterable[str]) -> dict[str, str]:
    """What members are typed as, by the platform's user id; strangers are left out."""
    found = {user: work.members.by_identity(Identity(platform, tenant, user)) for user in users}
    return {user: membership.member.handle for user, membership in found.items() if membership}
