"""Rows of sheets become records: matched with those there are, added or changed, each with its event."""

from core.importing.importing import import_batch, prepare
from core.importing.model import Alike, ImportRow, Options, Outcome, Rejected, Resembling, Taken, Tally
from core.importing.planning import Run
from core.importing.progress import Progress, TakenLines, begin, finish, progress_key
from core.importing.rehearsing import Rehearsal

__all__ = [
    "Alike",
    "ImportRow",
    "Options",
    "Outcome",
    "Progress",
    "Rehearsal",
    "Rejected",
    "Resembling",
    "Run",
    "Taken",
    "TakenLines",
    "Tally",
    "begin",
    "finish",
    "import_batch",
    "prepare",
    "progress_key",
]
