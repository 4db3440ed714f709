"""When: the dates and times in what people type, in English and Chinese."""

from core.when.found import Found
from core.when.reading import find, read

__all__ = ["Found", "find", "read"]
