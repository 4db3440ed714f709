"""The rules of membership: adding people, tying their identities, their settings."""

import hashlib
import secrets
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from difflib import get_close_matches
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from core import text
from core.actor import Actor, Role
from core.errors import ConflictError, InvalidInputError, NotFoundError
from core.events.model import EventType, Kind, Ref
from core.events.values import changes_between
from core.ids import MemberId, TeamId, WorkspaceId
from core.members.model import Code, CodePurpose, Identity, Member, Membership, Team, Workspace
from core.records import event_of
from core.reminders.following import follow_member
from core.reminders.hours import check_hours
from core.reminders.model import LONGEST_LEAD, OFF
from core.work import Work

CODE_LIFE = timedelta(minutes=15)
SIGN_IN_LIFE = timedelta(hours=1)
LANGUAGES = ("en", "zh_Hans")
_CODE_ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"
_OFFERED = 3
_CODE_LENGTH = 10  # 49 bits, one use, fifteen minutes


def create_workspace(work: Work, name: str, *, language: str, zone: str, currency: str = "CNY") -> Workspace:
    """Creates a workspace. Raises InvalidInputError for an unknown language or zone."""
    workspace = Workspace(
        id=WorkspaceId(work.new_id()),
        name=text.required_line("name", name),
        language=check_language(language),
        zone=check_zone(zone),
        currency=currency,
        created_at=work.now,
    )
    work.members.add_workspace(workspace)
    return workspace


def create_team(work: Work, workspace_id: WorkspaceId, name: str) -> Team:
    """Creates a team."""
    team = Team(id=TeamId(work.new_id()), workspace_id=workspace_id, name=text.required_line("name", name))
    work.members.add_team(team)
    return team


def add_member(  # noqa: PLR0913 - a member is described by these
    work: Work,
    workspace_id: WorkspaceId,
    *,
    handle: str,
    name: str,
    email: str = "",
    role: Role = Role.REP,
    team_id: TeamId | None = None,
    language: str = "",
    zone: str = "",
) -> Member:
    """Adds a member. Raises ConflictError when the handle or the e-mail address is taken."""
    handle = text.required_line("handle", handle, limit=40).lstrip("@").casefold()
    if not handle.replace("-", "").replace("_", "").replace(".", "").isalnum():
        raise InvalidInputError("handle", "not_a_handle", value=handle)
    if work.members.by_handle(workspace_id, handle):
        raise ConflictError("handle_taken", about=handle)
    if email and work.members.by_email(workspace_id, email):
        raise ConflictError("email_taken", about=email)
    member = Member(
        id=MemberId(work.new_id()),
        workspace_id=workspace_id,
        handle=handle,
        name=text.required_line("name", name),
        email=text.line("email", email).casefold(),
        role=role,
        team_id=team_id,
        language=check_language(language) if language else "",
        zone=check_zone(zone) if zone else "",
        created_at=work.now,
        updated_at=work.now,
    )
    work.members.add(member)
    return member


def check_language(value: str) -> str:
    """The catalogue's name of a language as people write it. Raises InvalidInputError for one Kith does not speak."""
    spoken = {"en": "en", "english": "en", "英文": "en", "英语": "en", "zh": "zh_Hans", "zh_hans": "zh_Hans"}
    spoken |= {"zh-cn": "zh_Hans", "zh_cn": "zh_Hans", "chinese": "zh_Hans", "中文": "zh_Hans", "简体中文": "zh_Hans"}
    found = spoken.get(value.strip().casefold()) or spoken.get(value.strip().casefold().replace("_", "-"))
    if found is None:
        raise InvalidInputError("language", "unknown_choice", value=value, choices=LANGUAGES)
    return found


def check_zone(value: str) -> str:
    """The IANA name of a time zone, also by its city alone. Raises InvalidInputError for an unknown one."""
    wanted = value.strip().replace(" ", "_").casefold()
    zones = available_timezones()
    exact = {zone.casefold(): zone for zone in zones}
    if wanted in exact:
        return ZoneInfo(exact[wanted]).key
    by_city = {zone.rsplit("/", 1)[-1].casefold(): zone for zone in sorted(zones) if "/" in zone}
    aliases = {"beijing": "Asia/Shanghai", "北京": "Asia/Shanghai", "上海": "Asia/Shanghai"}
    found = aliases.get(wanted) or by_city.get(wanted)
    if found is None:
        raise InvalidInputError("zone", "unknown_zone", value=value)
    return found


