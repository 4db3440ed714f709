"""What alerts need of a store."""

from datetime import datetime
from typing import Protocol

from core.alerts.model import Alert, Attention, Burst, Rule, RuleKind
from core.ids import CustomerId, MemberId, WorkspaceId


class FollowRepository(Protocol):
    """What members follow, and how much they want to hear."""

    def anybody(self, workspace_id: WorkspaceId) -> bool:
        """Whether anybody follows anything."""
        ...

    def put(self, rule: Rule) -> None:
        """Keeps a rule in place of the one with its id."""
        ...

    def by_id(self, workspace_id: WorkspaceId, member_id: MemberId, rule_id: str) -> Rule | None:
        """One of a member's rules."""
        ...

    def of_target(self, workspace_id: WorkspaceId, member_id: MemberId, kind: RuleKind, target: str) -> Rule | None:
        """A member's rule about something."""
        ...

    def of_member(self, workspace_id: WorkspaceId, member_id: MemberId) -> list[Rule]:
        """All of a member's rules, as they were made."""
        ...

    def of_targets(self, workspace_id: WorkspaceId, targets: list[str]) -> list[Rule]:
        """Everybody's rules about any of these, and everybody's about amounts."""
        ...

    def mark_offered(self, workspace_id: WorkspaceId, rule_id: str, now: datetime) -> None:
        """Notes that it was offered to put a rule into the digest."""
        ...

    def attention(self, workspace_id: WorkspaceId, member_id: MemberId) -> Attention | None:
        """What a member chose; None for the usual."""
        ...

    def put_attention(self, attention: Attention) -> None:
        """Keeps what a member chose."""
        ...


class AlertRepository(Protocol):
    """What members were told, and what waits for their digest."""

    def add(self, alert: Alert) -> None:
        """Keeps an alert."""
        ...

    def add_burst(self, burst: Burst) -> None:
        """Keeps a burst."""
        ...

    def burst(self, workspace_id: WorkspaceId, burst_id: str) -> Burst | None:
        """One burst."""
        ...

    def latest_burst(self, workspace_id: WorkspaceId, member_id: MemberId, customer_id: CustomerId) -> Burst | None:
        """The last burst about a customer."""
        ...

    def of_burst(self, workspace_id: WorkspaceId, burst_id: str) -> list[Alert]:
        """A burst's alerts in their order."""
        ...

    def mark_told(self, workspace_id: WorkspaceId, burst_id: str, now: datetime) -> None:
        """Notes that a burst's message goes out for the first time."""
        ...

    def mark_acted(self, workspace_id: WorkspaceId, burst_id: str, now: datetime) -> None:
        """Notes that a button of it was pressed; the first press counts."""
        ...

    def count_told(self, workspace_id: WorkspaceId, member_id: MemberId, since: datetime) -> int:
        """How many bursts a member was told since then."""
        ...

    def told_by(
        self, workspace_id: WorkspaceId, rule_id: str, since: datetime, until: datetime, *, limit: int
    ) -> list[Burst]:
        """The last bursts that a rule brought about, told in that time, the latest first."""
        ...

    def to_digest(self, workspace_id: WorkspaceId, burst_id: str) -> None:
        """Leaves what a burst was to say to the digest."""
        ...

    def alerts_for_digest(self, workspace_id: WorkspaceId, member_id: MemberId, since: datetime) -> list[Alert]:
        """What waits for a member's digest since an instant, in order. Rights are the reader's to check."""
        ...

    def forget(self, before: datetime) -> None:
        """Forgets what happened before that instant."""
        ...
