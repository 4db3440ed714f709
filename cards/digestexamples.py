"""An example of every card about digests."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import msgspec

from cards import digests
from cards.model import Card, Chart, Form
from cards.reader import Reader
from cards.words import Words
from core.deals.model import DealStage
from core.deals.ports import DealLine, StageSum
from core.digests.contents import (
    Achievement,
    Contents,
    DueTask,
    Followed,
    HandedOver,
    IdleCustomer,
    StuckDeal,
    VisitCount,
)
from core.digests.model import WORKDAYS, About, Digest, DigestId, Empty, Frequency, Part
from core.ids import CustomerId, MemberId, TeamId, WorkspaceId
from core.money import Money
from core.tasks.ports import TaskLine

_NOW = datetime(2026, 3, 12, 7, 30, tzinfo=UTC)
_CUSTOMER = CustomerId("0fq2m7x4k9c01")
_DAILY = Digest(
    id=DigestId("0fq2m7x4k9g01"),
    workspace_id=WorkspaceId("0fq2m7x4k9abc"),
    holder="0fq2m7x4k9ab1",
    frequency=Frequency.DAILY,
    member_id=MemberId("0fq2m7x4k9ab1"),
    days=WORKDAYS,
    zone="Asia/Shanghai",
    next_at=datetime(2026, 3, 13, 1, 0, tzinfo=UTC),
    created_at=_NOW,
    updated_at=_NOW,
)
_WEEKLY = Digest(
    id=DigestId("0fq2m7x4k9g02"),
    workspace_id=_DAILY.workspace_id,
    holder="slack:T1:C1",
    frequency=Frequency.WEEKLY,
    about=About.TEAM,
    member_id=_DAILY.member_id,
    team_id=TeamId("0fq2m7x4k9f01"),
    days=(1, 4),
    at="08:30",
    zone="Europe/Berlin",
    parts=(Part.TASKS, Part.DEALS, Part.CUSTOMERS, Part.DONE),
    empty=Empty.SAY,
    next_at=datetime(2026, 3, 16, 7, 30, tzinfo=UTC),
    created_at=_NOW,
    updated_at=_NOW,
)


def _contents(task: TaskLine, deals: Sequence[DealLine]) -> Contents:
    """One line of each kind or two, some of more."""
    yesterday = _NOW - timedelta(days=1)
    visit = Achievement(_CUSTOMER, "Northwind Foods", "visit", "Saw the new warehouse.", "Mara", yesterday, None, 2)
    won = Achievement(_CUSTOMER, "远航科技", "won", "二期扩容", "Lin", yesterday, "0fq2m7x4k9d02", 2)
    return Contents(
        since=date(2026, 3, 11),
        tasks=(DueTask(task, 15),),
        deals=(
            StuckDeal(replace(deals[0], deal=replace(deals[0].deal, close_on=date(2026, 3, 5))), 2),
            StuckDeal(deals[1], 2),
        ),
        customers=(IdleCustomer(_CUSTOMER, "Northwind Foods", "Mara", 1),),
        done=(won, visit),
        handed=(HandedOver(_CUSTOMER, None, "Blue Harbor", "Mara", "Lin", yesterday, 1),),
        pipeline=(
            StageSum(DealStage.QUOTE, Money(30_000_000, "CNY"), 3),
            StageSum(DealStage.NEGOTIATION, Money(12_000_000, "CNY"), 1),
        ),
        visits=(VisitCount("Mara", 7), VisitCount("李娜", 4)),
    )


def _drawn(chart: Chart) -> Chart:
    """A chart with a picture somewhere."""
    return msgspec.structs.replace(chart, url="https://kith.example/charts/example.png")


def adjusting(words: Words) -> Form:
    """The form of a daily one."""
    return digests.digest_form(_DAILY, "workdays", words)


def digest_cards(task: TaskLine, deals: Sequence[DealLine], reader: Reader) -> dict[str, Card]:
    """Every card by the name of its moment."""
    found = _contents(task, deals)
    team = digests.Occasion(_WEEKLY, "North")
    late = digests.Occasion(_DAILY, late_since=_NOW - timedelta(hours=4))
    receipt_id = "0fq2m7x4k9r01"
    followed = tuple(Followed(_CUSTOMER, name, 3) for name in ("Northwind Foods", *("Blue Harbor",) * 6))
    return {
        "digest_said": digests.digest_said(replace(found, pipeline=(), visits=(), followed=followed), late, reader),
        "digest_said_weekly": digests.digest_said(found, team, reader, _drawn),
        "digest_said_briefly": digests.digest_said(found, replace(team, brief=True), reader),
        "nothing_said": digests.nothing_said(late, reader),
        "digest_list": digests.digest_list(Part.CUSTOMERS, found.customers, _DAILY, reader, since=found.since, page=1),
        "digest_set": digests.digest_set([(_DAILY, ""), (_WEEKLY, "North")], reader),
        "digest_saved": digests.digest_set([(_WEEKLY, "North")], reader, receipt_id=receipt_id),
        "digest_off": digests.digest_off([(_DAILY, "")], reader, receipt_id=receipt_id),
        "no_digest": digests.no_digest(reader, direct=True),
        "no_digest_in_room": digests.no_digest(reader, direct=False),
    }
