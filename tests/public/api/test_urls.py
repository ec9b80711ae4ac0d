"""What holds for every address of the publication,
walked over all that the OpenAPI document has.
"""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest
from django.conf import settings
from django.db import ProgrammingError, connections, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.factories import (
    ActFactory,
    ActorFactory,
    AlignmentFactory,
    IssueFactory,
    MeetingFactory,
    SourceFactory,
    StanceFactory,
    VoteFactory,
)
from tests.plugins.caches import forget
from tests.plugins.database import one_connection
from tests.public.api.client import Reader
from tests.public.api.contract import check_problem, public_operations
from tests.public.api.publishing import publish_whole
from tests.publishing.releases.acts import released
from tracker.models import Actor, Release
from tracker.values.nouns import Noun

pytestmark = pytest.mark.django_db
Acting = Callable[[str], AbstractContextManager[None]]


def populate(number: int) -> dict[Noun, Any]:
    """Publish some records of every noun that name each other as one edition;
    return the last of each.
    """
    for _ in range(number):
        source = SourceFactory()
        issue = IssueFactory(core_interests=[{"actor": ActorFactory()}])
        cited = {"issue": issue, "citations": [{"source": source, "locator": "p. 1"}]}
        actor = ActorFactory(memberships=[{"source": source}])
        records = {
            Noun.ISSUE: issue,
            Noun.ACTOR: actor,
            Noun.SOURCE: source,
            Noun.STANCE: StanceFactory(actor=actor, **cited),
            Noun.ALIGNMENT: AlignmentFactory(actor=actor, **cited),
            Noun.MEETING: MeetingFactory(
                participants=[{"actor": actor}], issues=[{"issue": issue}]
            ),
            Noun.ACT: ActFactory(issues=[{"issue": issue}]),
            Noun.VOTE: VoteFactory(ballots=[{"actor": actor, "note": "It said why."}], **cited),
        }
        publish_whole(*records.values())
    if not Release.objects.exists():
        released("2026.1")
    return records


@pytest.fixture(scope="module")
def here(kept_for_the_module: None) -> dict[str, str]:
    """An address for each path, where one record of each noun is published."""
    with one_connection():
        return addresses(populate(1))


def addresses(records: dict[Noun, Any], edition: int = 1) -> dict[str, str]:
    """Return an address for each path of the OpenAPI document,
    with the keys of these records and the edition in it.
    """
    keys = {noun.plural: getattr(record, "slug", record.pk) for noun, record in records.items()}
    return {
        path: path.format(
            key=keys.get(path.split("/")[3]),
            edition=edition,
            number=edition,
            version="2026.1",
            name="codebook.json",
        )
        for path in public_operations()
    }


@pytest.mark.parametrize("path", [path for path in public_operations() if path.endswith("/")])
def test_an_address_without_the_slash_at_its_end_leads_to_the_one_with_it(path: str) -> None:
    """Query string and all, also for a page of another site; nobody asks the database."""
    address = path.format(key="c%3Fa", edition=1, number=1, version="2026.1")

    for query in ("", "?page_size=1&actor=CHN"):
        response = Client().get(f"{address.removesuffix('/')}{query}")
        assert (response.status_code, response.headers["Location"]) == (308, f"{address}{query}")
        assert response.headers["Access-Control-Allow-Origin"] == "*"
        assert (response.headers["Cache-Control"], response.content) == ("no-cache", b"")
        assert response.headers["Content-Length"] == "0"


@pytest.mark.parametrize(
    "address", ["/api/v1/nothing", "/api/v1/stances/1/nothing", "/api/nothing", "/api"]
)
def test_an_address_that_leads_nowhere_with_the_slash_either_is_a_404(address: str) -> None:
    assert Client().get(address).status_code == 404


def test_the_document_has_every_address() -> None:
    """Four for each noun, those of the publication as a whole, and one for each form but JSON."""
    paths = set(public_operations())

    ends = ("/", ".csv", ".ndjson", "/{key}/", "/{key}/history/", "/{key}/history/{edition}/")
    assert {f"/api/v1/{noun.plural}{end}" for noun in Noun for end in ends} <= paths
    assert {
        "/api/v1/",
        "/api/v1/sources/{key}.bib",
        "/api/v1/changes/",
        "/api/v1/changes.atom",
    } <= paths


