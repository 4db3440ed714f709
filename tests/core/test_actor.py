"""Who may see and do what: roles from viewer to admin, teams, and records of the whole workspace."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import product

import pytest

from core.actor import Actor, Role, Scope, may_see
from core.errors import NotAllowedError
from core.ids import MemberId, TeamId, WorkspaceId

ME, OTHER = MemberId("me"), MemberId("other")
NORTH, SOUTH = TeamId("north"), TeamId("south")
ORDER = [Role.VIEWER, Role.REP, Role.MANAGER, Role.ADMIN]


@dataclass(frozen=True)
class Thing:
    """A record that may belong to somebody."""

    owner_id: MemberId | None
    team_id: TeamId | None


def actor(role: Role, team: TeamId | None = NORTH) -> Actor:
    return Actor(workspace_id=WorkspaceId("w"), member_id=ME, name="Me", role=role, team_id=team)


@pytest.mark.parametrize(("has", "needs"), list(product(ORDER, ORDER)))
def test_roles_are_ordered(has: Role, needs: Role) -> None:
    """A role allows what every lower one allows, and nothing of a higher one."""
    enough = ORDER.index(has) >= ORDER.index(needs)
    assert actor(has).at_least(needs) is enough
    if enough:
        actor(has).require(needs, "x")
        return
    with pytest.raises(NotAllowedError) as refused:
        actor(has).require(needs, "x")
    assert refused.value.needs == needs


@pytest.mark.parametrize(
    ("thing", "rep", "alone"),
    [
        (Thing(OTHER, NORTH), True, False),
        (Thing(OTHER, SOUTH), False, False),
        (Thing(OTHER, None), True, True),
        (Thing(None, None), True, True),
        (Thing(ME, SOUTH), True, True),
        (Thing(None, SOUTH), False, False),
    ],
)
def test_who_sees_what(thing: Thing, rep: bool, alone: bool) -> None:  # noqa: FBT001 - a table
    """A team's record is seen by that team and its owner, a workspace's by everybody; managers see all."""
    for role in (Role.VIEWER, Role.REP):
        assert may_see(actor(role).scope, thing) is rep
        assert may_see(actor(role, team=None).scope, thing) is alone
    for role in (Role.MANAGER, Role.ADMIN):
        assert may_see(actor(role).scope, thing)
        assert may_see(actor(role, team=None).scope, thing)


def test_nobody_in_particular_sees_what_is_everybodys() -> None:
    """A scope without member and team sees records of the whole workspace only."""
    nobody = Scope(WorkspaceId("w"))
    assert may_see(nobody, Thing(None, None))
    assert not may_see(nobody, Thing(None, NORTH))
    assert not may_see(nobody, Thing(OTHER, NORTH))


def test_clock_on_the_wall() -> None:
    """An instant is told on the member's own clock."""
    instant = datetime(2026, 3, 9, 2, 0, tzinfo=UTC)
    shanghai = replace(actor(Role.REP), zone="Asia/Shanghai")
    assert shanghai.local(instant) == instant.replace(hour=10, tzinfo=None)
