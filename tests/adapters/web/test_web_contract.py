"""The API keeps to its own description, whatever it is sent: the description is the one that it serves."""

from typing import Any

import hypothesis
import schemathesis
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from tests.adapters.web.house import ORIGIN, Browser, House

_EXAMPLES = 12  # of each operation: a few seconds in all
_CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
_SETTINGS = hypothesis.settings(
    max_examples=_EXAMPLES,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=list(hypothesis.HealthCheck),
)


def _operations(browser: Browser) -> list[Any]:
    """Every operation but the stream, which has no end and is tried elsewhere."""
    description = browser.get("/api/v1/openapi.json").json()
    schema = schemathesis.openapi.from_dict(description).exclude(path="/api/v1/events")
    return [found.ok() for found in schema.get_all_operations()]


def _keeps_to_it(browser: Browser, operation: Any) -> set[int]:
    seen = set()

    @_SETTINGS
    @hypothesis.given(case=operation.as_strategy())
    def keeps(case: Any) -> None:
        answer = browser.ask(case.as_transport_kwargs(base_url=ORIGIN))
        seen.add(answer.status_code)
        case.validate_response(answer, checks=_CHECKS)

    keeps()
    return seen


def test_api_keeps_to_its_description(house: House) -> None:
    """No fault of ours, no undocumented status, no answer of another shape."""
    browser = house.browser(house.people.wei)
    browser.open("/")
    operations = _operations(browser)
    assert len(operations) > 10
    seen = set()
    for operation in operations:
        house.clock.move(minutes=1)
        seen |= _keeps_to_it(browser, operation)
    assert {200, 201, 404, 422} <= seen


def test_description_needs_no_session(house: House) -> None:
    """What the API looks like is no secret; that there is nothing beside it is part of it."""
    told = house.browser().get("/api/v1/openapi.json").json()
    assert all(path.startswith("/api/v1/") for path in told["paths"])
    assert "/api/v1/rooms/{room_id}/messages" in told["paths"]
