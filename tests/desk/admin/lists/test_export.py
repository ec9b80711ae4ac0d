"""The export of a list: what it shows, on all its pages, as CSV."""

import csv
from io import StringIO

import pytest

from tests.factories import ActorFactory, SourceFactory, StanceFactory
from tracker.values.nouns import Noun

pytestmark = pytest.mark.django_db


def exported(client, noun: str, **query) -> list[dict[str, str]]:
    """Return the rows that an export has."""
    answer = client.get(f"/admin/tracker/{noun}/export/", query)
    assert answer.status_code == 200
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert answer["Content-Disposition"] == f'attachment; filename="{Noun(noun).plural}.csv"'
    return list(csv.DictReader(StringIO(answer.getvalue().decode(), newline="")))


def test_it_has_every_page_of_the_list(analyst, monkeypatch):
    monkeypatch.setattr("tracker.desk.admin.records.actors.ActorAdmin.list_per_page", 2)
    ActorFactory.create_batch(5)

    assert len(exported(analyst, "actor")) == 5


def test_it_has_what_the_filters_and_the_search_leave_in_the_order_shown(analyst):
    china, russia = ActorFactory(slug="china"), ActorFactory(slug="russia")
    late, early = StanceFactory(actor=china, since="2019"), StanceFactory(actor=china, since="2018")
    StanceFactory(actor=russia)

    rows = exported(analyst, "stance", actor__exact=china.pk)

    assert [int(row["id"]) for row in rows] == [late.pk, early.pk]
    assert {row["actor"] for row in rows} == {"china"}
    assert exported(analyst, "stance", q="russia")[0]["actor"] == "russia"


def test_the_list_leads_to_it_with_its_query(analyst):
    SourceFactory(title="Found"), SourceFactory(title="Other")

    page = analyst.get("/admin/tracker/source/", {"q": "Found"}).content.decode()

    assert '<a href="/admin/tracker/source/export/?q=Found">Export 1 as CSV</a>' in page


def test_nonsense_in_the_query_leads_back_to_the_list(analyst):
    assert (
        analyst.get("/admin/tracker/source/export/", {"nonsense": "1"})["Location"]
        == "/admin/tracker/source/"
    )
