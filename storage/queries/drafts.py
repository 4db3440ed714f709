"""Things kept for a while."""

from sqlalchemy import bindparam, delete, select

from storage.queries.dialects import put
from storage.tables import drafts

PUT = put(drafts)
GET = select(drafts).where(drafts.c.key == bindparam("key"), drafts.c.expires_at > bindparam("now"))
DROP = delete(drafts).where(drafts.c.key == bindparam("key"))
FORGET = delete(drafts).where(drafts.c.expires_at <= bindparam("now"))
