"""live - a card that was shared shows the present, and nothing once it is not to be seen any more."""

from dataclasses import replace

import msgspec

from cards.alerts import alert_withdrawn
from cards.reader import Reader
from commands.later.model import Desk, Later
from commands.notices import Terms
from commands.sharing import Shared, fingerprint, for_room, language_of, readers_of, shared_reply
from commands.watching import Standing
from core.conversations.model import Place
from core.events.model import Ref
from core.jobs.model import JobKind
from core.members.model import Membership
from core.posts.model import Post
from core.work import Work


def run(standing: Standing, desk: Desk) -> None:
    """Changes the card that stands there, if it says something else now."""
    post = desk.work.posts.by_key(standing.workspace_id, standing.key)
    sharer = _sharer(desk.work, post) if post else None
    if post is not None and sharer is not None:
        _refresh(post, sharer, desk)


def _sharer(work: Work, post: Post) -> Membership | None:
    """Who shared it, also where they work here no more."""
    member = work.members.by_id(post.workspace_id, post.reader_id) if post.reader_id else None
    workspace = work.members.workspace(post.workspace_id)
    return Membership(member, workspace) if member and workspace else None


def _refresh(post: Post, sharer: Membership, desk: Desk) -> None:
    if post.about_kind is None or post.about_id is None:
        return
    place, about = Place(post.platform, post.tenant, post.conversation), Ref(post.about_kind, post.about_id)
    actor = sharer.actor(platform=place.platform)
    shared = msgspec.json.decode(post.data, type=Shared)

    def reader_in(language: str) -> Reader:
        return desk.notifier.reader(desk.work, replace(actor, language=language))

    still_here = sharer.member.removed_at is None
    reply = shared_reply(desk.work, actor, reader_in, place, about, shared) if still_here else None
    if reply is None:
        people = readers_of(desk.work, actor, place, shared.people)
        reply = for_room(lambda language: alert_withdrawn(reader_in(language)), language_of(people, actor))
    shown = fingerprint(reply)
    if shown != shared.shown:
        data = msgspec.json.encode(msgspec.structs.replace(shared, shown=shown)).decode()
        desk.notifier.put(desk.work, place, sharer, reply, Terms(post=post.key, about=about, data=data))


LATER = Later(kind=JobKind.LIVE, payload=Standing, run=run)
