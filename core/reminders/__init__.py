"""Reminders: when a member is told of a task, and asked what comes next."""
