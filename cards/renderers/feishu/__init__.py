"""Cards as Feishu's (Lark's) card JSON 2.0: messages, and forms as form containers."""

from cards.renderers.feishu.forms import is_submission, submitted
from cards.renderers.feishu.message import message
from cards.renderers.feishu.objects import Spot, press_of

__all__ = ["Spot", "is_submission", "message", "press_of", "submitted"]
