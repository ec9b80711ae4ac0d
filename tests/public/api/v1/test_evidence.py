"""Claims found by what they rest on: independent sources, outlets, addresses;
and sources that pass on others.
"""

import pytest

from tests.costs import assert_same_cost
from tests.desk.api.working import Worker
from tests.factories import AlignmentFactory, SourceFactory, StanceFactory
from tests.public.api.client import Reader
from tests.public.api.publishing import edit, merge, publish, publish_whole
from tests.public.site.conftest import Visitor, forget
from tracker.models import Source, Stance

pytestmark = pytest.mark.django_db


def backed(*sources: Source, relation: str = "supports", make: type = StanceFactory) -> Stance:
    cited = [{"source": source, "locator": "1", "relation": relation} for source in sources]
    claim: Stance = make(citations=cited)
    return claim


@pytest.fixture
def sources() -> dict[str, Source]:
    """An agency, two copies of it of which one was translated, and another paper."""
    agency = SourceFactory(ref="agency", outlet="state_media", url="")
    copy = SourceFactory(ref="copy", derives_from=agency, url="https://example.org/copy")
    made = {"agency": agency, "copy": copy, "translated": SourceFactory(derives_from=copy, url="")}
    return {**made, "paper": SourceFactory(outlet="independent", url="https://example.org/paper")}


def test_of_sources_that_pass_on_one_only_one_is_counted(
    reader: Reader, sources: dict[str, Source]
) -> None:
    one = [
        backed(sources["translated"]),
        backed(sources["copy"], sources["translated"], sources["agency"]),
    ]
    two = backed(sources["translated"], sources["paper"])
    none, contradicted = backed(sources["paper"], relation="contradicts"), backed(sources["paper"])
    pair = backed(sources["copy"], sources["paper"], make=AlignmentFactory)
    publish_whole(*one, two, contradicted, pair)
    publish_whole(edit(none, position="no_evidence"))

    every = {two.pk, contradicted.pk, none.pk, *(claim.pk for claim in one)}
    assert set(reader.ids("stances/?min_sources=0")) == every
    assert set(reader.ids("stances/?min_sources=1")) == every - {none.pk}
    assert reader.ids("stances/?min_sources=2") == [two.pk]
    assert reader.ids("stances/?min_sources=3") == []
    assert (
        reader.ids("alignments/?min_sources=2")
        == Worker("analysts").ids("alignments/?min_sources=2")
        == [pair.pk]
    )
    assert set(reader.ids("stances/?max_sources=1")) == every - {two.pk}
    assert reader.ids("stances/?max_sources=0") == [none.pk]
    assert set(reader.ids("stances/?min_sources=1&max_sources=1")) == every - {two.pk, none.pk}
    for query in (f"{of}={number}" for of in ("min_sources", "max_sources") for number in range(4)):
        assert set(Worker("analysts").ids(f"stances/?{query}")) == set(
            reader.ids(f"stances/?{query}")
        )
    assert reader.faults("stances/?min_sources=-1") == [("min_sources", "invalid")]


def test_it_is_counted_as_of_the_edition(reader: Reader, sources: dict[str, Source]) -> None:
    claim = backed(sources["agency"], sources["paper"])
    publish_whole(claim)
    publish(edit(sources["paper"], derives_from=sources["agency"]))

    assert reader.ids("stances/?min_sources=2&edition=1") == [claim.pk]
    assert reader.ids("stances/?min_sources=2&edition=2") == []
    assert (
        reader.read(f"sources/{sources['paper'].pk}/")["derives_from"]["id"] == sources["agency"].pk
    )
    assert reader.faults("sources/?derives_from=agency") == [("derives_from", "invalid")]
    assert set(reader.ids(f"sources/?derives_from={sources['agency'].pk}")) == {sources["paper"].pk}


def test_of_a_merged_origin_the_survivor_is_counted(
    reader: Reader, sources: dict[str, Source]
) -> None:
    other = SourceFactory(title=sources["agency"].title)
    again = SourceFactory(derives_from=other)
    claim = backed(sources["copy"], again)
    publish_whole(claim)
    assert reader.ids("stances/?min_sources=2") == [claim.pk]

    merge(other, sources["agency"])
    assert reader.ids("stances/?min_sources=2") == []


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("outlet=state_media", ["agency"]),
        ("outlet=state_media,independent", ["agency", "paper"]),
        ("outlet=official", []),
        ("has_address=true", ["paper"]),
        ("has_address=false", ["agency"]),
    ],
)
def test_claims_are_found_by_outlets_and_addresses_of_what_they_cite_the_desk_finds_the_same(
    reader: Reader, sources: dict[str, Source], query: str, found: list[str]
) -> None:
    claims = {name: backed(sources[name]) for name in ("agency", "paper")}
    publish_whole(*claims.values())

    assert set(reader.ids(f"stances/?{query}")) == {claims[name].pk for name in found}
    assert set(Worker("analysts").ids(f"stances/?{query}")) == {claims[name].pk for name in found}


def test_pages_tell_what_claims_rest_on(sources: dict[str, Source]) -> None:
    claim = backed(sources["copy"], sources["translated"], sources["paper"])
    publish_whole(claim, backed(sources["agency"]))
    visitor = Visitor()

    assert "3 sources, 2 independent" in visitor.text(f"/stances/{claim.pk}/")
    assert "What it rests on: Of 1 claim, 1 on two." in visitor.text(f"/issues/{claim.issue.slug}/")
    first = visitor.text("/")
    rests_on = (
        "Every claim names the source that says so. Of 2 claims, 1 on one independent source, 1 "
        "on two."
    )
    assert f"What it rests on: {rests_on} 1 cites a source" in first
    assert f"Passes on {sources['agency'].title}" in visitor.text(f"/sources/{sources['copy'].pk}/")
    assert "Sources that pass it on" in visitor.text(f"/sources/{sources['agency'].pk}/")
    assert 'id="evidence"' in visitor.read("/about/")


def test_it_takes_the_same_statements_with_one_copy_and_twenty(sources: dict[str, Source]) -> None:
    claim, visitor = backed(sources["copy"], sources["paper"]), Visitor()
    publish_whole(claim)
    addresses = (
        "/",
        f"/stances/{claim.pk}/",
        f"/issues/{claim.issue.slug}/",
        f"/sources/{sources['agency'].pk}/",
    )

    def prepare(number: int):
        publish_whole(
            *(backed(SourceFactory(derives_from=sources["agency"])) for _ in range(number))
        )
        forget()
        return lambda: [visitor.read(address) for address in addresses]

    assert_same_cost(prepare)
