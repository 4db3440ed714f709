"""Kith's own chat: rooms, who is in them, and what was said."""

from sqlalchemy import Column, Index, Table

from storage.tables.columns import Json, id_of, in_workspace, instant, key, metadata, refers, text

rooms = Table(
    "rooms",
    metadata,
    key("workspace_id"),
    key("id"),
    text("title"),
    text("kind"),
    instant("created_at"),
    in_workspace(),
)

room_members = Table(
    "room_members",
    metadata,
    key("workspace_id"),
    key("room_id"),
    key("member_id"),
    refers("room_id", "rooms"),
    refers("member_id", "members"),
    Index("room_members_member_ix", "workspace_id", "member_id"),
    sqlite_with_rowid=False,
)

# Without an author a message is Kith's own; with an audience only that member sees it.
messages = Table(
    "messages",
    metadata,
    key("workspace_id"),
    key("id"),
    id_of("room_id"),
    id_of("author_id", optional=True),
    id_of("audience_id", optional=True),
    Column("body", Json, nullable=False),
    instant("created_at"),
    instant("updated_at"),
    refers("room_id", "rooms"),
    refers("author_id", "members"),
    refers("audience_id", "members"),
    Index("messages_room_ix", "workspace_id", "room_id", "id"),
)
