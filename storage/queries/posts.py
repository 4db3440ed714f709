"""Messages of Kith's that may have to change."""

from sqlalchemy import and_, bindparam, delete, select

from storage.queries.dialects import put
from storage.queries.scoping import WORKSPACE
from storage.tables import posts

_THIS = and_(posts.c.workspace_id == WORKSPACE, posts.c.key == bindparam("key"))

PUT = put(posts, keep=("posted_at",))
BY_KEY = select(posts).where(_THIS)
ABOUT = (
    select(posts)
    .where(
        posts.c.workspace_id == WORKSPACE,
        posts.c.about_kind == bindparam("kind"),
        posts.c.about_id == bindparam("id"),
    )
    .order_by(posts.c.key)
)
DROP = delete(posts).where(_THIS)
FORGET = delete(posts).where(posts.c.updated_at < bindparam("before"))
