"""Everything that happens: appended, never changed. Timeline, receipts, undo and audit read it."""
