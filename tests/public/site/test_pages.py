"""What is on each page: whole, in few statements however much there is,
safe from what is in records, and no draft.
"""

import re
from typing import Any
from xml.etree import ElementTree

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test.utils import CaptureQueriesContext, override_settings

from tests.factories import (
    ActorFactory,
    AlignmentFactory,
    IssueFactory,
    MeetingFactory,
    SourceFactory,
    StanceFactory,
)
from tests.public.api.publishing import edit, merge, publish, publish_whole, retract
from tests.public.site.conftest import Visitor, forget
from tests.public.site.pages import PAGES, make
from tracker.public.cards import cards
from tracker.public.http import throttling
from tracker.public.http.throttling import Limit
from tracker.public.site import urls
from tracker.publishing.status import statuses
from tracker.schema.records import NOUNS
from tracker.values.nouns import Noun

pytestmark = pytest.mark.django_db
CANARY = "nobodymayreadthis"
HOSTILE = "<script>alert(1)</script>\u202e\u2066 & \"'" + "W" * 3000


@pytest.fixture
def known() -> dict[str, object]:
    """Records about a canal, published as edition 1."""
    known = make()
    publish_whole(*known.values(), note="The <first> edition")
    return known


def test_every_page_is_whole(visitor: Visitor, known: dict[str, object]) -> None:
    """One title, one heading, a description, no script and no style of its own,
    nothing left of the template.
    """
    for address in PAGES:
        check_whole(visitor.get(address))


def check_whole(response: HttpResponse) -> None:
    page = response.content.decode()

    assert response.status_code == 200
    without_pictures = re.sub(r"<svg.*?</svg>", "", page, flags=re.DOTALL)
    assert (
        page.count("<h1>")
        == without_pictures.count("<title>")
        == page.count('<main id="main">')
        == 1
    )
    assert '<meta name="description"' in page
    assert "{%" not in page
    assert not re.search(r"\(pieces=|&lt;\w+\.\w+|object at 0x", page), (
        "something in it has no words for readers"
    )
    assert not re.search(
        r"<style|<script(?! type=\"application/ld)|style=|onclick|javascript:", page
    )
    assert "style-src 'self'" in response.headers["Content-Security-Policy"]
    assert not re.search("script|unsafe", response.headers["Content-Security-Policy"])
    assert "Set-Cookie" not in response.headers
    assert response.headers["X-Frame-Options"] == "DENY"
    ids = re.findall(r' id="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r'href="#([^"]+)"', page)) <= {*ids}


@pytest.mark.slow
def test_every_link_leads_somewhere(visitor: Visitor, known: dict[str, object]) -> None:
    publish(*(IssueFactory(slug=key) for key in ("venezuela", "north-korea")))
    links = {
        link
        for address in PAGES
        for link in re.findall(r'href="(/[^"#]*)["#]', visitor.read(address))
    }
    here = {link.replace("&amp;", "&") for link in links if not link.startswith("/static/")}

    assert len(here) > 50
    for link in sorted(here):
        assert visitor.get(link).status_code in (200, 302), link


def test_no_draft_is_on_any_page(visitor: Visitor, known: dict[str, object]) -> None:
    """Neither records that were never published, nor what is edited since."""
    canal, china = known["canal"], known["china"]
    parent = IssueFactory(title=CANARY, slug=CANARY)
    ActorFactory(name=CANARY, slug=f"{CANARY}-actor")
    SourceFactory(title=CANARY)
    StanceFactory(actor=china, issue=canal, since="1990", until="1991", summary=CANARY)
    AlignmentFactory(actor=china, counterpart=known["iran"], issue=canal, summary=CANARY)
    MeetingFactory(title=CANARY, participants=[{"actor": china}], issues=[{"issue": canal}])
    edit(canal, title=CANARY, question=CANARY, parent=parent)
    edit(china, name=CANARY, summary=CANARY)
    edit(known["stance"], summary=CANARY)

    for address in (
        *PAGES,
        "/sitemap.xml",
        "/sitemap-issues-0.xml",
        "/sitemap-actors-0.xml",
        "/issues/canal.bib",
    ):
        assert CANARY not in visitor.read(address), address
    assert CANARY not in visitor.read(f"/issues/{CANARY[:-1]}/", 404)
    assert visitor.get(f"/issues/{CANARY}/").status_code == 404


