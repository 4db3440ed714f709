"""What digests need of a store."""

from typing import Protocol

from core.actor import Scope
from core.deals.ports import StageSum
from core.digests.contents import Achievement, DueTask, HandedOver, IdleCustomer, Question, StuckDeal, VisitCount
from core.digests.model import Digest, DigestId, Frequency
from core.ids import WorkspaceId


class DigestRepository(Protocol):
    """Digests, and what they say. The reads take the ``scope`` that the question is asked on behalf of."""

    def by_id(self, workspace_id: WorkspaceId, digest_id: DigestId) -> Digest | None:
        """One digest, also one that is off."""
        ...

    def of(self, workspace_id: WorkspaceId, holder: str, frequency: Frequency) -> Digest | None:
        """The digest of a member or a conversation, also one that is off."""
        ...

    def put(self, workspace_id: WorkspaceId, digest: Digest) -> None:
        """Keeps it in place of what it was."""
        ...

    def due_tasks(self, scope: Scope, asked: Question, *, limit: int, offset: int = 0) -> list[DueTask]:
        """Open tasks that are overdue or due today, and not snoozed, the first due first."""
        ...

    def stuck_deals(self, scope: Scope, asked: Question, *, limit: int, offset: int = 0) -> list[StuckDeal]:
        """Open deals past their close date or silent, by expected close."""
        ...

    def idle_customers(self, scope: Scope, asked: Question, *, limit: int, offset: int = 0) -> list[IdleCustomer]:
        """Customers that somebody works on without an open task, by name."""
        ...

    def achievements(self, scope: Scope, asked: Question, *, limit: int, offset: int = 0) -> list[Achievement]:
        """Deals won, then visits and meetings held, the latest first."""
        ...

    def handed_over(self, scope: Scope, asked: Question, *, limit: int, offset: int = 0) -> list[HandedOver]:
        """Customers and tasks with a new owner, the latest first; what a member did themselves is no news to them."""
        ...

    def pipeline(self, scope: Scope, asked: Question) -> list[StageSum]:
        """The open deals, summed by stage and currency."""
        ...

    def visits_by_member(self, scope: Scope, asked: Question, *, limit: int) -> list[VisitCount]:
        """Who was with customers how often, the most first."""
        ...
