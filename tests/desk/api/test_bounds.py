"""Whatever is too much is refused with how much it may be."""

from typing import Any
from uuid import UUID

import pytest

from tests.desk.api.working import Worker
from tests.factories import FACTORIES
from tests.public.api.contract import resolved
from tracker.desk.api.http.payloads import MOST_RECORDS
from tracker.public.api.documentation import document
from tracker.values.nouns import Noun

pytestmark = pytest.mark.django_db
CLAIM = {"resource": "stances", "id": 1, "version": 1}
LISTS = {
    "publish/": ("records", CLAIM),
    "confirm/": ("records", CLAIM),
    "changesets/{change_set}/revert/": ("leaving_out", {"resource": "stances", "id": 1}),
    "imports/{upload}/choose/": ("rows", {"line": 1, "choice": "skip"}),
}


@pytest.mark.parametrize("address", LISTS)
def test_a_list_that_is_too_long_is_refused_with_how_long_it_may_be(
    erik: Worker, address: str
) -> None:
    """And with how long it is."""
    field, item = LISTS[address]

    address = address.format(change_set=UUID(int=1), upload=1)
    refused = erik.post(address, {field: [item] * (MOST_RECORDS + 1)})
    response = erik.post(address, {field: [item] * MOST_RECORDS})

    assert refused.status_code == 400
    assert refused.json()["errors"] == [
        {
            "code": "invalid",
            "detail": "it lists 1,001; list at most 1,000, and the others in another request",
            "pointer": f"/{field}",
        }
    ]
    assert all("list at most" not in fault["detail"] for fault in response.json().get("errors", []))


@pytest.mark.parametrize("noun", Noun)
def test_no_more_claims_are_accepted_beside_a_withdrawal(erik: Worker, noun: Noun) -> None:
    refused = erik.verb(FACTORIES[noun](), "retract", {"accept": [CLAIM] * (MOST_RECORDS + 1)})

    assert refused.status_code == 400
    details = [fault["detail"] for fault in refused.json()["errors"]]
    assert "it lists 1,001; list at most 1,000, and the others in another request" in details


def test_every_list_with_a_limit_is_tried() -> None:
    """Wherever the document tells of one."""
    bounded = {
        path.removeprefix("/api/v1/desk/"): name
        for path, operations in document()["paths"].items()
        for operation in operations.values()
        for name, schema in properties(operation).items()
        if "maxItems" in schema
    }

    withdrawals = {f"{noun.plural}/{{key}}/retract/": "accept" for noun in Noun}
    assert bounded == {address: field for address, (field, _) in LISTS.items()} | withdrawals


def properties(operation: dict[str, Any]) -> dict[str, Any]:
    """Return the fields of the body that an operation takes."""
    content = operation.get("requestBody", {}).get("content", {})
    schemas: dict[str, Any] = resolved(content.get("application/json", {}).get("schema", {})).get(
        "properties", {}
    )
    return schemas
