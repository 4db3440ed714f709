"""Mattermost, and what speaks its slash-command format: commands, buttons, dialogs, private answers, messages saved."""
