"""In which language somebody in DingTalk is spoken to, for what the adapter says by itself."""

from cards.words import Words
from commands.model import Incoming
from core.work import Work


def words_of(work: Work, incoming: Incoming) -> Words:
    """The member's words, or those of the language that a stranger seems to write."""
    membership = work.members.by_identity(incoming.identity)
    if membership is None:
        return Words("en" if incoming.language_hint == "en" else "zh_Hans")
    actor = membership.actor(platform=incoming.platform)
    return Words(actor.language, actor.zone)