@pytest.mark.parametrize("claims", [1, 120, pytest.param(500, marks=pytest.mark.slow)])
def test_a_page_takes_the_same_statements_however_many_claims(
    visitor: Visitor, claims: int
) -> None:
    publish_whole(*make(claims).values())
    counts = {}
    for address in ("/", "/issues/canal/", "/actors/china/", "/pairs/china/russia/"):
        forget()
        with CaptureQueriesContext(connection) as queries:
            page = visitor.read(address)
        counts[address] = len(queries)

    assert counts == {
        "/": 19,
        "/issues/canal/": 19,
        "/actors/china/": 20,
        "/pairs/china/russia/": 21,
    }
    assert ("The latest 40" in page) == (claims > 40)


@pytest.mark.parametrize("issues", [1, 400, pytest.param(1000, marks=pytest.mark.slow)])
def test_the_matrix_takes_the_same_statements_however_many_issues(
    visitor: Visitor, issues: int
) -> None:
    known = make()
    more = [IssueFactory(parent=known["sea"], question="Yes?") for _ in range(issues - 1)]
    publish_whole(*known.values(), *more)
    forget()
    with CaptureQueriesContext(connection) as queries:
        page = visitor.read("/")

    # What happened on an issue is asked where a claim is shown;
    # the two of many issues have no room.
    assert len(queries) == (19 if issues == 1 else 18)
    assert page.count('<th scope="row"') == min(issues, 80)
    assert ("more issues under The sea" in page) == (issues > 80)


def test_the_matrix_is_narrowed(visitor: Visitor, known: dict[str, object]) -> None:
    """By theme, region, subtree, difference, confirmation and what claims rest on;
    with actors that one adds.
    """
    port = IssueFactory(
        slug="port", title="The port", question="A port?", themes=["trade"], region="arctic"
    )
    two = [
        {"source": SourceFactory(outlet=of), "locator": "p. 3"}
        for of in ("state_media", "independent")
    ]
    publish_whole(
        StanceFactory(actor=known["china"], issue=port, confirmed_on="2020-01-01", citations=two)
    )

    def rows(query: str) -> list[str]:
        return re.findall(r'scope="row"[^>]*><a [^>]*><bdi>([^<]*)', visitor.read(f"/?{query}"))

    assert rows("") == ["The canal", "The port"]
    assert (
        rows("theme=trade") == rows("region=arctic") == rows("confirmed=2019-12-31") == ["The port"]
    )
    assert rows("under=sea") == rows("differ=true") == rows("max_sources=1") == ["The canal"]
    assert rows("outlet=state_media") == ["The port"]
    assert rows("theme=energy") == []
    assert "No issue fits all that is chosen" in visitor.text("/?theme=energy")
    assert 'href="/actors/iran/"' in visitor.read("/?actor=iran")
    for query, nearest in (
        ("theme=trades", "Take trade"),
        ("under=ports", "Take port"),
        ("actor=never", "Leave it out"),
    ):
        assert nearest in visitor.read(f"/?{query}", 400)


def test_what_is_in_a_record_is_text(visitor: Visitor) -> None:
    actor = ActorFactory(slug="china", iso3="CHN", name=f"China {HOSTILE[:150]}", summary=HOSTILE)
    issue = IssueFactory(
        slug="canal", title=f"Canal {HOSTILE[:150]}", question=HOSTILE[:300], summary=HOSTILE
    )
    russia = ActorFactory(slug="russia", iso3="RUS")
    publish_whole(
        StanceFactory(actor=actor, issue=issue, summary=HOSTILE),
        AlignmentFactory(actor=actor, counterpart=russia, issue=issue, summary=HOSTILE),
        note=HOSTILE[:200],
    )

    for address in (
        *(page for page in PAGES if page != "/?actor=iran"),
        "/search/?q=%3Cscript%3E",
        "/search/?q=%22%3E%3Cscript%3E",
    ):
        page = visitor.read(address)
        assert "<script>alert" not in page
        assert not re.search(r"<script(?! type=\"application/ld)", page)


