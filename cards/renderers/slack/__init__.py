"""Cards as Slack's Block Kit: messages, and forms as modals."""

from cards.renderers.slack.message import blocks, message
from cards.renderers.slack.modal import modal, modal_errors, modal_values

__all__ = ["blocks", "message", "modal", "modal_errors", "modal_values"]
