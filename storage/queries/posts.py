"""Messages of Kith's that may have to change."""

from sqlalchemy import and_, bindparam, delete, select

from storage.queries.dialects import one_of, put
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
# The colon's successor ends the range of keys that begin with the word.
_IS_LIVE = and_(posts.c.workspace_id == WORKSPACE, posts.c.key >= "live:", posts.c.key < "live;")
LIVE = select(posts.c.key).where(_IS_LIVE, one_of(posts.c.about_id, "ids")).order_by(posts.c.key)
ALL_LIVE = select(posts.c.key).where(_IS_LIVE).order_by(posts.c.key)
DROP = delete(posts).where(_THIS)
FORGET = delete(posts).where(posts.c.updated_at < bindparam("before"))
