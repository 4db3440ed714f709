"""Group rooms of the sample: what colleagues write to each other over a few days, two of the rooms about a customer."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from adapters.web.bodies import Body
from adapters.web.incoming import PLATFORM, tenant_of
from adapters.web.rooms import post, settle, start_room
from core.conversations.model import Place
from core.conversations.service import bind
from core.customers.model import Customer
from core.members.model import Membership
from core.work import Work


@dataclass(frozen=True, slots=True)
class _Room:
    """``about`` is a customer's name; ``said`` are working days ago, clock time, handle and words."""

    title: str
    about: str
    people: tuple[str, ...]
    said: tuple[tuple[int, time, str, str], ...]


_ROOMS = (
    _Room(
        "Northwind pilot",
        "Northwind Sailcloth",
        ("demo", "tom", "sara"),
        (
            (4, time(9, 40), "sara", "Northwind's board meets soon. Do we have the pilot figures?"),
            (4, time(9, 52), "tom", "Two of three. The coating line data comes tonight."),
            (3, time(8, 15), "tom", "It is in. One early warning, confirmed by their own people."),
            (3, time(8, 31), "demo", "Good. I will call Eleanor before she hears it from somebody else."),
            (1, time(16, 5), "sara", "She called me instead. The offer is with the board now :)"),
        ),
    ),
    _Room(
        "远航科技项目群",
        "大连远航屿船舶科技有限公司",
        ("demo", "mei", "wei", "jun"),
        (
            (5, time(10, 20), "mei", "远航那边的试点谁跟？林总今天问起来了。"),
            (5, time(10, 26), "wei", "我跟，网关昨天发货，这两天到。"),
            (2, time(14, 10), "wei", "网关装好了，舵机上先装了六个点，数据正常。"),
            (2, time(14, 32), "jun", "发票抬头麻烦再确认一下，上次那张退回来了。"),
            (1, time(9, 5), "mei", "抬头我发给你。大家下次去之前先在这里看一眼客户卡片。"),
        ),
    ),
    _Room(
        "Monday pipeline 周一例会",
        "",
        ("demo", "mei", "wei", "sara", "tom", "jun"),
        (
            (6, time(8, 50), "mei", "本周重点：三个报价要有回音，两个合同等签字。"),
            (6, time(8, 58), "sara", "On our side two offers go out tomorrow. Paper mill wants a visit first."),
            (1, time(17, 20), "tom", "Overdue tasks: mine are done. Somebody owes the cement people a call."),
        ),
    ),
)


def open_rooms(work: Work, people: Mapping[str, Membership], customers: Mapping[str, Customer], zone: ZoneInfo) -> None:
    """The rooms, what was said in them at office hours of ``zone``, and which customer two of them are about.

    Afterwards it is now again.
    """
    now = work.now
    for membership in people.values():
        settle(work, membership.member)
    for each in _ROOMS:
        _open(work, each, people, customers, now.astimezone(zone))
    work.now = now


def _open(
    work: Work, each: _Room, people: Mapping[str, Membership], customers: Mapping[str, Customer], now: datetime
) -> None:
    first = people[each.people[0]]
    lines = [(_instant(now, ago, clock).astimezone(UTC), who, words) for ago, clock, who, words in each.said]
    work.now = lines[0][0] - timedelta(minutes=10)
    room = start_room(work, first.member, each.title, [people[who].member.id for who in each.people])
    if each.about:
        place = Place(PLATFORM, tenant_of(room.workspace_id), room.id)
        bind(work, first.actor(platform=PLATFORM), place, customers[each.about])
    for at, who, words in lines:
        work.now = at
        post(work, room, Body(text=words), author=people[who].member.id, audience=None)


def _instant(now: datetime, working_days_ago: int, clock: time) -> datetime:
    day = now.date()
    while working_days_ago:
        day -= timedelta(days=1)
        working_days_ago -= day.weekday() < 5
    return datetime.combine(day, clock, now.tzinfo)
