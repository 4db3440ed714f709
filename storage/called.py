"""What people call a record, as the index of names has it."""

from collections.abc import Iterable

from core.names import normalise
from core.names.keys import MAX_KEY_LENGTH


def keys_of_names(names: Iterable[str]) -> list[str]:
    """The keys under which records of these names are filed, each once."""
    return sorted({normalise(name)[:MAX_KEY_LENGTH] for name in names} - {""})
