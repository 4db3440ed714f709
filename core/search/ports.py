"""What a look-up needs of a store."""

from typing import Protocol

from core.actor import Scope
from core.search.model import Hit


class NameIndex(Protocol):
    """Names, aliases, phone tails, e-mails and domains of customers and contacts."""

    def find(self, scope: Scope, text: str, *, limit: int = 5, wide: bool = False) -> list[Hit]:
        """The records that ``text`` may mean, best first; each customer or contact once.

        A name or number that fits in full answers by itself; ``wide`` asks for what begins with it or resembles it too,
        as a list of suggestions does.
        """
        ...

    def exact(self, scope: Scope, texts: tuple[str, ...]) -> dict[str, list[Hit]]:
        """For each of ``texts`` that is in full the name or alias of something, what it names."""
        ...

    def forget_changes(self, keep: int) -> None:
        """Forgets all but the last ``keep`` changes, of all workspaces together, that copies of the index follow."""
        ...
