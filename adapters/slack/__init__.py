"""Slack: slash commands, buttons, modals, the message shortcut, mentions and direct messages."""
