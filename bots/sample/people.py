"""Who works in the sample workspace."""

from dataclasses import dataclass

from core.actor import Role
from core.members.model import Membership
from core.members.service import add_member, create_team, create_workspace
from core.work import Work

WORKSPACE = "Northlight Sensors 北曜传感"
TEAMS = ("International", "Greater China")


@dataclass(frozen=True, slots=True)
class _Colleague:
    """A member; without a language or a zone they have the workspace's."""

    handle: str
    name: str
    role: Role
    team: str
    language: str = ""
    zone: str = ""


COLLEAGUES = (
    _Colleague("demo", "Demo Lin", Role.ADMIN, "International"),
    _Colleague("mei", "陈梅", Role.MANAGER, "Greater China", "zh_Hans", "Asia/Shanghai"),
    _Colleague("wei", "周伟然", Role.REP, "Greater China", "zh_Hans", "Asia/Shanghai"),
    _Colleague("sara", "Sara Okonjo", Role.MANAGER, "International", "en", "America/New_York"),
    _Colleague("tom", "Tom Beckett", Role.REP, "International", "en", "Europe/London"),
    _Colleague("jun", "何骏", Role.VIEWER, "Greater China", "zh_Hans", "Asia/Shanghai"),
)


def add_people(work: Work, language: str, zone: str) -> dict[str, Membership]:
    """The workspace, its teams and its members, by handle."""
    workspace = create_workspace(work, WORKSPACE, language=language, zone=zone)
    teams = {name: create_team(work, workspace.id, name).id for name in TEAMS}
    members = [
        add_member(
            work,
            workspace.id,
            handle=each.handle,
            name=each.name,
            email=f"{each.handle}@northlight.example",
            role=each.role,
            team_id=teams[each.team],
            language=each.language,
            zone=each.zone,
        )
        for each in COLLEAGUES
    ]
    return {member.handle: Membership(member, workspace) for member in members}