def test_an_address_that_never_was_leads_to_near_names(
    visitor: Visitor, known: dict[str, object]
) -> None:
    assert 'href="/issues/canal/"><bdi>The canal' in visitor.read("/issues/the-cannal/", 404)
    assert 'href="/actors/russia/"><bdi>Russia' in visitor.read("/actors/rusia/", 404)
    assert (
        "was not public yet in edition" in visitor.read("/issues/late/?edition=1", 404)
        if publish(IssueFactory(slug="late"))
        else None
    )
    for address in (
        "/issues/%00/",
        "/actors/" + "x" * 4000 + "/",
        "/editions/99/",
        "/since/99/",
        "/pairs/china/china/",
    ):
        visitor.read(address, 404)


def test_an_old_key_leads_to_the_new_one(visitor: Visitor, known: dict[str, object]) -> None:
    """Codes and merged records too; a pair to its alphabetical order; with the dates."""
    other = ActorFactory(slug="cathay")
    publish(other, edit(known["canal"], slug="great-canal"))
    merge(other, into=known["china"])

    moves = {
        "/issues/canal/?on=2018-01-01": "/issues/great-canal/?on=2018-01-01",
        "/issues/canal.bib": "/issues/great-canal.bib",
        "/actors/CHN/": "/actors/china/",
        "/actors/cathay/": "/actors/china/",
        "/pairs/russia/china/": "/pairs/china/russia/",
        "/pairs/RUS/cathay/": "/pairs/china/russia/",
    }
    assert {old: visitor.get(old).headers.get("Location") for old in moves} == moves
    assert {visitor.get(old).status_code for old in moves} == {308}
    assert visitor.get("/issues/canal/?edition=1").status_code == 200


def test_what_was_retracted_says_since_when_and_why(visitor: Visitor) -> None:
    """With 410; as of an edition in which it was live it is shown."""
    issue = IssueFactory(slug="canal")
    publish(issue)
    retract(issue, note="It was the wrong canal.")

    page = visitor.text("/issues/canal/", 410)

    assert "Since edition 2 of" in page
    assert "this issue is withdrawn. Why: It was the wrong canal." in page
    assert 'href="/issues/canal/?edition=1"' in visitor.read("/issues/canal/", 410)
    assert visitor.get("/issues/canal/?edition=1").status_code == 200


def test_positions_of_other_days_are_one_click_away(
    visitor: Visitor, known: dict[str, object]
) -> None:
    """Whether something has changed is asked more often than how it was on a day."""
    publish_whole(
        StanceFactory(
            actor=known["iran"],
            issue=known["canal"],
            since="2001",
            until="2002",
            position="opposes",
        ),
        AlignmentFactory(
            actor=known["china"],
            counterpart=known["iran"],
            issue=known["canal"],
            since="2001",
            until="2002",
        ),
    )

    text = visitor.text("/issues/canal/?on=2019-06-05").partition("Earlier and later claims")[2]

    assert "Iran opposed this from 2001 until 2002" in text
    assert re.search("China and Iran [a-z ]+ on this from 2001 until 2002", text)
    assert "Earlier and later claims" not in visitor.text("/issues/sea/")


def test_search_marks_what_it_found_in_any_script(
    visitor: Visitor, known: dict[str, object]
) -> None:
    publish(
        ActorFactory(slug="cafe", name="Café de Flore"),
        ActorFactory(slug="org", name="中国和平组织"),
    )

    assert "<mark>canal</mark>" in visitor.read("/search/?q=canal")
    assert ": “Search for ‘canal’”, as of" in visitor.text("/search/?q=canal")
    assert "<mark>Café</mark>" in visitor.read("/search/?q=cafe")
    assert "<mark>和平</mark>" in visitor.read("/search/?q=%E5%92%8C%E5%B9%B3")
    assert "Nothing is found for these words" in visitor.text("/search/?q=xyzzy")
    assert "characters long" in visitor.read("/search/?q=" + "x" * 1001, 400)


def test_too_many_requests_are_told_to_wait(visitor, known, monkeypatch):
    monkeypatch.setattr(throttling, "READING", Limit())
    with override_settings(READS_PER_SECOND=1):
        statuses = [visitor.get("/about/").status_code for _ in range(12)]
        response = visitor.get("/about/")

    assert statuses[0] == 200
    assert response.status_code == 429
    assert int(response.headers["Retry-After"]) > 0


