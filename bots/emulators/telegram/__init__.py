"""Telegram's Bot API, and the app in which people type and press."""
