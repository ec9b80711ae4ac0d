"""The entry to the API."""

import pytest

from tests.factories import ActorFactory
from tests.public.api.client import Reader
from tests.public.api.publishing import publish
from tracker.values.nouns import BY_PLURAL


@pytest.mark.django_db
def test_it_leads_to_everything_that_is_here(reader: Reader) -> None:
    publish(ActorFactory())

    here = reader.read("/api/v1/")

    assert here.pop("edition") == 1
    records = here.pop("records")
    assert here.pop("covers") == []
    assert [resource["resource"] for resource in records] == [*BY_PLURAL]
    claims = {resource["resource"] for resource in records if resource["url"].endswith("/?standing=any")}
    assert claims == {"stances", "alignments"}
    assert {reader.client.get(resource["url"]).status_code for resource in records} == {200}
    assert {*BY_PLURAL} <= here.keys()
    assert {"editions", "changes", "codebook", "schema", "docs"} <= here.keys()
    assert here["public_schema"] == "/api/v1/schema/public/"
    assert {reader.client.get(address).status_code for address in here.values()} == {200}
