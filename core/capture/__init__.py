"""Capture: one line of a log read into its parts, in English and Chinese."""

from core.capture.model import Captured, Followup
from core.capture.reading import capture

__all__ = ["Captured", "Followup", "capture"]
