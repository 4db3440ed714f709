"""What members follow, and what they were told of it, in the database."""

from datetime import datetime

from core.alerts.model import Alert, Attention, Burst, Rule, RuleKind
from core.ids import CustomerId, MemberId, WorkspaceId
from storage.connections import Connection
from storage.statements import Command, Query, RecordCommand

_ANYBODY: Query[tuple[int]] = Query("alerts.ANYBODY", tuple)
_PUT = RecordCommand("alerts.PUT", Rule)
_BY_ID = Query("alerts.BY_ID", Rule)
_OF_TARGET = Query("alerts.OF_TARGET", Rule)
_OF_MEMBER = Query("alerts.OF_MEMBER", Rule)
_OF_TARGETS = Query("alerts.OF_TARGETS", Rule)
_MARK_OFFERED = Command("alerts.MARK_OFFERED")
_ATTENTION = Query("alerts.ATTENTION", Attention)
_PUT_ATTENTION = RecordCommand("alerts.PUT_ATTENTION", Attention)

_ADD = RecordCommand("alerts.ADD", Alert)
_ADD_BURST = RecordCommand("alerts.ADD_BURST", Burst)
_BURST = Query("alerts.BURST", Burst)
_LATEST_BURST = Query("alerts.LATEST_BURST", Burst)
_OF_BURST = Query("alerts.OF_BURST", Alert)
_MARK_TOLD = Command("alerts.MARK_TOLD")
_MARK_ACTED = Command("alerts.MARK_ACTED")
_COUNT_TOLD: Query[tuple[int]] = Query("alerts.COUNT_TOLD", tuple)
_TOLD_BY = Query("alerts.TOLD_BY", Burst)
_TO_DIGEST = Command("alerts.TO_DIGEST")
_FOR_DIGEST = Query("alerts.FOR_DIGEST", Alert)
_FORGET = Command("alerts.FORGET")
_FORGET_BURSTS = Command("alerts.FORGET_BURSTS")


class SqlFollows:
    """``core.alerts.ports.FollowRepository``."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def anybody(self, workspace_id: WorkspaceId) -> bool:
        """Whether anybody follows anything."""
        return _ANYBODY.first(self._connection, workspace_id=workspace_id) is not None

    def put(self, rule: Rule) -> None:
        """Keeps a rule in place of the one with its id."""
        _PUT.run(self._connection, rule)

    def by_id(self, workspace_id: WorkspaceId, member_id: MemberId, rule_id: str) -> Rule | None:
        """One of a member's rules."""
        return _BY_ID.first(self._connection, workspace_id=workspace_id, member_id=member_id, id=rule_id)

    def of_target(self, workspace_id: WorkspaceId, member_id: MemberId, kind: RuleKind, target: str) -> Rule | None:
        """A member's rule about something."""
        return _OF_TARGET.first(
            self._connection, workspace_id=workspace_id, member_id=member_id, kind=kind, target=target
        )

    def of_member(self, workspace_id: WorkspaceId, member_id: MemberId) -> list[Rule]:
        """All of a member's rules, as they were made."""
        return _OF_MEMBER.all(self._connection, workspace_id=workspace_id, member_id=member_id)

    def of_targets(self, workspace_id: WorkspaceId, targets: list[str]) -> list[Rule]:
        """Everybody's rules about any of these, and everybody's about amounts."""
        return _OF_TARGETS.all(self._connection, workspace_id=workspace_id, targets=targets)

    def mark_offered(self, workspace_id: WorkspaceId, rule_id: str, now: datetime) -> None:
        """Notes that it was offered to put a rule into the digest."""
        _MARK_OFFERED.run(self._connection, workspace_id=workspace_id, id=rule_id, now=now)

    def attention(self, workspace_id: WorkspaceId, member_id: MemberId) -> Attention | None:
        """What a member chose; None for the usual."""
        return _ATTENTION.first(self._connection, workspace_id=workspace_id, member_id=member_id)

    def put_attention(self, attention: Attention) -> None:
        """Keeps what a member chose."""
        _PUT_ATTENTION.run(self._connection, attention)


class SqlAlerts:
    """``core.alerts.ports.AlertRepository``."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, alert: Alert) -> None:
        """Keeps an alert."""
        _ADD.run(self._connection, alert)

    def add_burst(self, burst: Burst) -> None:
        """Keeps a burst."""
        _ADD_BURST.run(self._connection, burst)

    def burst(self, workspace_id: WorkspaceId, burst_id: str) -> Burst | None:
        """One burst."""
        return _BURST.first(self._connection, workspace_id=workspace_id, id=burst_id)

    def latest_burst(self, workspace_id: WorkspaceId, member_id: MemberId, customer_id: CustomerId) -> Burst | None:
        """The last burst about a customer."""
        return _LATEST_BURST.first(
            self._connection, workspace_id=workspace_id, member_id=member_id, customer=customer_id
        )

    def of_burst(self, workspace_id: WorkspaceId, burst_id: str) -> list[Alert]:
        """A burst's alerts in their order."""
        return _OF_BURST.all(self._connection, workspace_id=workspace_id, burst=burst_id)

    def mark_told(self, workspace_id: WorkspaceId, burst_id: str, now: datetime) -> None:
        """Notes that a burst's message goes out for the first time."""
        _MARK_TOLD.run(self._connection, workspace_id=workspace_id, id=burst_id, now=now)

    def mark_acted(self, workspace_id: WorkspaceId, burst_id: str, now: datetime) -> None:
        """Notes that a button of it was pressed; the first press counts."""
        _MARK_ACTED.run(self._connection, workspace_id=workspace_id, id=burst_id, now=now)

    def count_told(self, workspace_id: WorkspaceId, member_id: MemberId, since: datetime) -> int:
        """How many bursts a member was told since then."""
        found = _COUNT_TOLD.first(self._connection, workspace_id=workspace_id, member_id=member_id, since=since)
        return found[0] if found else 0

    def told_by(
        self, workspace_id: WorkspaceId, rule_id: str, since: datetime, until: datetime, *, limit: int
    ) -> list[Burst]:
        """The last bursts that a rule brought about, told in that time, the latest first."""
        return _TOLD_BY.all(
            self._connection, workspace_id=workspace_id, rule=rule_id, since=since, until=until, limit=limit
        )

    def to_digest(self, workspace_id: WorkspaceId, burst_id: str) -> None:
        """Leaves what a burst was to say to the digest."""
        _TO_DIGEST.run(self._connection, workspace_id=workspace_id, burst=burst_id)

    def alerts_for_digest(self, workspace_id: WorkspaceId, member_id: MemberId, since: datetime) -> list[Alert]:
        """What waits for a member's digest since an instant, in order."""
        return _FOR_DIGEST.all(self._connection, workspace_id=workspace_id, member_id=member_id, since=since)

    def forget(self, before: datetime) -> None:
        """Forgets what happened before that instant."""
        _FORGET.run(self._connection, before=before)
        _FORGET_BURSTS.run(self._connection, before=before)