@override_settings(URL="https://tracker.example")
def test_crawlers_find_pages_and_leave_out_dates(
    visitor: Visitor, known: dict[str, object]
) -> None:
    """By robots.txt and sitemaps; whether those for models may is a setting."""
    robots = visitor.read("/robots.txt")
    assert "Disallow: /*?" in robots
    assert "Disallow: /editions/*/*/" in robots
    assert "Sitemap: https://tracker.example/sitemap.xml" in robots
    assert "GPTBot" not in robots
    with override_settings(AI_CRAWLERS=False):
        assert "User-agent: GPTBot" in visitor.read("/robots.txt")

    maps = [
        loc.text
        for loc in ElementTree.fromstring(visitor.read("/sitemap.xml")).iter()
        if loc.tag.endswith("loc")
    ]
    listed = [
        element.text
        for address in maps
        for element in ElementTree.fromstring(
            visitor.read(address.removeprefix("https://tracker.example"))
        ).iter()
        if element.tag.endswith("loc")
    ]
    assert "https://tracker.example/issues/canal/" in listed
    assert len([address for address in listed if "/stances/" in address]) == 2
    assert visitor.get("/sitemap-people.xml").status_code == 404


def test_a_noun_has_pages_or_says_that_it_has_none() -> None:
    """In the module of its shape; elsewhere nothing leads to a page that isn't there."""
    assert {noun: f"{noun.plural}/<str:key>/" in urls.PAGES for noun in Noun} == {
        noun: declared.has_pages for noun, declared in NOUNS.items()
    }


