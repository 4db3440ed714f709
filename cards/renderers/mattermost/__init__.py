"""Cards as Mattermost posts with attachments, and forms as its dialogs."""

from cards.renderers.mattermost.dialog import Abilities, confirmation, dialog, dialog_values, shown_values
from cards.renderers.mattermost.message import message, plain
from cards.renderers.mattermost.parts import Press

__all__ = ["Abilities", "Press", "confirmation", "dialog", "dialog_values", "message", "plain", "shown_values"]
