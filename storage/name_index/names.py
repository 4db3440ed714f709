"""Finding customers and contacts in the index in memory, or by their keys in the database while there is none."""

from collections.abc import Iterable

from core.actor import Scope
from core.ids import encode
from core.names.indexing import Asked, asked
from core.search.model import Hit
from storage.connections import Connection
from storage.found import ranked_hits, read_found
from storage.name_index.following import catch_up
from storage.name_index.live import LiveIndex, Near
from storage.names import RESEMBLES, SqlNames

# Records that are read and compared in full, and how many may stand behind others' that must not be seen.
_READ, _BEHIND = 24, 400
# At least so many are read, and further ones while they are nearly as near as the nearest.
_FEW, _NEARLY = 8, 0.06
# What is this much further from what was typed than the nearest is not looked at.
_FAR = 0.35


class IndexedNames(SqlNames):
    """``core.search.ports.NameIndex``: names in full from the database, everything else from ``index``.

    ``committed`` tells that the connection sees nothing that is not committed; what is not must not get into the
    index, and is looked for in the database.
    """

    def __init__(self, connection: Connection, index: LiveIndex, *, committed: bool) -> None:
        super().__init__(connection)
        self._index = index
        self._committed = committed

    def find(self, scope: Scope, text: str, *, limit: int = 5, wide: bool = False) -> list[Hit]:
        """The records that ``text`` may mean, best first; each customer or contact once."""
        named = [] if wide else self.exact(scope, (text,)).get(text, [])
        if named:
            return named[:limit]
        query = asked(text)
        if not query.keys:
            return []
        known = self._committed and catch_up(
            self._connection, scope.workspace_id, self._index, singly=self._index.followed
        )
        hits = self._near_hits(scope, text, query, limit)
        # Whoever sees a part may have theirs behind many that are not.
        if known and (scope.everything or len(hits) >= limit):
            return hits[:limit]
        return _together(hits, super().find(scope, text, limit=limit, wide=wide))[:limit]

    def _near_hits(self, scope: Scope, text: str, query: Asked, limit: int) -> list[Hit]:
        near = self._index.search(query, _READ if scope.everything else _BEHIND)
        near = [each for each in near if each.near >= near[0].near - _FAR]
        if scope.everything:
            nearest = sum(each.near >= near[0].near - _NEARLY for each in near)
            near = near[: max(nearest, limit, _FEW)]
        hits: list[Hit] = []
        for start in range(0, len(near), _READ):
            hits += self._hits(scope, text, query, near[start : start + _READ])
            if len(hits) >= limit:
                break
        hits.sort(key=lambda hit: -hit.score)
        return hits

    def _hits(self, scope: Scope, text: str, query: Asked, near: list[Near]) -> list[Hit]:
        customers = [encode(each.number) for each in near if not each.is_contact]
        contacts = [encode(each.number) for each in near if each.is_contact]
        found = read_found(self._connection, scope, customers, contacts)
        return [hit for hit in ranked_hits(text, query.keys, found, scope.member_id) if hit.score >= RESEMBLES]


def _together(hits: Iterable[Hit], others: Iterable[Hit]) -> list[Hit]:
    """Both, each record once with its better score, best first."""
    best: dict[tuple[str, str], Hit] = {}
    for hit in (*hits, *others):
        known = best.get((hit.kind, hit.id))
        if known is None or known.score < hit.score:
            best[hit.kind, hit.id] = hit
    return sorted(best.values(), key=lambda hit: -hit.score)
