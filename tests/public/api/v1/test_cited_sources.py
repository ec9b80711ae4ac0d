"""What claims cite: sources by the issues of claims, and bibliographies of lists of claims."""

import re
from typing import Any

import pytest
from django.db import connections
from django.test.utils import CaptureQueriesContext

from tests.factories import AlignmentFactory, IssueFactory, SourceFactory, StanceFactory
from tests.public.api.client import Reader
from tests.public.api.publishing import edit, publish, publish_whole, retract
from tracker.models import Source

pytestmark = pytest.mark.django_db


def cited(source: Source) -> dict[str, Any]:
    return {"source": source, "locator": "p. 5"}


def test_only_what_is_public_tells_where_a_source_is_cited(reader: Reader) -> None:
    """By the edition that answers: neither drafts nor what was retracted since."""
    issue, source, other = IssueFactory(slug="canal"), SourceFactory(), SourceFactory()
    stance = StanceFactory(issue=issue, citations=[cited(source)])
    publish_whole(stance)
    publish(other)
    StanceFactory(issue=issue, since="1950", until="1951", citations=[cited(other)])
    retract(stance)

    assert reader.read("sources/?cited_on=canal")["results"] == []
    assert [
        shown["id"] for shown in reader.read("sources/?cited_on=canal&edition=2")["results"]
    ] == [source.pk]


@pytest.mark.parametrize("plural", ["stances", "alignments"])
def test_a_bibliography_of_claims_has_what_they_cite(reader: Reader, plural: str) -> None:
    """Each source once, as of the edition that answers; of the claims that are asked for alone."""
    factory = {"stances": StanceFactory, "alignments": AlignmentFactory}[plural]
    canal, sea = IssueFactory(slug="canal"), IssueFactory(slug="sea")
    first, second, third = (SourceFactory(ref=ref) for ref in ("first", "second", "third"))
    both = factory(issue=canal, citations=[cited(first), cited(second)])
    publish_whole(both, factory(issue=sea, citations=[cited(third), cited(first)]))
    publish(edit(first, title="Another title"))

    def keys(query: str) -> list[str]:
        response = reader.get(f"{plural}.bib?{query}")
        assert response.headers["Content-Type"] == "application/x-bibtex; charset=utf-8"
        return re.findall(r"^@online\{(.*),$", b"".join(response).decode(), re.MULTILINE)

    assert keys("") == ["first", "second", "third"]
    assert keys("issue=canal") == ["first", "second"]
    assert keys("issue=canal&edition=0") == []
    assert "Another title" in b"".join(reader.get(f"{plural}.bib?issue=canal")).decode()
    assert (
        "Another title" not in b"".join(reader.get(f"{plural}.bib?issue=canal&edition=1")).decode()
    )
    assert reader.faults(f"{plural}.bib?issue=nothing&fields=id") == [
        ("fields", "unknown_parameter"),
        ("issue", "unknown"),
    ]


def test_a_bibliography_asks_as_much_for_one_claim_as_for_twenty(reader: Reader) -> None:
    publish_whole(StanceFactory(id=1000), *StanceFactory.create_batch(20))

    counts = []
    for query in ("id=1000", ""):
        with CaptureQueriesContext(connections["publication"]) as asked:
            assert b"@" in b"".join(reader.get(f"stances.bib?{query}"))
        counts.append(len(asked))
    assert counts[0] == counts[1]
