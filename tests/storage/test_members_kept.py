"""Members, their identities and codes, workspaces and the tenants tied to them."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from core.actor import Role
from core.errors import ConflictError
from core.members.model import Code, CodePurpose, Identity
from core.work import Work
from tests.storage.conftest import Store
from tests.storage.samples import NOW, People

SLACK = Identity("slack", "T1", "U1")


def test_who_somebody_is(store: Store, people: People) -> None:
    """An identity leads to its member and workspace; a stranger's to nobody."""
    store.write(lambda work: work.members.tie(SLACK, people.wei, NOW))
    membership = store.read(lambda work: work.members.by_identity(SLACK))
    assert membership is not None
    assert membership.member == people.wei
    assert (membership.workspace.id, membership.workspace.name) == (people.workspace_id, "Here")
    assert store.read(lambda work: work.members.membership(people.workspace_id, people.wei.id)) == membership
    assert store.read(lambda work: work.members.by_identity(replace(SLACK, tenant="T2"))) is None


def test_identity_moves(store: Store, people: People) -> None:
    """Tied again, an identity is the new member's alone."""
    for member in (people.wei, people.ann):
        store.write(lambda work: work.members.tie(SLACK, member, NOW))  # noqa: B023
    found = store.read(lambda work: work.members.by_identity(SLACK))
    assert found is not None
    assert found.member == people.ann
    workspace = people.workspace_id
    assert store.read(lambda work: work.members.identities(workspace, people.wei.id)) == []
    assert store.read(lambda work: work.members.identities(workspace, people.ann.id)) == [SLACK]


def test_removed_member(store: Store, people: People) -> None:
    """Who left may do nothing, their handle is free, and their name stands in the history."""
    store.write(lambda work: work.members.tie(SLACK, people.wei, NOW))
    gone = replace(people.wei, removed_at=NOW)
    store.write(lambda work: work.members.save(gone))
    workspace = people.workspace_id
    assert store.read(lambda work: work.members.by_identity(SLACK)) is None
    assert store.read(lambda work: work.members.membership(workspace, gone.id)) is None
    assert store.read(lambda work: work.members.by_handle(workspace, "wei")) is None
    assert store.read(lambda work: work.members.by_email(workspace, "wei@example.com")) is None
    assert store.read(lambda work: work.members.by_id(workspace, gone.id)) == gone
    assert store.read(lambda work: work.members.names(workspace))[gone.id] == "Wei"
    assert gone not in store.read(lambda work: work.members.list_all(workspace))
    again = replace(people.ann, handle="wei")
    store.write(lambda work: work.members.save(again))
    assert store.read(lambda work: work.members.by_handle(workspace, "wei")) == again


def test_members_are_told_apart(store: Store, people: People) -> None:
    """A handle is somebody's alone, an address is found in any case, lists are by name."""
    workspace = people.workspace_id
    assert store.read(lambda work: work.members.by_email(workspace, "WEI@example.com")) == people.wei
    assert store.read(lambda work: work.members.list_all(workspace)) == [people.ann, people.max, people.wei]
    assert [team.name for team in store.read(lambda work: work.members.list_teams(workspace))] == ["North", "South"]
    ids = (people.wei.id, people.max.id)
    teams = {people.wei.id: people.wei.team_id, people.max.id: None}
    assert store.read(lambda work: work.members.team_ids(workspace, ids)) == teams
    with pytest.raises(ConflictError):
        store.write(lambda work: work.members.save(replace(people.ann, handle="wei")))


def test_change_of_role_is_kept(store: Store, people: People) -> None:
    """A member's new state replaces the old one."""
    changed = replace(people.wei, role=Role.ADMIN, team_id=None, language="zh_Hans", updated_at=NOW)
    store.write(lambda work: work.members.save(changed))
    assert store.read(lambda work: work.members.by_id(people.workspace_id, changed.id)) == changed


def test_tenants(store: Store, people: People) -> None:
    """A platform's tenant leads to its workspace, keeps its secret when it is tied again, and forgets it when told."""
    here, there = people.workspace_id, people.eve.workspace_id
    assert store.read(lambda work: work.members.workspace_of_tenant("slack", "T1")) is None
    assert store.read(lambda work: work.members.only_workspace()) is None
    store.write(lambda work: work.members.tie_tenant("slack", "T1", here))
    assert store.read(lambda work: work.members.tenant_secret("slack", "T1")) is None
    store.write(lambda work: work.members.put_tenant_secret("slack", "T1", "sealed"))
    store.write(lambda work: work.members.tie_tenant("slack", "T1", there))
    assert store.read(lambda work: work.members.workspace_of_tenant("slack", "T1")) == there
    assert store.read(lambda work: work.members.tenant_secret("slack", "T1")) == "sealed"
    store.write(lambda work: work.members.put_tenant_secret("slack", "T1", None))
    assert store.read(lambda work: work.members.tenant_secret("slack", "T1")) is None


def test_code_is_used_once(store: Store, people: People) -> None:
    """Of many who use a code at once, one gets it; an expired one is nobody's."""
    values = {"workspace_id": people.workspace_id, "member_id": people.wei.id, "purpose": CodePurpose.LINK}
    code = Code(digest="a", expires_at=NOW + timedelta(minutes=5), **values)  # type: ignore[arg-type]
    expired = Code(digest="b", expires_at=NOW, **values)  # type: ignore[arg-type]

    def keep(work: Work) -> None:
        work.members.add_code(code)
        work.members.add_code(expired)

    store.write(keep)

    async def race() -> list[Code | None]:
        asked = [store.database.write(lambda work: work.members.use_code("a", NOW)) for _ in range(8)]
        return await asyncio.gather(*asked)

    used = [got for got in store.runner.run(race()) if got is not None]
    assert used == [replace(code, used_at=NOW)]
    assert store.write(lambda work: work.members.use_code("b", NOW)) is None
