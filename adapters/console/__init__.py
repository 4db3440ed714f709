"""The terminal as a chat: one person at a keyboard, or one line of a script."""
