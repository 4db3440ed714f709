"""Cards as WeCom messages: template cards for what is short or can be pressed, texts for what is long."""

from cards.renderers.wecom.message import answer, messages, robot_text, summary_card
from cards.renderers.wecom.presses import CHOOSE, token_of

__all__ = ["CHOOSE", "answer", "messages", "robot_text", "summary_card", "token_of"]
