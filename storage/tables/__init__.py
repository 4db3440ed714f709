"""Every table, as SQLAlchemy knows it. ``metadata`` is what the migrations must arrive at."""

from storage.tables.alerts import alerts, attention, bursts, follows
from storage.tables.chat import messages, room_members, rooms
from storage.tables.columns import metadata
from storage.tables.digests import digests
from storage.tables.duplicates import merges, moved, probes, suspects
from storage.tables.history import event_subjects, events, receipts
from storage.tables.members import codes, identities, members, teams, tenants, workspaces
from storage.tables.records import activities, contacts, customers, deals, name_changes, names, tasks
from storage.tables.running import bindings, deliveries, drafts, jobs, lanes, posts, reminders

__all__ = [
    "activities",
    "alerts",
    "attention",
    "bindings",
    "bursts",
    "codes",
    "contacts",
    "customers",
    "deals",
    "deliveries",
    "digests",
    "drafts",
    "event_subjects",
    "events",
    "follows",
    "identities",
    "jobs",
    "lanes",
    "members",
    "merges",
    "messages",
    "metadata",
    "moved",
    "name_changes",
    "names",
    "posts",
    "probes",
    "receipts",
    "reminders",
    "room_members",
    "rooms",
    "suspects",
    "tasks",
    "teams",
    "tenants",
    "workspaces",
]
