"""The entry to the API."""

import pytest

from tests.api.client import Reader
from tests.api.publishing import publish
from tests.factories import ActorFactory


@pytest.mark.django_db
def test_it_leads_to_everything_that_is_here(reader: Reader) -> None:
    """And every link works."""
    publish(ActorFactory())

    here = reader.read("/api/v1/")

    assert here.pop("edition") == 1
    assert {"issues", "actors", "stances", "alignments", "meetings", "sources"} <= here.keys()
    assert {"editions", "changes", "codebook", "schema", "docs"} <= here.keys()
    assert {reader.client.get(address).status_code for address in here.values()} == {200}
