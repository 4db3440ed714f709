"""What keeps Kith going: bindings, deliveries that came in, jobs, messages that may change, things kept for a while."""

from sqlalchemy import Column, Index, Integer, Table, Text, and_

from storage.tables.columns import Json, id_of, in_workspace, instant, key, metadata, refers, text

bindings = Table(
    "bindings",
    metadata,
    key("workspace_id"),
    key("place_platform"),
    key("place_tenant"),
    key("place_conversation"),
    id_of("customer_id"),
    id_of("bound_by"),
    instant("bound_at"),
    refers("customer_id", "customers"),
    refers("bound_by", "members"),
    Index("bindings_customer_ix", "workspace_id", "customer_id"),
    sqlite_with_rowid=False,
)

deliveries = Table("deliveries", metadata, key("id"), instant("received_at"), sqlite_with_rowid=False)

jobs = Table(
    "jobs",
    metadata,
    key("id"),
    text("kind"),
    id_of("lane"),
    Column("payload", Json, nullable=False),
    instant("run_at"),
    text("lease"),
    instant("leased_until", optional=True),
    Column("attempts", Integer, nullable=False),
    instant("created_at"),
    instant("done_at", optional=True),
    instant("failed_at", optional=True),
    text("reason"),
    text("once"),
    Column("urgency", Integer, nullable=False, server_default="0"),
)
_waiting = and_(jobs.c.done_at.is_(None), jobs.c.failed_at.is_(None))
Index("jobs_due_ix", jobs.c.urgency, jobs.c.run_at, jobs.c.id, sqlite_where=_waiting, postgresql_where=_waiting)
Index("jobs_next_ix", jobs.c.run_at, sqlite_where=_waiting, postgresql_where=_waiting)
_leased = jobs.c.leased_until.is_not(None)
Index("jobs_leased_ix", jobs.c.leased_until, sqlite_where=_leased, postgresql_where=_leased)
_only = jobs.c.once != ""
Index("jobs_once_ix", jobs.c.once, unique=True, sqlite_where=_only, postgresql_where=_only)
Index("jobs_lane_ix", jobs.c.lane, jobs.c.id, sqlite_where=_waiting, postgresql_where=_waiting)

# Lanes that are to be left alone until then: the platform asked for a pause, or its rate wants one.
lanes = Table("lanes", metadata, key("lane"), instant("paused_until"), sqlite_with_rowid=False)
Index("lanes_paused_ix", lanes.c.paused_until)

posts = Table(
    "posts",
    metadata,
    key("workspace_id"),
    key("key"),
    text("platform"),
    text("tenant"),
    text("user_id"),
    text("conversation"),
    text("ref"),
    Column("about_kind", Text),
    id_of("about_id", optional=True),
    id_of("reader_id", optional=True),
    text("data"),
    instant("posted_at"),
    instant("updated_at"),
    in_workspace(),
    refers("reader_id", "members"),
    sqlite_with_rowid=False,
)
Index("posts_about_ix", posts.c.workspace_id, posts.c.about_kind, posts.c.about_id)
Index("posts_updated_ix", posts.c.updated_at)

drafts = Table("drafts", metadata, key("key"), text("data"), instant("expires_at"), sqlite_with_rowid=False)

# When each task is to be spoken of next, and what was last said of it.
reminders = Table(
    "reminders",
    metadata,
    key("workspace_id"),
    key("task_id"),
    id_of("member_id"),
    text("stage"),
    instant("run_at", optional=True),
    text("said"),
    instant("said_at", optional=True),
    text("post"),
    id_of("reader_id", optional=True),
    refers("task_id", "tasks"),
    refers("member_id", "members"),
    refers("reader_id", "members"),
    sqlite_with_rowid=False,
)
_to_come = reminders.c.run_at.is_not(None)
_posted = reminders.c.post != ""
Index(
    "reminders_due_ix",
    reminders.c.workspace_id,
    reminders.c.run_at,
    sqlite_where=_to_come,
    postgresql_where=_to_come,
)
Index(
    "reminders_post_ix",
    reminders.c.workspace_id,
    reminders.c.post,
    sqlite_where=_posted,
    postgresql_where=_posted,
)
Index("reminders_member_ix", reminders.c.workspace_id, reminders.c.member_id)
