"""Telegram: a bot on python-telegram-bot, by long polling or webhook."""
