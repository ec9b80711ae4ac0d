"""A tracker of others: its pages, files and citations with none, one,
two or three actors in focus.
"""

import re
from html import unescape
from typing import Any
from xml.etree import ElementTree

import pytest
import yaml

from tests.factories import (
    ActFactory,
    ActorFactory,
    AlignmentFactory,
    IssueFactory,
    MeetingFactory,
    StanceFactory,
    VoteFactory,
)
from tests.public.api.publishing import publish_whole
from tests.public.site.conftest import Visitor
from tests.public.site.test_agreement import votes
from tracker.public.formats.bibtex import read_bibtex
from tracker.public.formats.releases import citation
from tracker.public.formats.releases.citation import CitedRelease
from tracker.public.site.dates import today

pytestmark = pytest.mark.django_db
FOCI: dict[str, tuple[str, ...]] = {
    "none": (),
    "one": ("iran",),
    "two": ("iran", "north-korea"),
    "three": ("iran", "north-korea", "belarus"),
}
PAIR = "/pairs/iran/north-korea/"
PAGES = (
    "/",
    "/?differ=true",
    "/?actor=belarus",
    "/?max_sources=1",
    "/issues/",
    "/issues/sea/",
    "/issues/canal/",
    "/actors/",
    "/actors/iran/",
    PAIR,
    "/editions/",
    "/editions/1/",
    "/releases/",
    "/about/",
    "/search/?q=joint+vetoes",
    "/votes/",
    "/search/?q=iran",
    "/meetings/",
    "/acts/",
    "/unresolved/",
    "/forecasts/",
    "/sources/",
    "/corrections/",
    "/agreement/",
    "/codebook/",
    "/api/v1/",
    "/api/v1/changes.atom",
    "/meetings.ics",
    "/index.svg",
    "/index.bib",
)
# Regions of the world, which are the same in every tracker.
GEOGRAPHY = ("China, Japan, the Koreas", "Europe with Russia", "South China Sea")
HOSTILE = 'Iran & <b>North_Korea</b>: "100 %", {all}'


@pytest.fixture
def published() -> None:
    """What two actors think of a canal, how they relate, what they did, and how they voted;
    a third has a say too.
    """
    iran, korea = (
        ActorFactory(slug="iran", name="Iran"),
        ActorFactory(slug="north-korea", name="North Korea"),
    )
    sea = IssueFactory(slug="sea", title="The sea", question="")
    canal = IssueFactory(slug="canal", title="The canal", question="Should it be dug?", parent=sea)
    of_day = {"issue": canal, "since": "2018", "confirmed_on": today().isoformat()}
    both = [{"actor": iran}, {"actor": korea}]
    publish_whole(
        StanceFactory(actor=iran, position="supports", **of_day),
        StanceFactory(actor=korea, position="opposes", **of_day),
        StanceFactory(
            actor=ActorFactory(slug="belarus", name="Belarus"), position="opposes", **of_day
        ),
        AlignmentFactory(actor=iran, counterpart=korea, pattern="divergent", **of_day),
        MeetingFactory(title="A summit", participants=both, issues=[{"issue": canal}]),
        ActFactory(title="A treaty", participants=both, issues=[{"issue": canal}]),
        VoteFactory(
            title="A draft",
            issue=canal,
            ballots=[{"actor": iran}, {"actor": korea, "choice": "no"}],
        ),
    )


@pytest.fixture(params=FOCI)
def focus(request: pytest.FixtureRequest, settings: Any) -> tuple[str, ...]:
    settings.FOCUS = FOCI[request.param]
    settings.TITLE, settings.TEAM = "Tracker of a canal", "Its team"
    return settings.FOCUS


def heads(page: str) -> list[str]:
    """Return the heads of the matrix's columns."""
    table = page.partition("<thead>")[2].partition("</thead>")[0]
    return [re.sub("<.*?>", "", head) for head in re.findall(r"<th.*?>(.*?)</th>", table)]


def links(page: str) -> set[str]:
    return {unescape(link).partition("#")[0] for link in re.findall(r'href="(/[^"]*)"', page)}


def test_no_page_speaks_of_another_tracker(
    visitor: Visitor, published: None, focus: tuple[str, ...]
) -> None:
    for address in PAGES:
        response = visitor.client.get(address, follow=True)
        said = (
            "".join(part.decode() for part in response)
            if response.streaming
            else response.content.decode()
        )
        for words in GEOGRAPHY:
            said = said.replace(words, "")
        assert response.status_code == (404 if address == "/index.svg" and not focus else 200), (
            address
        )
        assert re.findall("(?i)china|russia", said) == [], address


def test_every_link_leads_somewhere(
    visitor: Visitor, published: None, focus: tuple[str, ...]
) -> None:
    """From the pages that lead to those in focus."""
    reached = set[str]()
    for address in ("/", "/?differ=true", "/actors/", "/votes/", "/about/", "/issues/sea/"):
        reached |= links(visitor.read(address))
    broken = {
        link
        for link in reached - {"/static/"}
        if not link.startswith("/static/") and status(visitor, link) >= 400
    }
    assert broken == set()
    assert (PAIR in reached) == (len(focus) > 1)


def status(visitor: Visitor, address: str) -> int:
    return visitor.client.get(address, follow=True).status_code


