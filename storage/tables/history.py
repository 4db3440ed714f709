"""What happened, and the receipts for it."""

from sqlalchemy import Column, Index, Table

from storage.tables.columns import Json, id_of, in_workspace, instant, key, metadata, refers, text

events = Table(
    "events",
    metadata,
    key("workspace_id"),
    key("id"),
    text("type"),
    text("record_kind"),
    id_of("record_id"),
    Column("related", Json, nullable=False),
    Column("changes", Json, nullable=False),
    id_of("actor_id", optional=True),
    instant("happened_at"),
    instant("recorded_at"),
    text("platform"),
    text("delivery"),
    id_of("receipt_id"),
    id_of("undoes", optional=True),
    in_workspace(),
    Index("events_record_ix", "workspace_id", "record_id", "id"),
    Index("events_receipt_ix", "workspace_id", "receipt_id", "id"),
)

_handed = events.c.type.in_(["customer.assigned", "task.assigned"])
Index(
    "events_handed_ix",
    events.c.workspace_id,
    events.c.recorded_at,
    sqlite_where=_handed,
    postgresql_where=_handed,
)

# A timeline is one range of this table, in the order in which things happened.
event_subjects = Table(
    "event_subjects",
    metadata,
    key("workspace_id"),
    key("kind"),
    key("subject_id"),
    Column("happened_at", events.c.happened_at.type, primary_key=True),
    key("event_id"),
    sqlite_with_rowid=False,
)

receipts = Table(
    "receipts",
    metadata,
    key("workspace_id"),
    key("id"),
    id_of("member_id"),
    text("verb"),
    text("digest"),
    instant("created_at"),
    instant("undone_at", optional=True),
    refers("member_id", "members"),
    Index("receipts_member_ix", "workspace_id", "member_id", "created_at", "id"),
)
