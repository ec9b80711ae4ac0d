"""The table of sources: narrowed, a page at a time, each with how many records cite it."""

import re

import pytest
from django.db import connections
from django.test.utils import CaptureQueriesContext

from tests.factories import (
    ActorFactory,
    AlignmentFactory,
    IssueFactory,
    MeetingFactory,
    SourceFactory,
    StanceFactory,
)
from tests.plugins.caches import forget
from tests.public.api.publishing import publish_whole, retract
from tests.public.site.conftest import Visitor
from tracker.models import Source

pytestmark = pytest.mark.django_db
TITLES = ("Agency", "Book", "Paper", "Undated")


def cite(source: Source) -> list[dict[str, object]]:
    return [{"source": source, "locator": "1"}]


@pytest.fixture
def sources() -> dict[str, Source]:
    """Four, of which a paper is cited by claims, a meeting and a settled issue,
    and passed on by a book.
    """
    agency = SourceFactory(
        title="Agency", outlet="state_media", url="", issued="2019-06-05", publisher="Xinhua"
    )
    paper = SourceFactory(
        title="Paper",
        outlet="independent",
        url="https://www.example.org/paper?page=1",
        issued="2021",
        publisher="Example",
        container_title="A daily",
        language="ru",
        archive_url="https://web.archive.org/web/20211203000000/https://example.org/paper",
    )
    book = SourceFactory(title="Book", outlet="academic", issued="2020-05", derives_from=paper)
    undated = SourceFactory(title="Undated", issued="", url="")
    claims = [
        make(citations=cite(paper)) for make in (StanceFactory, AlignmentFactory, MeetingFactory)
    ]
    claims += [
        StanceFactory(citations=[*cite(paper), {"source": paper, "locator": "2"}, *cite(agency)])
    ]
    decided = {
        "settled": "2022",
        "settlement": "So it was.",
        "settlement_source": paper,
        "settlement_locator": "3",
    }
    publish_whole(agency, book, undated, *claims, IssueFactory(**decided))
    return {"agency": agency, "paper": paper, "book": book, "undated": undated}


def rows(page: str) -> list[str]:
    return [
        " ".join(re.sub("<[^>]+>", " ", row).split())
        for row in re.findall("<tr>(.+?)</tr>", page, re.DOTALL)[1:]
    ]


def test_sources_are_a_table_the_latest_first(visitor: Visitor, sources: dict[str, Source]) -> None:
    page = visitor.read("/sources/")

    assert rows(page)[0] == "2021 Paper A daily , Example independent example.org 2021-12-03 5"
    assert rows(page)[1] == "May 2020 Book – academic example.org – 0"
    assert rows(page)[2:] == [
        "5 June 2019 Agency Xinhua state media – – 1",
        "– Undated – unknown – – 0",
    ]
    assert f'<th scope="row" lang="ru">\n<a href="/sources/{sources["paper"].pk}/">' in page
    assert 'href="https://www.example.org/paper?page=1"' in page
    assert '<option value="state_media">state media (1)</option>' in page


def test_an_english_title_stands_beside_the_title_wherever_a_source_is_named(
    visitor: Visitor,
) -> None:
    source = SourceFactory(
        title="Совместное заявление", english_title="Joint <statement>", language="ru"
    )
    stance = StanceFactory(citations=cite(source))
    publish_whole(source, stance)
    english = "Joint &lt;statement&gt;"

    assert f'(<bdi class="english-title">{english}</bdi>)' in visitor.read(f"/stances/{stance.pk}/")
    assert f'<span class="english-title" lang="en">(<bdi>{english}</bdi>)</span>' in visitor.read(
        "/sources/"
    )
    page = visitor.read(f"/sources/{source.pk}/")
    assert f"<dt>Title in English</dt>\n<dd><bdi>{english}</bdi></dd>" in page
    assert f"(“{english}”)" in page
    assert str(source.pk) in visitor.read("/search/?q=statement"), "it is found by it"


def test_uses_are_those_of_the_edition(visitor: Visitor, sources: dict[str, Source]) -> None:
    """A record that cites it twice is one; what was withdrawn is none."""
    cited = StanceFactory(citations=cite(sources["book"]))
    publish_whole(cited)
    assert rows(visitor.read("/sources/?q=book"))[0].endswith(" 1")
    retract(cited)

    assert [rows(visitor.read(f"/sources/?q=book&edition={n}"))[0][-1] for n in (1, 2, 3)] == [
        "0",
        "1",
        "0",
    ]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("outlet=state_media", "Agency"),
        ("outlet=academic,unknown", "Book Undated"),
        ("issued_from=2020&issued_to=2020", "Book"),
        ("issued_to=2019", "Agency"),
        ("has_address=true", "Book Paper"),
        ("has_address=false", "Agency Undated"),
        ("q=xinhua", "Agency"),
        ("q=paper&outlet=independent", "Paper"),
        ("outlet=official", ""),
    ],
)
def test_sources_are_narrowed(
    visitor: Visitor, sources: dict[str, Source], query: str, found: str
) -> None:
    page = visitor.read(f"/sources/?{query}")

    listed = " ".join(rows(page)) if found else ""
    assert [title for title in TITLES if title in listed] == found.split()
    assert ("No source fits all that is chosen." in page) == (not found)
    for form, address in (("json", "/api/v1/sources/"), ("csv", "/api/v1/sources.csv")):
        led = visitor.get(f"/sources.{form}?{query}").headers["Location"]
        assert (led.partition("?")[0], {*led.partition("?")[2].split("&")}) == (
            address,
            _as_days(query),
        ), form


def _as_days(query: str) -> set[str]:
    """Return the parameters of an address of the API, where years are days."""
    return {
        *re.sub(
            "from=(2[0-9]+)", r"from=\1-01-01", re.sub("to=(2[0-9]+)", r"to=\1-12-31", query)
        ).split("&")
    }


def test_what_is_wrong_with_a_filter_is_told(visitor: Visitor, sources: dict[str, Source]) -> None:
    for query in (
        "outlet=press",
        "has_address=maybe",
        "issued_from=June",
        "before=2019-02-30&place=1",
    ):
        assert visitor.get(f"/sources/?{query}").status_code == 400, query


def test_sources_come_a_page_at_a_time_in_as_many_statements(visitor: Visitor) -> None:
    """However many there are, and however often they are cited;
    each comes once, also of one day and of none.
    """
    publish_whole(StanceFactory(citations=cite(SourceFactory(title="Number 0"))))
    counts, page = [], ""
    for many in (0, 120):
        days = ("2018-05-05", "2018-05-05", "", "2017")
        more = [SourceFactory(title=f"Number {n}", issued=days[n % 4]) for n in range(1, many + 1)]
        publish_whole(
            ActorFactory(), *more, *(StanceFactory(citations=cite(source)) for source in more[:20])
        )
        forget()
        with CaptureQueriesContext(connections["publication"]) as queries:
            page = visitor.read("/sources/")
        counts.append(len(queries))
    assert counts == [6, 6]

    seen = re.findall(r"<bdi>(Number \d+)</bdi>", page)
    assert len(seen) == 50
    while link := re.search(r'href="(/sources/\?[^"]+)" rel="next"', page):
        page = visitor.read(link[1].replace("&amp;", "&"))
        seen += re.findall(r"<bdi>(Number \d+)</bdi>", page)
    assert sorted(seen) == sorted(f"Number {n}" for n in range(121))
    assert "The latest of these" in page
