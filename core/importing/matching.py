"""Which record a row is about: the one of its external id, else the only one of its name."""

from collections.abc import Hashable, Sequence
from typing import Generic

from core.actor import Scope
from core.errors import InvalidInputError
from core.ids import looks_like_id
from core.importing.model import ImportRow
from core.importing.shape import R, Shape, Values
from core.work import Work


class Found(Generic[R]):
    """The records that the rows of a batch may be about, those added on the way among them."""

    def __init__(
        self, shape: Shape[R], work: Work, scope: Scope, rows: Sequence[ImportRow], *, only_external: bool
    ) -> None:
        """``only_external`` tells that every record there is has an external id, so that nothing else is looked at."""
        records = work.records(shape.kind)
        external_ids = {row.values["external_id"] for row in rows if "external_id" in row.values}
        self._shape = shape
        self._by_external_id: dict[str, R] = records.by_external_ids(scope, external_ids) if external_ids else {}
        self._by_id: dict[str, R] = {}
        self._by_name: dict[Hashable, dict[str, R]] = {}
        self._only_external = only_external and all("external_id" in row.values for row in rows)
        if self._only_external:
            return
        for text in filter(looks_like_id, external_ids - self._by_external_id.keys()):
            if (record := records.by_id(scope, text)) is not None:
                self._by_id[text] = record
        names = {row.values["name"] for row in rows if self._is_told_by_name(row)}
        for record in shape.namesakes(work, scope, names) if names else ():
            self._file(record)

    def find(self, values: Values) -> R | None:
        """The record; None when there is none yet. Raises InvalidInputError when several have the name.

        A record of the name that has no external id is taken for the one whose external id is new.
        """
        external_id = values.get("external_id")
        if external_id is None:
            return self._named(values)
        record = self._by_external_id.get(external_id)
        if record is None and not self._only_external:
            record = self._by_id.get(external_id) or self._nameless(values)
        return record

    def keep(self, before: R | None, after: R) -> None:
        """Takes note of a record's new state, for the rows that follow."""
        if after.external_id is not None:
            self._by_external_id[after.external_id] = after
        if self._only_external:
            return
        if after.id in self._by_id:
            self._by_id[after.id] = after
        if before is not None:
            self._by_name.get(self._shape.name_of(before), {}).pop(before.id, None)
        self._file(after)

    def _is_told_by_name(self, row: ImportRow) -> bool:
        external_id = row.values.get("external_id")
        return "name" in row.values and external_id not in self._by_external_id and external_id not in self._by_id

    def _file(self, record: R) -> None:
        name = self._shape.name_of(record)
        if name is not None:
            self._by_name.setdefault(name, {})[record.id] = record

    def _named(self, values: Values) -> R | None:
        found = list(self._by_name.get(self._shape.name(values), {}).values())
        if len(found) > 1:
            found = [record for record in found if record.external_id is None] or found
        if len(found) > 1:
            raise InvalidInputError("name", f"several_{self._shape.kind}s", value=values["name"])
        return found[0] if found else None

    def _nameless(self, values: Values) -> R | None:
        found = self._by_name.get(self._shape.name(values), {}).values()
        free = [record for record in found if record.external_id is None]
        return free[0] if len(free) == 1 else None
