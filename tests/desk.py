"""A desk at which sheets are imported and exported: a database of its own, people who work there, and files."""

import asyncio
import csv
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

from adapters.files import open_sheet
from adapters.files.exporting import export_file
from adapters.files.importing import Importing, Order, Report
from adapters.files.sheet import sample
from cards.words import Words
from core.actor import Actor, Role
from core.events.model import Event, Ref
from core.importing import Options
from core.members.model import Membership
from core.members.service import add_member, create_team, create_workspace
from core.records import ref
from core.sheets import SheetKind, guess_columns, override
from core.work import Database, Work
from storage.database import open_database

T = TypeVar("T")
NOON = datetime(2026, 11, 18, 4, 0, tzinfo=UTC)  # a Wednesday, noon in Shanghai


class DeskClock:
    """Stands still until it is told to go on."""

    def __init__(self) -> None:
        self.instant = NOON

    def now(self) -> datetime:
        return self.instant

    def forward(self, **by: float) -> None:
        self.instant += timedelta(**by)


def staff(work: Work) -> Actor:
    """Ada who administers, Wei who sells in the north, Li who does so in New York, and Vera who looks on."""
    workspace = create_workspace(work, "Desk", language="en", zone="Asia/Shanghai")
    north = create_team(work, workspace.id, "North")
    create_team(work, workspace.id, "South")
    ada = add_member(work, workspace.id, handle="ada", name="Ada Byron", email="ada@desk.example", role=Role.ADMIN)
    add_member(work, workspace.id, handle="wei", name="王伟", email="Wei@desk.example", team_id=north.id)
    add_member(work, workspace.id, handle="li", name="Li Na", zone="America/New_York")
    add_member(work, workspace.id, handle="vera", name="Vera", role=Role.VIEWER)
    return Membership(ada, workspace).actor(platform="cli")


@dataclass(frozen=True)
class Mended:
    """A rejected row: its line, field and reason."""

    line: str
    field: str
    reason: str


class Desk:
    """One database and a folder. ``size`` rows are committed together."""

    def __init__(self, url: str, folder: Path, *, size: int = 50) -> None:
        self.clock = DeskClock()
        self.folder = folder
        self.size = size
        self.runner = asyncio.Runner()
        self.database: Database = open_database(url, self.clock)
        self.actor = self.write(staff)

    def close(self) -> None:
        self.runner.run(self.database.close())
        self.runner.close()

    def read(self, function: Callable[[Work], T]) -> T:
        return self.runner.run(self.database.read(function))

    def write(self, function: Callable[[Work], T]) -> T:
        return self.runner.run(self.database.write(function))

    def file(self, name: str, content: str | bytes) -> Path:
        path = self.folder / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    def bring(self, kind: str, sheet: str | Path, **how: Any) -> Report:
        """Imports a file, or a sheet written out as text. See ``importing`` for ``how``."""
        told: Callable[[int], None] = how.pop("told", lambda _: None)
        return self.runner.run(self.importing(kind, sheet, **how).run(told))

    def importing(
        self,
        kind: str,
        sheet: str | Path,
        *,
        maps: tuple[str, ...] = (),
        language: str = "en",
        rehearse: bool = False,
        as_role: Role = Role.ADMIN,
        **options: Any,
    ) -> Importing:
        opened = open_sheet(sheet if isinstance(sheet, Path) else self.file(f"{kind}.csv", sheet))
        mapping = guess_columns(SheetKind(kind), opened.headers, sample(opened, 200))
        for said in maps:
            mapping = override(mapping, said)
        order = Order(
            sheet=opened,
            mapping=mapping,
            words=Words(language),
            options=Options(**options),
            rehearse=rehearse,
            size=self.size,
        )
        return Importing(self.database, replace(self.actor, role=as_role), order)

    def take_out(self, kind: str, name: str) -> Path:
        path = self.folder / name
        self.runner.run(export_file(self.database, self.actor, SheetKind(kind), path))
        return path

    def records(self, kind: str) -> list[Any]:
        """Every record of a kind, in the order they were added."""
        repository = f"{kind}"
        return self.read(lambda work: getattr(work, repository).list_after(self.actor.scope, limit=5000))

    def only(self, kind: str) -> Any:
        (record,) = self.records(kind)
        return record

    def events(self, record: Any) -> list[Event]:
        """A record's own events, the first first."""
        about: Ref = ref(record)
        found = self.read(lambda work: work.events.of_subject(self.actor.workspace_id, about, limit=100))
        return [event for event in reversed(found) if event.record == about]

    def found(self, text: str) -> list[str]:
        """The names of what a look-up finds."""
        return [hit.name for hit in self.read(lambda work: work.names.find(self.actor.scope, text))]

    def rejected(self, report: Report) -> list[Mended]:
        """What stands in the file of rejected rows."""
        if report.rejects is None:
            return []
        with report.rejects.open(encoding="utf-8-sig", newline="") as file:
            return [Mended(*row[:3]) for row in list(csv.reader(file))[1:]]


def counts(report: Report) -> tuple[int, int, int, int]:
    """Added, changed, unchanged, rejected."""
    tally = report.tally
    return tally.added, tally.changed, tally.unchanged, tally.rejected
