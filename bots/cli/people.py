"""``kith workspace``, ``team``, ``member``, ``link`` and ``sign-in``: who works here, and how they come in."""

import asyncio
import json
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Callable

from bots.cli.preparing import prepared
from bots.compose import opened
from bots.errors import OperatorError
from bots.settings import Settings
from bots.whereabouts import last_address
from bots.workspaces import ADMIN, administrator, make_workspace, settled_workspace
from core.actor import Actor, Role
from core.members.administration import change_role, remove_member
from core.members.model import CodePurpose, Member
from core.members.service import CODE_LIFE, SIGN_IN_LIFE, add_member, create_team, find_member, issue_code
from core.work import Work

_ROLES = tuple(role.value for role in Role)


def declare(command: str, parser: ArgumentParser) -> None:
    """The arguments of one of the commands."""
    if command in {"link", "sign-in"}:
        parser.add_argument("member", metavar="MEMBER", help="a handle, an e-mail address or a name")
    else:
        _VERBS[command](parser)


def _declare_workspace(parser: ArgumentParser) -> None:
    verbs = parser.add_subparsers(dest="verb", metavar="create", required=True)
    create = verbs.add_parser("create", help="create a workspace with its first member, an administrator")
    create.add_argument("name", metavar="NAME")
    create.add_argument(
        "--admin", metavar="HANDLE", default=ADMIN, help=f"the administrator's handle (default: {ADMIN})"
    )


def _declare_team(parser: ArgumentParser) -> None:
    verbs = parser.add_subparsers(dest="verb", metavar="add", required=True)
    verbs.add_parser("add", help="add a team").add_argument("name", metavar="NAME")


def _declare_member(parser: ArgumentParser) -> None:
    verbs = parser.add_subparsers(dest="verb", metavar="add|list|role|remove", required=True)
    add = verbs.add_parser("add", help="add a member")
    add.add_argument("handle", metavar="HANDLE", help="how they are typed: @wei")
    add.add_argument("--name", default="", help="their name (default: the handle)")
    add.add_argument("--email", default="", help="ties chats whose platform vouches for this address")
    add.add_argument("--role", choices=_ROLES, default=Role.REP.value)
    add.add_argument("--team", default="", help="a team's name")
    add.add_argument("--language", default="", help="en or zh_Hans (default: the workspace's)")
    add.add_argument("--zone", default="", help="such as Asia/Shanghai (default: the workspace's)")
    verbs.add_parser("list", help="list the members").add_argument("--json", action="store_true")
    role = verbs.add_parser("role", help="give a member another role")
    role.add_argument("member", metavar="MEMBER")
    role.add_argument("role", choices=_ROLES)
    verbs.add_parser("remove", help="take a member out").add_argument("member", metavar="MEMBER")


_VERBS: dict[str, Callable[[ArgumentParser], None]] = {
    "workspace": _declare_workspace,
    "team": _declare_team,
    "member": _declare_member,
}


def run(options: Namespace) -> None:
    """Does it, and says what was done in a line."""
    settings = prepared()
    print(asyncio.run(_carry_out(settings, options)))  # noqa: T201 - its output


async def _carry_out(settings: Settings, options: Namespace) -> str:
    async with opened(settings) as database:
        if options.command == "workspace":
            return await database.write(lambda work: _create_workspace(work, settings, options))
        workspace = await settled_workspace(database, settings)
        does = _DOING[f"{options.command} {getattr(options, 'verb', '')}".strip()]

        def act(work: Work) -> str:
            return does(work, administrator(work, workspace, platform="cli"), settings, options)

        return await database.write(act)


def _create_workspace(work: Work, settings: Settings, options: Namespace) -> str:
    if work.members.first_workspaces():
        raise OperatorError("there is a workspace already; more of them come with installing Kith in a chat")
    make_workspace(work, options.name, language=settings.locale, zone=settings.timezone, admin=options.admin)
    return f"{options.name} is created, with @{options.admin} as its administrator. Next: kith sign-in {options.admin}"


def _add_team(work: Work, actor: Actor, _settings: Settings, options: Namespace) -> str:
    return f"The team {create_team(work, actor.workspace_id, options.name).name} is added."


def _add_member(work: Work, actor: Actor, _settings: Settings, options: Namespace) -> str:
    teams = {team.name.casefold(): team.id for team in work.members.list_teams(actor.workspace_id)}
    if options.team and options.team.casefold() not in teams:
        raise OperatorError(f"there is no team {options.team!r}; add it with: kith team add {options.team!r}")
    member = add_member(
        work,
        actor.workspace_id,
        handle=options.handle,
        name=options.name or options.handle,
        email=options.email,
        role=Role(options.role),
        team_id=teams.get(options.team.casefold()),
        language=options.language,
        zone=options.zone,
    )
    return (
        f"@{member.handle} is added as {member.role}. Next: kith sign-in {member.handle}, or kith link {member.handle}"
    )


def _list_members(work: Work, actor: Actor, _settings: Settings, options: Namespace) -> str:
    teams = {team.id: team.name for team in work.members.list_teams(actor.workspace_id)}
    people = sorted(work.members.list_all(actor.workspace_id), key=lambda member: member.id)
    rows = [_row(member, teams.get(member.team_id, "") if member.team_id else "") for member in people]
    if options.json:
        return "\n".join(json.dumps(row, ensure_ascii=False) for row in rows)
    return "\n".join(f"@{row['handle']:<14} {row['role']:<8} {row['name']}  {row['team']}".rstrip() for row in rows)


def _row(member: Member, team: str) -> dict[str, str]:
    return {
        "id": member.id,
        "handle": member.handle,
        "name": member.name,
        "email": member.email,
        "role": member.role.value,
        "team": team,
    }


def _set_role(work: Work, actor: Actor, _settings: Settings, options: Namespace) -> str:
    changed = change_role(work, actor, find_member(work, actor, options.member), Role(options.role))
    return f"@{changed.handle} is {changed.role} now."


def _remove_member(work: Work, actor: Actor, _settings: Settings, options: Namespace) -> str:
    removed = remove_member(work, actor, find_member(work, actor, options.member))
    return f"@{removed.handle} is removed. What they wrote stays."


def _link(work: Work, actor: Actor, _settings: Settings, options: Namespace) -> str:
    member = find_member(work, actor, options.member)
    code = issue_code(work, actor.workspace_id, member.id, CodePurpose.LINK)
    sys.stderr.write(f"@{member.handle} types this to Kith in their chat within {_minutes(CODE_LIFE.seconds)}, once:\n")
    return f"link {code}"


def _sign_in(work: Work, actor: Actor, settings: Settings, options: Namespace) -> str:
    member = find_member(work, actor, options.member)
    code = issue_code(work, actor.workspace_id, member.id, CodePurpose.SIGN_IN)
    sys.stderr.write(f"@{member.handle} opens this in a browser within {_minutes(SIGN_IN_LIFE.seconds)}, once:\n")
    return f"{settings.public_url or last_address(work)}/sign-in?code={code}"


def _minutes(seconds: int) -> str:
    return f"{seconds // 60} minutes"


_DOING: dict[str, Callable[[Work, Actor, Settings, Namespace], str]] = {
    "team add": _add_team,
    "member add": _add_member,
    "member list": _list_members,
    "member role": _set_role,
    "member remove": _remove_member,
    "link": _link,
    "sign-in": _sign_in,
}
