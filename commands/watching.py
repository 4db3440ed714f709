"""What happened is looked at once, in the commit that keeps it: whether anybody follows it, and which cards show it."""

from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec

from commands.model import Live, Struct
from core.alerts.matching import is_news
from core.contacts.acquaintance import TAGS_TOPIC
from core.conversations.model import Place
from core.events.model import Event, EventType, Kind
from core.ids import ReceiptId, WorkspaceId
from core.jobs.model import Job, JobKind, Urgency
from core.posts.model import Post
from core.work import Work

# A card is changed once in so long; the change waits until what was written meanwhile is sure to be there.
BETWEEN_EDITS = timedelta(seconds=5)
_SURE_TO_BE_THERE = timedelta(seconds=1)
_EPOCH = datetime(2020, 1, 1, tzinfo=UTC)


class Happened(Struct, frozen=True, kw_only=True):
    """What one command did."""

    workspace_id: WorkspaceId
    receipt_id: ReceiptId


class Standing(Struct, frozen=True, kw_only=True):
    """A card that stands somewhere, by its post's key."""

    workspace_id: WorkspaceId
    key: str


def watch(work: Work) -> None:
    """Keeps a job for whatever this unit of work did that somebody follows, and one for each card that shows it."""
    events = work.events.recorded
    for workspace_id in {event.workspace_id for event in events}:
        own = [event for event in events if event.workspace_id == workspace_id]
        _tell_followers(work, workspace_id, own)
        _refresh_cards(work, workspace_id, own)
        _tell_of_tags(work, workspace_id, own)


def _tell_of_tags(work: Work, workspace_id: WorkspaceId, events: list[Event]) -> None:
    """A platform may keep tags of its own."""
    changed = (event for event in events if event.record.kind is Kind.CUSTOMER)
    for customer_id in dict.fromkeys(
        event.record.id for event in changed if any(change.field == "tags" for change in event.changes)
    ):
        work.signal(TAGS_TOPIC, f"{workspace_id}:{customer_id}")


def _tell_followers(work: Work, workspace_id: WorkspaceId, events: list[Event]) -> None:
    news = [event for event in events if is_news(event)]
    if not news or not work.follows.anybody(workspace_id):
        return
    # What happens around one customer is told in its order.
    customers = [ref.id for event in news for ref in event.subjects if ref.kind is Kind.CUSTOMER]
    if customers:
        add_job(
            work,
            JobKind.ALERT,
            Happened(workspace_id=workspace_id, receipt_id=work.receipt_id),
            lane=f"alerts:{workspace_id}:{customers[0]}",
            once=f"alert:{work.receipt_id}",
        )


def _refresh_cards(work: Work, workspace_id: WorkspaceId, events: list[Event]) -> None:
    if any(event.type is EventType.MEMBER_CHANGED for event in events):
        keys = work.posts.all_live(workspace_id)  # somebody's rights may have changed
    else:
        keys = work.posts.live(workspace_id, [ref.id for event in events for ref in event.subjects])
    number = (work.now - _EPOCH) // BETWEEN_EDITS + 1
    for key in keys:
        add_job(
            work,
            JobKind.LIVE,
            Standing(workspace_id=workspace_id, key=key),
            once=f"{key}:{number}",
            at=_EPOCH + number * BETWEEN_EDITS + _SURE_TO_BE_THERE,
        )


def keep_live(work: Work, place: Place, live: Live, key: str, ref: str) -> None:
    """Remembers a card that was put into a conversation, and looks once whether it was overtaken on its way."""
    post = Post(
        workspace_id=live.workspace_id,
        key=key,
        platform=place.platform,
        tenant=place.tenant,
        conversation=place.conversation,
        ref=ref,
        about_kind=live.kind,
        about_id=live.id,
        reader_id=live.reader_id,
        data=live.data,
        posted_at=work.now,
        updated_at=work.now,
    )
    work.posts.put(post)
    add_job(work, JobKind.LIVE, Standing(workspace_id=live.workspace_id, key=key), once=f"{key}:0")


def add_job(work: Work, kind: JobKind, payload: Any, *, once: str, lane: str = "", at: datetime | None = None) -> None:
    """Keeps a job of ours, unless there was one of its name."""
    job = Job(
        id=work.new_id(),
        kind=kind,
        lane=lane,
        payload=msgspec.json.encode(payload).decode(),
        once=once,
        urgency=Urgency.NOTICE,
        run_at=at or work.now,
        created_at=work.now,
    )
    work.jobs.add(job)
