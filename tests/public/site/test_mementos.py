"""A client of RFC 7089 finds every page as it was: by time gates, mementos and time maps alone."""

import re
from datetime import UTC, datetime
from typing import Any, NamedTuple
from urllib.parse import urljoin

import pytest
from django.http import HttpResponse
from django.utils.http import http_date, parse_http_date

from tests.factories import IssueFactory
from tests.public.api.publishing import edit, publish, publish_whole
from tests.public.site.conftest import Visitor
from tests.public.site.pages import make
from tracker.public.read import editions

pytestmark = pytest.mark.django_db
LINK = re.compile(r'<([^>]*)>((?:\s*;\s*[\w-]+="[^"]*")*)\s*(?:,|$)')


class Link(NamedTuple):
    """A link of RFC 8288: where to, and its attributes."""

    href: str
    attributes: dict[str, str]

    @property
    def relations(self) -> set[str]:
        return set(self.attributes["rel"].split())


class Archive:
    """A client that reads headers and time maps, and composes no address itself."""

    def __init__(self, visitor: Visitor) -> None:
        self.visitor = visitor

    def get(self, address: str, **headers: str) -> HttpResponse:
        assert address.startswith("http://testserver/"), address
        return self.visitor.get(address.removeprefix("http://testserver"), **headers)

    def links(self, text: str) -> list[Link]:
        """Return the links of a header or a time map, all of which can be read."""
        links = [
            Link(href, dict(re.findall(r'([\w-]+)="([^"]*)"', attributes)))
            for href, attributes in LINK.findall(text.strip())
        ]
        assert LINK.sub("", text.strip()).strip() == "", text
        return links

    def of(self, response: HttpResponse, relation: str) -> str:
        [href] = {
            link.href for link in self.links(response.headers["Link"]) if relation in link.relations
        }
        return href

    def at(self, original: str, moment: datetime) -> HttpResponse:
        """Return a page as it was at a moment, by negotiation with its time gate."""
        gate = self.of(self.get(original), "timegate")
        led = self.get(gate, accept_datetime=http_date(moment.timestamp()))
        assert led.status_code == 302
        assert "Accept-Datetime" in led.headers["Vary"]
        assert "Memento-Datetime" not in led.headers
        assert self.of(led, "original") == original
        memento = self.get(urljoin(gate, led.headers["Location"]))
        assert memento.status_code == 200
        assert self.of(memento, "original") == original
        return memento

    def mementos(self, timemap: str) -> list[Link]:
        answer = self.get(timemap)
        assert answer.status_code == 200
        assert answer.headers["Content-Type"].startswith("application/link-format")
        links = self.links(answer.content.decode())
        [own] = [link for link in links if "self" in link.relations]
        assert own.href == timemap
        mementos = [link for link in links if "memento" in link.relations]
        moments = [parse_http_date(memento.attributes["datetime"]) for memento in mementos]
        assert moments == sorted(moments)
        assert (own.attributes["from"], own.attributes["until"]) == (
            mementos[0].attributes["datetime"],
            mementos[-1].attributes["datetime"],
        )
        [earlier] = [link.href for link in links if link.relations == {"timemap"}] or [""]
        return [*(self.mementos(earlier) if earlier else []), *mementos]


@pytest.fixture(scope="module")
def pages(kept_for_the_module: None) -> list[str]:
    """Return addresses of all kinds of pages that have mementos;
    of three editions, each a day after another.
    """
    known = make(2)
    publish_whole(*known.values())
    publish(edit(known["stance"], summary="It was edited."))
    publish(IssueFactory(slug="late"))
    source = known["stance"].citations.first().source_id
    kinds = {"stances": "stance", "alignments": "alignment", "meetings": "meeting"}
    return [
        "/",
        "/issues/",
        "/issues/canal/",
        "/actors/",
        "/actors/china/",
        "/pairs/china/russia/",
        "/meetings/",
        "/votes/",
        "/sources/",
        f"/sources/{source}/",
        "/corrections/",
        "/editions/",
        "/editions/1/",
        "/search/",
        *(f"/{plural}/{known[name].pk}/" for plural, name in kinds.items()),
    ]


def test_every_page_is_found_as_it_was(visitor: Visitor, pages: list[str]) -> None:
    """At the moment of an edition by its gate,
    and by its time map each with the moment that it says.
    """
    archive, first = Archive(visitor), editions.by_number(1)
    for page in pages:
        original = f"http://testserver{page}"
        memento = archive.at(original, first.published_at)
        assert parse_http_date(memento.headers["Memento-Datetime"]) >= int(
            first.published_at.timestamp()
        ), page
        before = archive.at(original, datetime(2001, 1, 1, tzinfo=UTC))
        assert parse_http_date(before.headers["Memento-Datetime"]) == int(
            first.published_at.timestamp()
        ), page

        listed = archive.mementos(archive.of(memento, "timemap"))
        assert len(listed) == 3, page
        for link in listed:
            answer = archive.get(link.href)
            assert answer.status_code == 200, link
            assert answer.headers["Memento-Datetime"] == link.attributes["datetime"]
            assert answer.headers["Cache-Control"].endswith("immutable")


def test_a_long_time_map_goes_on_in_others(
    visitor: Visitor, pages: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tracker.public.site.machines.LARGEST_TIMEMAP", 2)
    archive = Archive(visitor)

    listed = archive.mementos("http://testserver/timemap/issues/")

    assert [memento.href.partition("edition=")[2] for memento in listed] == ["1", "2", "3"]


@pytest.mark.parametrize("moment", ["yesterday", "2019-06-01", "Fri, 31 Feb 2019 00:00:00 GMT", ""])
def test_a_moment_that_is_none_is_told(visitor: Visitor, pages: Any, moment: str) -> None:
    assert visitor.get("/issues/", accept_datetime=moment).status_code == 400
