"""Sources in the admin: described as CSL does, and each only once."""

import pytest

from tests.admin.conftest import errors
from tests.factories import SourceFactory
from tracker.models import Source

pytestmark = pytest.mark.django_db
ADD = "/admin/tracker/source/add/"


def typed(**changes):
    """Return what a browser sends for a new web page."""
    return {"type": "webpage", "title": "A page", "outlet": "unknown", **changes}


def test_authors_are_a_list_of_names(analyst):
    analyst.post(
        ADD, typed(authors='[{"family": "Stokes", "given": "Jacob"}, {"literal": "Xinhua"}]', language="zh-CN")
    )

    source = Source.objects.get()
    assert source.authors == [{"family": "Stokes", "given": "Jacob"}, {"literal": "Xinhua"}]


@pytest.mark.parametrize(
    ("authors", "says"),
    [
        ('{"family": "S"}', "Write a list of names: [{“family”: “Stokes”, “given”: “Jacob”}], with straight quotes."),
        ('["Stokes"]', "Author 1: write an object with “family” and “given”, or with “literal” for a body."),
        ('[{"family": "S"}, {"given": "J"}]', "Author 2: give it a “family” name, or a “literal” one for a body."),
        ('[{"name": "S"}]', "Author 1: “name” is not a part of a CSL name; use family, given or literal."),
    ],
)  # fmt: skip
def test_authors_that_are_no_names_are_refused(analyst, authors, says):
    assert errors(analyst.post(ADD, typed(authors=authors))) == {"authors": [says]}


def test_the_same_address_on_the_same_day_is_refused_however_it_is_spelt(analyst):
    SourceFactory(url="https://www.example.org/page/", issued="2019-06")

    page = analyst.post(ADD, typed(url="http://example.org/page?utm_source=x", issued="2019-06"))

    assert errors(page) == {
        "url": ["This address is a source already; tell them apart by “issued” or “archive_url”, or use that source."]
    }


def test_the_same_address_on_another_day_is_another_source(analyst):
    SourceFactory(url="https://www.example.org/page/", issued="2019-06")

    assert analyst.post(ADD, typed(url="https://www.example.org/page/", issued="2019-07")).status_code == 302


def test_an_address_without_a_scheme_is_taken_as_https(analyst):
    analyst.post(ADD, typed(url="example.org/page"))

    assert Source.objects.get().url == "https://example.org/page"


def test_issued_is_no_interval(analyst):
    assert "is an interval" in errors(analyst.post(ADD, typed(issued="2018/2019")))["issued"][0]


def test_a_language_that_is_none_is_refused(analyst):
    assert errors(analyst.post(ADD, typed(language="in Chinese"))) == {
        "language": ["“in Chinese” is not a language tag: write one like en, zh or pt-BR."]
    }
