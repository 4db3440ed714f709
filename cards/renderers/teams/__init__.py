"""Cards as Adaptive Cards for Microsoft Teams: messages, answers to a press, and forms as dialogs."""

from cards.renderers.teams.dialog import dialog, dialog_values
from cards.renderers.teams.message import adaptive, message, plain_message, refreshed_for, search_result

__all__ = [
    "adaptive",
    "dialog",
    "dialog_values",
    "message",
    "plain_message",
    "refreshed_for",
    "search_result",
]
