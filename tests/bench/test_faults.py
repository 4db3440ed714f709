"""Processes are killed in the middle of what they do: nothing is lost, and nothing done twice."""

import json

import pytest

from bots.cli.commands import run

_MUST_BE_NONE = (
    "lost",
    "commands_not_done",
    "commands_done_twice",
    "sent_twice_without_excuse",
    "out_of_order",
    "given_up",
)


@pytest.mark.parametrize("database", ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def test_nothing_is_lost_and_nothing_is_done_twice(
    database: str, request: pytest.FixtureRequest, capsys: pytest.CaptureFixture[str]
) -> None:
    """The short form of the harness; ``kith bench faults`` is the long one."""
    url = [] if database == "sqlite" else ["--database", request.getfixturevalue("empty_postgres_url")]
    assert run(["bench", "faults", "--json", "--jobs", "80", "--kills", "4", *url]) == 0
    figures = json.loads(capsys.readouterr().out)
    assert figures["kills"] == 4
    assert {name: figures[name] for name in _MUST_BE_NONE} == dict.fromkeys(_MUST_BE_NONE, 0)
    assert figures["stopped_within_s"] <= 10  # the promise of an orderly end, not a speed
