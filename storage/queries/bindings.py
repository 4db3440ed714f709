"""Which conversation is about which customer."""

from sqlalchemy import bindparam, delete, select

from storage.queries.dialects import put
from storage.tables import bindings

_THIS = [column == bindparam(column.name) for column in bindings.primary_key]

OF = select(bindings).where(*_THIS)
PUT = put(bindings)
DROP = delete(bindings).where(*_THIS)
