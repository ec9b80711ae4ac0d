"""The entry to the API."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import ActorFactory, VoteFactory
from tests.public.api.client import Reader
from tests.public.api.publishing import publish, publish_whole
from tracker.values.nouns import BY_PLURAL


@pytest.mark.django_db
def test_it_leads_to_everything_that_is_here(reader: Reader) -> None:
    publish(ActorFactory())

    here = reader.read("/api/v1/")

    assert here.pop("edition") == 1
    records = here.pop("records")
    assert here.pop("covers") == []
    assert [resource["resource"] for resource in records] == [*BY_PLURAL]
    claims = {
        resource["resource"] for resource in records if resource["url"].endswith("/?standing=any")
    }
    assert claims == {"stances", "alignments"}
    assert {reader.client.get(resource["url"]).status_code for resource in records} == {200}
    assert {*BY_PLURAL} <= here.keys()
    assert {"editions", "changes", "codebook", "schema", "docs"} <= here.keys()
    assert here["public_schema"] == "/api/v1/schema/public/"
    assert {reader.client.get(address).status_code for address in here.values()} == {200}


@pytest.mark.django_db
def test_it_says_up_to_which_day_the_latest_edition_goes(reader: Reader) -> None:
    """As of that edition, in two statements."""
    frames = [{"since": "1971-09-21", "until": "2020-12-31"}]
    body = ActorFactory(slug="assembly", name="Assembly", kind="organization", frames=frames)
    publish_whole(VoteFactory(body=body, held="2019-02-28"))

    [of] = [of for of in reader.read("/api/v1/")["covers"] if of["resource"] == "votes"]
    assert (of["body"]["slug"], of["until"], of["closed"]) == (
        "assembly",
        "2019-02-28",
        "2020-12-31",
    )
    assert [frame["since"]["edtf"] for frame in of["frames"]] == ["1971-09-21"]
    with CaptureQueriesContext(connection) as queries:
        reader.read("/api/v1/")
    assert len(queries) == 2
    publish_whole(VoteFactory(body=body, held="2019-03-01"))
    assert "2019-03-01" in {of["until"] for of in reader.read("/api/v1/")["covers"]}
