"""Plans: what is answered before Django's handler is what Django answers, whatever is asked and whatever happens."""

from collections.abc import Iterator

import pytest
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.db import connections

from tests.factories import ActorFactory
from tests.plugins.database import one_connection
from tests.public.api.publishing import edit, publish, retract
from tests.public.api.test_urls import addresses, populate
from tests.public.http.both_ways import BothWays
from tracker.values.nouns import Noun

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def records(kept_for_the_module: None):
    with one_connection():
        return populate(3)


@pytest.fixture
def both() -> Iterator[BothWays]:
    """Both ways to be answered, in the transaction of a test: its connection stays open, as with Django's client."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield BothWays()
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def test_every_address_of_the_api_is_answered_the_same(records, both: BothWays) -> None:
    for address in addresses(records).values():
        for headers in ({}, {"accept_encoding": "gzip"}, {"accept": "text/csv"}):
            answer = both.ask(address, **headers)
            both.ask(address, "HEAD", **headers)
            both.ask(address, **headers, if_none_match=answer.header("ETag"))
            both.ask(address, **headers, if_none_match="*")
            both.ask(address, **headers, if_none_match='"1-2.00", "x"')


def test_what(records, both):
    assert both.is_planned("/api/v1/stances/")
    assert both.is_planned("/api/v1/stances/?q=the&count=true&fields=id")