def test_to_a_noun_without_pages_others_lead_in_data(
    visitor: Visitor, known: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Search, the feed and editions find it; it is in no sitemap, and called as in the feed."""
    meeting = known["meeting"]
    monkeypatch.setitem(NOUNS, Noun.MEETING, NOUNS[Noun.MEETING]._replace(has_pages=False))
    monkeypatch.delitem(cards.LINES, Noun.MEETING)
    edit(meeting, place="Geneva")
    publish(meeting)

    hits = visitor.read("/search/?q=summit&on=2019-01-01&edition=1")
    assert f'<a href="/api/v1/meetings/{meeting.pk}/?edition=1">' in hits
    assert "A <mark>summit</mark>" in hits
    assert f'"/api/v1/meetings/{meeting.pk}/?edition=2#edition-2"' in visitor.read(
        "/editions/2/?edition=2"
    )
    feed = visitor.read("/api/v1/changes.atom")
    assert f'href="http://testserver/api/v1/meetings/{meeting.pk}/"' in feed
    assert f'href="http://testserver/stances/{known["stance"].pk}/"' in feed
    assert "sitemap-meetings" not in visitor.read("/sitemap.xml")
    assert "sitemap-stances" in visitor.read("/sitemap.xml")
    assert visitor.get("/sitemap-meetings-0.xml").status_code == 404
    assert statuses(Noun.MEETING, [meeting.pk])[meeting.pk].address(Noun.MEETING) == ""


def test_before_the_first_edition_pages_say_so(visitor: Visitor) -> None:
    for address in ("/", "/editions/"):
        assert "Nothing has been published yet." in visitor.text(address)
    for address in ("/issues/", "/actors/", "/releases/", "/codebook/", "/about/", "/search/?q=x"):
        visitor.read(address)


def test_pages_are_only_read(visitor: Visitor) -> None:
    assert visitor.client.post("/").status_code == 405
    assert visitor.client.head("/about/").status_code == 200
    response = visitor.client.get("/issues")
    assert (response.status_code, response.headers["Location"]) == (301, "/issues/")


def test_only_the_publication_is_read(visitor: Visitor, known: dict[str, object]) -> None:
    with CaptureQueriesContext(connection) as queries:
        for address in PAGES:
            visitor.read(address)

    tables = {
        table
        for query in queries
        for table in re.findall(r"\b(?:tracker|django|auth)_\w+", query["sql"])
    }
    assert {
        table
        for table in tables
        if not re.fullmatch(
            r"tracker_(\w*document|edition|editionfacts|change|changesubject|mention|link|release|releasefile|releasedoi)",
            table,
        )
    } == set()


def test_an_overdue_meeting_is_listed(visitor: Visitor, known: dict[str, object]) -> None:
    publish_whole(
        MeetingFactory(title="A late summit", status="planned", since="2019-06-05", citations=[])
    )

    for address in ("/", "/meetings/"):
        assert "A late summit" in visitor.text(f"{address}?on=2019-06-06").partition("Overdue")[2]
    assert "No planned meeting or act and no forecast is overdue on 5 June 2019" in visitor.text(
        "/?on=2019-06-05"
    )


@pytest.mark.parametrize(
    "days", [{"since": "2019-06-05", "until": ""}, {"since": "2019-06-01", "until": "2019-06-05"}]
)
@pytest.mark.parametrize(
    "standing", [{}, {"standing": "contested", "standing_note": "A paper says so."}]
)
@pytest.mark.parametrize("factory", [StanceFactory, AlignmentFactory])
def test_an_overdue_forecast_is_listed(
    visitor: Visitor, factory: Any, standing: Any, days: Any
) -> None:
    """From the day after its last, or if it has no end, after the day on which it was to begin."""
    publish_whole(
        factory(basis="forecast", likelihood="likely", **days, **standing),
        factory(basis="forecast", likelihood="likely", since="", until=""),
    )

    text = visitor.text("/?on=2019-06-06").partition("Overdue")[2].partition("How much there is")[0]
    assert text.count(" on “") == 1
    assert "All unresolved forecasts, meetings and acts (1)" in text
    text = visitor.text("/unresolved/?on=2019-06-06")
    assert text.count(", by forecast, that") == 1
    assert "is overdue" not in text
    for address in ("/unresolved/?on=2019-06-05", "/?on=2019-06-05"):
        assert (
            "No planned meeting or act and no forecast is overdue on 5 June 2019"
            in visitor.text(address)
        )


def test_a_citation_takes_no_more_than_the_title_of_its_page(
    visitor: Visitor, known: dict[str, object]
) -> None:
    statements = {
        "issues/canal": 2,
        "actors/china": 2,
        "pairs/china/russia": 3,
        f"stances/{known['stance'].pk}": 2,
        f"meetings/{known['meeting'].pk}": 2,
        "meetings": 1,
        "editions/1": 2,
        "about": 1,
    }
    for page, expected in statements.items():
        with CaptureQueriesContext(connection) as queries:
            visitor.read(f"/{page}.bib?on=2019-06-15&edition=1")
        assert len(queries) == expected, page


def test_a_day_before_anything_is_known_counts_nothing(visitor: Visitor) -> None:
    stance = StanceFactory(
        actor__slug="china", issue__slug="passage", since="", confirmed_on="2019-06-01"
    )
    publish_whole(stance)

    text = visitor.text("/issues/passage/?on=1950-03-01")
    assert "perhaps supported Not known whether already then: It supports" in text
    assert "It is not known whether already on 1 March 1950." in visitor.text(
        f"/stances/{stance.pk}/?on=1950-03-01"
    )
    assert "Not known whether already then: supported by" in text
    assert "Not counted: 1 claim not known to hold on that day." in visitor.text("/?on=1950-03-01")
    assert "perhaps supported" in visitor.text("/?on=1950-03-01")
    assert "has supported this from an unknown day on" in visitor.text(
        f"/stances/{stance.pk}/?on=2019-06-01"
    )


def test_an_issue_stands_once_in_the_matrix(visitor: Visitor) -> None:
    """Though more than one shows are below the one that is asked for,
    or it is below another that is.
    """
    known = make()
    port = IssueFactory(slug="port", parent=known["sea"], title="The port", question="A port?")
    publish_whole(
        *known.values(), port, *(IssueFactory(parent=port, question="Yes?") for _ in range(85))
    )
    row = re.compile(r'<th scope="row"[^>]*><a href="([^"]*)')

    for query, number in (("under=sea", 80), ("under=sea,port,sea", 80), ("under=port,canal", 80)):
        shown = row.findall(visitor.read(f"/?{query}"))
        assert len(shown) == len(set(shown)) == number, query
    assert "6 more issues under The port" in visitor.text("/?under=sea")
