"""Workspaces, teams, members, identities and codes."""

from sqlalchemy import and_, bindparam, func, insert, select, update

from storage.queries.dialects import one_of, put
from storage.queries.records import adding, saving
from storage.queries.scoping import MEMBER, WORKSPACE, as_part, present
from storage.tables import codes, identities, members, teams, tenants, workspaces

_IDENTITY = [column == bindparam(column.name) for column in identities.primary_key]
_TENANT = [tenants.c.platform == bindparam("platform"), tenants.c.tenant == bindparam("tenant")]
_MEMBERSHIP = (
    select(*as_part(members, "member"), *as_part(workspaces, "workspace"))
    .join(workspaces, workspaces.c.id == members.c.workspace_id)
    .where(members.c.removed_at.is_(None))
)
_PRESENT = select(members).where(present(members))

ADD_WORKSPACE = adding(workspaces)
WORKSPACE_BY_ID = select(workspaces).where(workspaces.c.id == WORKSPACE)
WORKSPACES = select(workspaces).order_by(workspaces.c.id)
TWO_WORKSPACES = select(workspaces).order_by(workspaces.c.id).limit(2)
WORKSPACE_OF_TENANT = select(tenants.c.workspace_id).where(*_TENANT)
TIE_TENANT = put(tenants, keep=("secret", "created_at"))
SECRET_OF_TENANT = select(tenants.c.secret).where(*_TENANT)
KEEP_SECRET = update(tenants).values(secret=bindparam("sealed")).where(*_TENANT)

ADD_TEAM = adding(teams)
TEAMS = select(teams).where(teams.c.workspace_id == WORKSPACE).order_by(teams.c.name, teams.c.id)

ADD = adding(members)
SAVE = saving(members)
BY_ID = select(members).where(members.c.workspace_id == WORKSPACE, members.c.id == bindparam("id"))
BY_HANDLE = _PRESENT.where(members.c.handle == bindparam("handle"))
BY_EMAIL = _PRESENT.where(func.lower(members.c.email) == bindparam("email")).order_by(members.c.id)
ALL = _PRESENT.order_by(members.c.name, members.c.id)
NAMES = select(members.c.id, members.c.name).where(members.c.workspace_id == WORKSPACE)
TEAM_IDS = select(members.c.id, members.c.team_id).where(
    members.c.workspace_id == WORKSPACE, one_of(members.c.id, "ids")
)

BY_IDENTITY = _MEMBERSHIP.join(
    identities,
    and_(identities.c.workspace_id == members.c.workspace_id, identities.c.member_id == members.c.id),
).where(*_IDENTITY)
MEMBERSHIP = _MEMBERSHIP.where(members.c.workspace_id == WORKSPACE, members.c.id == MEMBER)
TIE = put(identities)
IDENTITIES = (
    select(identities)
    .where(identities.c.workspace_id == WORKSPACE, identities.c.member_id == MEMBER)
    .order_by(identities.c.platform, identities.c.tenant, identities.c.user_id)
)

ADD_CODE = insert(codes)
USE_CODE = (
    update(codes)
    .values(used_at=bindparam("now"))
    .where(codes.c.digest == bindparam("digest"), codes.c.used_at.is_(None), codes.c.expires_at > bindparam("now"))
    .returning(codes)
)