def test_every_address_answers_the_reader_without_the_desk(reader, here, acting_as):
    """The role of the reader can read nothing but what is published; the pages of the site too."""
    with acting_as(settings.READER):
        for address in here.values():
            answer = reader.get(address)
            assert (answer.status_code, b"".join(answer) != b"") == (200, True), address
        for address in ("/", "/api/v1/schema/", "/api/v1/docs/", "/healthz/live"):
            assert reader.client.get(address).status_code == 200, address
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            Actor.objects.exists()


@pytest.mark.slow
def test_every_list_and_record_takes_the_same_queries_at_one_row_and_at_twenty(
    reader: Reader,
) -> None:
    queries: list[dict[str, int]] = []
    for number in (1, 19):
        records = populate(number)
        keyed = f"stances/?under={records[Noun.ISSUE].slug}&actor={records[Noun.ACTOR].slug}"
        asked = {
            "keyed": keyed,
            "keyed and counted": f"{keyed}&count=true",
            "keyed, then": f"{keyed}&edition=1",
            **addresses(records, edition=reader.read("editions/")["results"][0]["number"]),
        }
        queries.append({})
        for name, address in asked.items():
            forget()
            with CaptureQueriesContext(connections["publication"]) as captured:
                assert reader.get(address).status_code == 200, address
            queries[-1][name] = len(captured)

    assert reader.read("stances/?count=true")["count"] >= 20
    assert queries[0] == queries[1]
    assert {queries[1][f"/api/v1/{noun.plural}/"] for noun in Noun} == {1}
    assert {queries[1][f"/api/v1/{noun.plural}/{{key}}/"] for noun in Noun} == {1}
    assert [queries[1][name] for name in ("keyed", "keyed and counted", "keyed, then")] == [1, 1, 1]


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "options"])
def test_every_address_only_answers_get(here: dict[str, str], method: str) -> None:
    for address in here.values():
        response = getattr(Client(), method)(address)
        assert response.status_code == 405, address
        assert "GET and HEAD" in response.json()["detail"]
        assert response.headers["Allow"] == "GET, HEAD"
        check_problem(response)


def test_every_address_answers_head_as_get_without_a_body(here: dict[str, str]) -> None:
    for path, address in here.items():
        form, *_ = public_operations()[path]["responses"]["200"]["content"]
        got, headed = Client().get(address), Client().head(address)
        assert (headed.status_code, b"".join(headed)) == (200, b"")
        assert headed.headers["Content-Type"] == got.headers["Content-Type"]
        assert got.headers["Content-Type"].partition(";")[0] == form
        assert headed.headers.get("Edition") == got.headers.get("Edition")


@pytest.mark.parametrize("accept", ["text/html", "image/*"])
def test_a_form_that_is_not_to_be_had_is_a_406(
    reader: Reader, here: dict[str, str], accept: str
) -> None:
    """As a problem all the same; a file is what it is."""
    for address in here.values():
        if not address.endswith("/"):
            continue
        response = reader.get(address, accept=accept)
        assert response.status_code == 406, address
        assert response.headers["Content-Type"] == "application/problem+json"


def test_no_address_ignores_a_parameter_that_it_does_not_know(
    reader: Reader, here: dict[str, str]
) -> None:
    for address in here.values():
        assert reader.faults(f"{address}?colour=red") == [("colour", "unknown_parameter")]


def test_every_answer_names_the_licence_of_the_data(reader: Reader, here: dict[str, str]) -> None:
    for address in here.values():
        assert f'<{settings.DATA_LICENSE}>; rel="license"' in reader.get(address).headers["Link"]


@pytest.mark.parametrize(
    "address", ["/api/v1/stancez/", "/api/v2/", "/api/v1/stances/1/2/", "/api/v1/editions/x/"]
)
def test_below_the_api_nothing_found_is_a_problem(client: Client, address: str) -> None:
    response = client.get(address)

    assert response.status_code == 404
    check_problem(response)
