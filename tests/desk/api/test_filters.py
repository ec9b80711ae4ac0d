"""The desk's lists take the publication's filters,
which find there what they find in what is published of it.
"""

from importlib import import_module

import pytest

from tests.desk.api.working import Worker
from tests.public.api import cases
from tracker.desk.api.filters import filters
from tracker.schema.records import FILTERS
from tracker.values.nouns import Noun

pytestmark = pytest.mark.django_db
PUBLIC = {noun: import_module(f"tests.public.api.v1.test_{noun.plural}") for noun in Noun}


@pytest.fixture(params=Noun)
def labelled(request: pytest.FixtureRequest, db: None) -> cases.Labelled:
    """The labelled records of each noun, all published,
    by which the publication's filters are tried.
    """
    return PUBLIC[request.param].labelled.__wrapped__(None)


@pytest.fixture
def everything(labelled: cases.Labelled, anna: Worker) -> dict[str, list[int]]:
    """What each query of the publication's cases finds at the desk."""
    numbers = {
        label: record.pk for label, record in {**labelled.records, **labelled.others}.items()
    }
    queries = [query for query, _ in PUBLIC[labelled.noun].FINDS]
    return {
        query: anna.ids(f"{labelled.noun.plural}/?{query.format(**numbers)}") for query in queries
    }


@pytest.mark.parametrize("noun", [noun for noun in Noun if cases.optional(noun)])
def test_so_do_those_of_optional_fields(noun, anna):
    labelled, finds = cases.of_optional_fields(noun)
    by_id = {record.pk: label for label, record in labelled.records.items()}

    results = {
        query: {by_id[pk] for pk in anna.ids(f"{noun.plural}/?{query}")} for query, _ in finds
    }

    assert results == {query: set(labels.split()) for query, labels in finds}
    refused = [
        query for query, _ in cases.refused(noun) if query.partition("=")[0] in cases.optional(noun)
    ]
    assert {anna.get(f"{noun.plural}/?{query}").status_code for query in refused} == {400}


@pytest.mark.parametrize("noun", Noun)
def test_the_desk_has_the_filters_of_the_publication_and_two_more(noun):
    assert [
        declared for declared in filters(noun) if declared.name not in ("state", "author")
    ] == FILTERS[noun]
    assert len(filters(noun)) == len(FILTERS[noun]) + 2


@pytest.mark.slow
def test_each_filter_finds_what_it_finds_in_the_publication(labelled, everything):
    by_id = {record.pk: label for label, record in labelled.records.items()}

    by_query = {
        query: {by_id.get(pk, f"record {pk}") for pk in ids} for query, ids in everything.items()
    }

    assert by_query == {query: set(labels.split()) for query, labels in PUBLIC[labelled.noun].FINDS}


@pytest.mark.slow
def test_each_value_that_the_publication_refuses_is_refused_here(labelled, anna):
    for query, code in [*cases.refused(labelled.noun), *PUBLIC[labelled.noun].REFUSES]:
        response = anna.get(f"{labelled.noun.plural}/?{query}")
        assert response.status_code == 400, query
        assert [fault["code"] for fault in response.json()["errors"]] == [code], query