def change_settings(work: Work, actor: Actor, **values: Any) -> Membership:
    """Changes the member's own ``language``, ``zone``, ``remind`` or ``hours``. Raises InvalidInputError."""
    membership = work.members.membership(actor.workspace_id, actor.member_id)
    if membership is None:
        raise NotFoundError("member", actor.name)
    member = membership.member
    checked = {name: _CHECKS[name](value) for name, value in values.items()}
    changed = replace(member, updated_at=work.now, **checked)
    changes = changes_between(member, changed)
    if changes:
        work.members.save(changed)
        me = Ref(Kind.MEMBER, actor.member_id)
        work.events.append(event_of(work, actor, EventType.MEMBER_CHANGED, me, changes=changes))
        follow_member(work, actor.workspace_id, actor.member_id)
    return Membership(changed, membership.workspace)


def check_lead(minutes: int | None) -> int | None:
    """Minutes before a task is due, ``OFF``, or None for the usual. Raises InvalidInputError for too many."""
    if minutes is not None and not OFF <= minutes <= LONGEST_LEAD:
        raise InvalidInputError("remind", "unknown_lead", value=str(minutes))
    return minutes


_CHECKS: dict[str, Callable[[Any], Any]] = {
    "language": check_language,
    "zone": check_zone,
    "remind": check_lead,
    "hours": check_hours,
}


def find_member(work: Work, actor: Actor, asked: str) -> Member:
    """The member meant by a handle, an e-mail address, an id or a name. Raises NotFoundError."""
    wanted = text.clean_line(asked).lstrip("@").casefold()
    if wanted in {"me", "我", "自己", "myself"}:
        wanted = actor.member_id
    people = work.members.list_all(actor.workspace_id)
    for fits in (
        lambda member: wanted in {member.id, member.handle, member.email},
        lambda member: wanted == member.name.casefold(),
        lambda member: wanted in member.name.casefold().split(),
    ):
        found = [member for member in people if fits(member)]
        if wanted and len(found) == 1:
            return found[0]
    near = _near(wanted, people)
    raise NotFoundError("member", asked, similar=tuple(f"@{handle}" for handle in near), similar_ids=near)


def _near(wanted: str, people: list[Member]) -> tuple[str, ...]:
    """The handles of the members whose handle or name comes near, best first."""
    handles = {name: member.handle for member in people for name in (member.handle, member.name.casefold())}
    close = get_close_matches(wanted, handles, n=_OFFERED, cutoff=0.6)
    return tuple(dict.fromkeys(handles[name] for name in close))


def _digest(code: str) -> str:
    return hashlib.sha256(code.strip().casefold().replace("-", "").encode()).hexdigest()


def issue_code(work: Work, workspace_id: WorkspaceId, member_id: MemberId, purpose: CodePurpose) -> str:
    """A one-time code for a member, good for 15 minutes (an hour to sign in); only its digest is kept."""
    long_one = secrets.token_urlsafe(32).casefold().replace("-", "").replace("_", "")
    short = "".join(secrets.choice(_CODE_ALPHABET) for _ in range(_CODE_LENGTH))
    code = short if purpose is CodePurpose.LINK else long_one
    life = CODE_LIFE if purpose is CodePurpose.LINK else SIGN_IN_LIFE
    work.members.add_code(
        Code(
            digest=_digest(code),
            workspace_id=workspace_id,
            member_id=member_id,
            purpose=purpose,
            expires_at=work.now + life,
        )
    )
    return code


def use_code(work: Work, code: str, purpose: CodePurpose) -> Membership | None:
    """Whom a one-time code belongs to; None when it is wrong, expired or used. It is used up."""
    found = work.members.use_code(_digest(code), work.now)
    if found is None or found.purpose is not purpose:
        return None
    return work.members.membership(found.workspace_id, found.member_id)


def link_identity(work: Work, identity: Identity, code: str) -> Membership:
    """Ties an identity to the member who was given ``code``. Raises InvalidInputError for a bad code."""
    membership = use_code(work, code, CodePurpose.LINK)
    if membership is None:
        raise InvalidInputError("code", "bad_code")
    work.members.tie(identity, membership.member, work.now)
    return membership


def link_by_email(work: Work, identity: Identity, workspace_id: WorkspaceId, email: str) -> Membership | None:
    """Ties an identity whose platform vouches for ``email`` to the member of that address, if there is one."""
    member = work.members.by_email(workspace_id, email) if email else None
    if member is None:
        return None
    work.members.tie(identity, member, work.now)
    return work.members.membership(workspace_id, member.id)
