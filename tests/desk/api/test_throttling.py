"""How often a token may ask at the desk: whichever process answers."""

from http.client import HTTPResponse
from pathlib import Path

import pytest
from django.test import Client
from django.test.utils import override_settings

from tests.desk.api.working import ROOT, Worker, good
from tests.factories import UserFactory
from tests.public.api.servers import serving

STANCES = f"{ROOT}stances/"


@pytest.mark.django_db
def test_a_token_that_asks_too_often_waits(anna):
    other = Worker("analysts", username="bert")
    with override_settings(DESK_PER_SECOND=0.2):
        responses = [anna.get(STANCES) for _ in range(3)]
        assert [response.status_code for response in responses] == [200, 200, 429]
        assert other.get(STANCES).status_code == 200
    assert good(responses[2], 429)["detail"].startswith("Request was throttled")
    assert responses[2].headers["Retry-After"] == "5"
    assert responses[2].headers["Cache-Control"] == "no-store"


@pytest.mark.django_db
def test_so_does_a_session_and_whoever_may_nothing(anna):
    person = UserFactory(is_staff=True)
    person.save()
    client = Client()
    client.force_login(person)

    with override_settings(DESK_PER_SECOND=0.2):
        assert [client.get(STANCES).status_code for _ in range(3)] == [403, 403, 429]


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_two_servers_count_as_one(database_url: str, tmp_path: Path):
    anna = Worker("analysts", username="anna")
    allowed = {"TRACKER_DESK_PER_SECOND": "1"}
    with (
        serving(database_url, tmp_path / "one", **allowed) as first,
        serving(database_url, tmp_path / "other", **allowed) as other,
    ):

        def ask(server) -> HTTPResponse:
            return server.ask("GET", STANCES, Authorization=f"Bearer {anna.token}")[1]

        responses = [ask(server) for _ in range(12) for server in (first, other)]

    statuses = [response.status for response in responses]
    refused = [response.headers for response in responses if response.status == 429]
    assert len(responses) - len(refused) == statuses.count(200) in range(10, 20)
    assert {headers["Content-Type"] for headers in refused} == {"application/problem+json"}
    assert {headers["Retry-After"] for headers in refused} <= {"1", "2"}
