"""What is asked of the database: SQLAlchemy expressions, one module per noun, every statement a name in capitals.

Only ``storage/compiling.py`` imports these modules. Each statement that reads people's records names a workspace, and
those that answer a member carry the scope's parameters too (see ``scoping.py``).
"""

MODULES = (
    "activities",
    "alerts",
    "bindings",
    "contacts",
    "customers",
    "deals",
    "digests",
    "drafts",
    "duplicates",
    "events",
    "jobs",
    "members",
    "names",
    "posts",
    "receipts",
    "reminders",
    "rooms",
    "tasks",
)
