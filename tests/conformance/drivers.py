"""The platforms that can be played: every ``NAME_chat`` beside this module, a module or a package."""

import importlib
import pkgutil
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from functools import cache
from pathlib import Path

from core.clock import Clock
from core.work import Database
from tests.conformance.chat import Chat

_SUFFIX = "_chat"
# The one that is compared with: Kith's own chat, which has everything.
FIRST = "web"

Opened = Callable[[Database, Clock], AbstractAsyncContextManager[Chat]]


@cache
def drivers() -> dict[str, Opened]:
    """What opens each platform, by its name; the one to compare with comes first."""
    here = str(Path(__file__).parent)
    names = [each.name.removesuffix(_SUFFIX) for each in pkgutil.iter_modules([here]) if each.name.endswith(_SUFFIX)]
    names.sort(key=lambda name: (name != FIRST, name))
    return {name: importlib.import_module(f"tests.conformance.{name}{_SUFFIX}").opened for name in names}
