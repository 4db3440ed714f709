"""Small pure rules: what is a command, whose initials, how many posts, which origin."""

from datetime import UTC, datetime, timedelta

import pytest

from adapters.web.csrf import is_same_origin
from adapters.web.faces import face, initials
from adapters.web.incoming import CLIENT_ID, command_in, press_id
from adapters.web.limits import Limiter
from adapters.web.rooms import Cursor
from core.ids import WorkspaceId
from core.rooms.model import Room, RoomKind

NOW = datetime(2030, 1, 2, tzinfo=UTC)


def _room(kind: RoomKind) -> Room:
    return Room(id="r", workspace_id=WorkspaceId("w"), kind=kind, created_at=NOW)


@pytest.mark.parametrize(
    ("typed", "alone", "among_others"),
    [
        ("/visit Acme: x", "visit Acme: x", "visit Acme: x"),
        ("／拜访 华为", "拜访 华为", "拜访 华为"),
        ("/crm visit Acme", "visit Acme", "visit Acme"),
        ("/crmless", "crmless", "crmless"),
        ("@kith, tasks", "tasks", "tasks"),
        ("@Kith：任务", "任务", "任务"),
        ("@kithara plays", "@kithara plays", None),
        ("/", "", ""),
        ("Acme", "Acme", None),
        ("see a/b", "see a/b", None),
    ],
)
def test_what_is_said_to_kith(typed: str, alone: str, among_others: str | None) -> None:
    """Alone everything is; among others what begins with a slash or names Kith."""
    assert command_in(typed, _room(RoomKind.DIRECT)) == alone
    assert command_in(typed, _room(RoomKind.GROUP)) == among_others


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Wei Chen", "WC"),
        ("ann", "A"),
        ("陈伟", "陈"),
        ("Monday 周一", "M"),
        ("Ana María de la Cruz", "AC"),
        ("(x)", "X"),
        ("", "·"),
        ("🚀", "·"),
        ("محمد علي", "مع"),
    ],
)
def test_initials(name: str, shown: str) -> None:
    """Two letters at most, one of a Chinese name, a dot for nothing."""
    assert initials(name) == shown


def test_colour_stays() -> None:
    """A colour comes from the id alone."""
    assert face("a", "One").hue == face("a", "Another").hue


def test_limiter_fills_again() -> None:
    """A burst is allowed, then one at a time as time passes; keys do not share."""
    limiter = Limiter(3, timedelta(seconds=3))
    assert [bool(limiter.wait("a", NOW)) for _ in range(4)] == [False, False, False, True]
    assert not limiter.wait("b", NOW)
    assert limiter.wait("a", NOW) == timedelta(seconds=1)
    assert not limiter.wait("a", NOW + timedelta(seconds=1))
    assert limiter.wait("a", NOW + timedelta(seconds=1))


@pytest.mark.parametrize(
    ("headers", "same"),
    [
        ({"origin": "https://kith.test", "host": "kith.test"}, True),
        ({"origin": "http://127.0.0.1:8000", "host": "127.0.0.1:8000"}, True),
        ({"origin": "https://public.test", "host": "10.0.0.1:8000"}, True),
        ({"origin": "https://evil.test", "host": "kith.test"}, False),
        ({"origin": "https://kith.test.evil.test", "host": "kith.test"}, False),
        ({"origin": "null", "host": "kith.test"}, False),
        ({"origin": "", "host": ""}, False),
        ({"origin": "http://[", "host": "kith.test"}, False),
        ({"host": "kith.test"}, True),
        ({"host": "kith.test", "sec-fetch-site": "cross-site"}, False),
        ({"host": "kith.test", "sec-fetch-site": "same-site"}, False),
    ],
)
def test_origin(headers: dict[str, str], *, same: bool) -> None:
    """Only our own host or the public one; what names no origin is no browser."""
    assert is_same_origin(headers, "https://public.test") is same


def test_press_without_script_has_an_id() -> None:
    """The same button of the same page is the same press; another button, page or value is another."""
    ids = [
        press_id("p1", "t1", {}),
        press_id("p2", "t1", {}),
        press_id("p1", "t2", {}),
        press_id("p1", "t1", {"a": "b"}),
    ]
    assert len(set(ids)) == 4
    assert press_id("p1", "t1", {}) == ids[0]
    assert all(CLIENT_ID.fullmatch(one) for one in ids)


def test_cursor_reads_what_it_writes() -> None:
    """A cursor survives its text; nonsense is no cursor."""
    cursor = Cursor("14r4bdgh07d8v", NOW)
    assert Cursor.read(str(cursor)) == cursor
    for nonsense in ("", "x", "@", "x@y", "14r4bdgh07d8v@2030-01-02T00:00:00"):
        assert Cursor.read(nonsense) is None