def test_the_matrix_has_a_column_for_each_and_compares_the_first_two(
    visitor: Visitor, published: None, focus: tuple[str, ...]
) -> None:
    page = visitor.read("/")
    relation = {"two": ["How they relate"], "three": ["Iran and North Korea"]}
    names = ["Iran", "North Korea", "Belarus"][: len(focus)]
    count = [*FOCI][[*FOCI.values()].index(focus)]

    assert heads(page) == [
        "Issue",
        *names,
        *relation.get(count, ()),
        *(["Last confirmed"] if focus else []),
    ]
    assert (
        ("take the same side on 0 of 1 question" in page)
        == ("only where they differ" in page)
        == (len(focus) > 1)
    )
    assert ("No actor is chosen" in page) == (not focus)
    assert 'href="/issues/canal/"' in page
    assert ('id="newest"' in page) == bool(focus)


def test_a_reader_can_compare_two_where_nobody_is_in_focus(
    visitor: Visitor, published: None, settings: Any
) -> None:
    settings.FOCUS = ()

    page = visitor.read("/?actor=Iran,north-korea")

    assert heads(page) == ["Issue", "Iran", "North Korea", "How they relate", "Last confirmed"]
    assert "Iran and North Korea take the same side on 0 of 1 question" in page


def test_votes_have_a_column_for_each_and_ways_to_vetoes_of_each(
    visitor: Visitor, published: None, focus: tuple[str, ...]
) -> None:
    page = visitor.text("/votes/")

    assert ("by both" in page) == (len(focus) > 1)
    for slug, name in {"iran": "Iran", "north-korea": "North Korea", "belarus": "Belarus"}.items():
        assert (f"by {name} alone" in page) == (slug in focus)


def test_the_chart_and_its_figures_are_of_the_first_two(visitor: Visitor, settings: Any) -> None:
    settings.FOCUS = ("russia", "china", "iran")
    votes({2015: (20, 5), 2016: (20, 10)})

    page = visitor.read("/?on=2019-06-15")

    assert page.count("<svg") == 2
    assert 'href="/pairs/china/russia/?on=2019-06-15#agreement"' in page.replace(
        "/russia/china/", "/china/russia/"
    )


def test_an_actor_in_focus_that_is_unknown_breaks_no_page(
    visitor: Visitor, published: None, settings: Any
) -> None:
    """Its column is there, and empty; no page leads to it."""
    settings.FOCUS = ("iran", "atlantis")

    for address in PAGES:
        assert status(visitor, address) == 200, address
    page = visitor.read("/")
    assert heads(page) == ["Issue", "Iran", "Atlantis", "How they relate", "Last confirmed"]
    reached = links(page) | links(visitor.read("/votes/")) | links(visitor.read("/actors/"))
    broken = {
        link for link in reached if not link.startswith("/static/") and status(visitor, link) >= 400
    }
    assert broken == {"/actors/atlantis/"}


def test_an_actor_that_is_in_focus_by_two_slugs_has_one_column(
    visitor: Visitor, published: None, settings: Any
) -> None:
    settings.FOCUS = ("iran", "north-korea")

    assert heads(visitor.read("/?actor=iran,Belarus"))[1:4] == ["Iran", "North Korea", "Belarus"]


def test_whatever_a_tracker_is_called_its_files_can_be_read(
    visitor: Visitor, published: None, settings: Any
) -> None:
    settings.TITLE, settings.TEAM = HOSTILE, "Us & {them}"

    assert "<b>North" not in visitor.read("/")
    assert f"{HOSTILE}, edition 1" in visitor.text("/issues/canal/")
    (entry,) = read_bibtex(visitor.read("/issues/canal.bib"))
    assert (entry["container-title"], entry["author"]) == (HOSTILE, [{"literal": "Us & {them}"}])
    feed = ElementTree.fromstring(visitor.read("/api/v1/changes.atom"))
    assert feed.findtext("{*}title") == f"{HOSTILE}: what changed"
    calendar = visitor.read("/api/v1/meetings.ics").replace("\r\n ", "")
    name = HOSTILE.replace(",", "\\,")
    assert f"NAME:{name}: meetings\r\n" in calendar
    assert HOSTILE in "".join(ElementTree.fromstring(visitor.read("/index.svg")).itertext())


def test_whatever_a_tracker_is_called_its_releases_can_be_cited(settings: Any) -> None:
    settings.TITLE, settings.TEAM = HOSTILE, "Us & {them}"
    cited = CitedRelease("2026.1", 1, today(), settings.DATA_LICENSE)

    cff = yaml.safe_load(citation.cff(cited))
    (entry,) = read_bibtex(citation.bibtex(cited))

    assert (cff["title"], cff["authors"]) == (HOSTILE, [{"name": "Us & {them}"}])
    assert (entry["title"], entry["author"]) == (HOSTILE, [{"literal": "Us & {them}"}])
    assert citation.licence(cited).startswith(f"{HOSTILE}, release 2026.1")


@pytest.mark.parametrize(
    ("name", "value"), [("TITLE", "Another"), ("TEAM", "Others"), ("FOCUS", ("iran",))]
)
def test_what_a_browser_has_kept_is_not_taken_for_that_of_another_name(
    visitor: Visitor, published: None, settings: Any, name: str, value: Any
) -> None:
    tag = visitor.get("/").headers["ETag"]
    assert visitor.get("/", **{"If-None-Match": tag}).status_code == 304

    setattr(settings, name, value)

    assert visitor.get("/", **{"If-None-Match": tag}).status_code == 200
