"""What merging, the queue of suspects and the count of probes need of a store."""

from collections.abc import Iterable
from datetime import date
from typing import Protocol

from core.actor import Scope
from core.duplicates.model import Merge, ProbeCount, Suspect
from core.ids import CustomerId, MemberId, WorkspaceId


class DuplicateRepository(Protocol):
    """Merges with what they moved, pairs that wait for a decision, and probes."""

    def move(self, merge: Merge) -> None:
        """Keeps a merge, and moves everything of the loser's to the survivor, noting what."""
        ...

    def move_back(self, merge: Merge) -> None:
        """Moves back what the merge had moved, and forgets the merge."""
        ...

    def merge_of(self, workspace_id: WorkspaceId, merge_id: str) -> Merge | None:
        """The merge of this event, unless it was taken back."""
        ...

    def moved(self, workspace_id: WorkspaceId, merge_id: str) -> dict[str, int]:
        """How many records of each kind the merge moved."""
        ...

    def survivor_of(self, workspace_id: WorkspaceId, customer_id: str) -> CustomerId | None:
        """Where a merged customer went in the end; None when it was not merged."""
        ...

    def bearing(self, scope: Scope, keys: Iterable[str]) -> dict[str, list[CustomerId]]:
        """By key of the index of names, the customers (not contacts) that are filed under it and that may be seen."""
        ...

    def note(self, suspects: Iterable[Suspect]) -> None:
        """Keeps pairs that are not known yet; what was decided stays decided."""
        ...

    def list_open(self, scope: Scope, *, limit: int, offset: int = 0) -> list[Suspect]:
        """Pairs that wait, of which the scope may see both; the likeliest first."""
        ...

    def count_open(self, scope: Scope) -> int:
        """How many pairs wait for somebody with this scope."""
        ...

    def decide(self, suspect: Suspect) -> None:
        """Keeps what was decided on a pair, whether it was known or not."""
        ...

    def decided(self, workspace_id: WorkspaceId, first_id: str, second_id: str) -> Suspect | None:
        """The pair, with what was decided on it."""
        ...

    def count_probe(self, workspace_id: WorkspaceId, member_id: MemberId, day: date) -> int:
        """Counts a probe and returns how many there were that day."""
        ...

    def probes(self, workspace_id: WorkspaceId, since: date) -> list[ProbeCount]:
        """The counts from a day on, the latest day and the most first."""
        ...
