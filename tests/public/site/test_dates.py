"""The two dates of a page:
read, refused with the nearest that is right, kept in links, and frozen.
"""

import re
from datetime import timedelta
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext, override_settings

from tests.factories import ActorFactory, IssueFactory, StanceFactory
from tests.public.api.publishing import edit, publish, publish_whole
from tests.public.site.conftest import Visitor
from tracker.public.read import editions
from tracker.public.site.dates import today

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def stance(kept_for_the_module: None) -> StanceFactory:
    """A stance of Ruritania on a question, published in edition 1."""
    stance = StanceFactory(
        actor=ActorFactory(slug="ruritania", name="Ruritania"),
        issue=IssueFactory(slug="canal", title="The canal", question="Should the canal be dug?"),
        since="2018", until="2019",
    )  # fmt: skip
    publish_whole(stance, note="The first edition")
    return stance


def test_a_day_shows_what_was_so_then(visitor: Visitor, stance: StanceFactory) -> None:
    """And says in a sentence that there is nothing, and since when there is something."""
    assert re.search(
        r"Ruritania \+ supports It .*?\. From 2018 until 2019 ·",
        visitor.text("/issues/canal/?on=2019-01-01"),
    )
    assert "Not known whether already then: It supports" in visitor.text(
        "/issues/canal/?on=2018-06-01"
    )
    own = visitor.text(f"/stances/{stance.pk}/?on=2018-06-01")
    assert "It is not known whether already on 1 June 2018." in own
    assert (
        "Nothing is coded on this issue for 1 March 2011; the earliest claim begins in 2018"
        in visitor.text("/issues/canal/?on=2011-03-01")
    )


def test_an_edition_shows_what_was_said_then(visitor: Visitor, stance: StanceFactory) -> None:
    publish(edit(stance.issue, title="The great canal"))

    assert "<h1><bdi>The canal</bdi></h1>" in visitor.read("/issues/canal/?edition=1")
    assert "<h1><bdi>The great canal</bdi></h1>" in visitor.read("/issues/canal/")


def test_an_edition_is_chosen_from_a_list_and_a_day_does_not_choose_one(visitor, stance):
    """The latest is the first choice, sent as nothing; what an address shows is said in words."""
    publish(edit(stance.issue, title="The great canal"))

    def choices(address: str) -> list[tuple[str, str, str]]:
        form = visitor.read(address).partition('<select id="edition"')[2].partition("</select>")[0]
        return re.findall(r'<option value="(\d*)"( selected)?>([^<]*)', form)

    day = f"{editions.by_number(1).published_at:%-d %b %Y}"
    first, second = ("1", "", f"edition 1, {day}"), ("2", "", f"edition 2, {day}")
    assert choices("/issues/canal/?on=2018-06-01") == [
        ("", "", "the latest edition"),
        second,
        first,
    ]
    assert choices("/issues/canal/?edition=1") == [
        ("", "", "the latest edition"),
        ("1", " selected", first[2]),
    ]
    assert "This is 1 June 2018, as the latest edition tells it" in visitor.text(
        "/issues/canal/?on=2018-06-01"
    )
    assert "Today, as edition 1 of" in visitor.text("/issues/canal/?edition=1")
    assert "stays so" in visitor.text("/issues/canal/?on=2018-06-01&edition=1")
    assert 'class="frozen"' not in visitor.read("/issues/canal/")
    sent = visitor.get("/issues/canal/?on=2018-06-01&edition=")
    assert sent.headers["Location"] == "/issues/canal/?on=2018-06-01"


@pytest.mark.slow
def test_the_list_of_editions_has_an_end_and_of_a_page_of_then_none_that_came_later(
    visitor, stance
):
    """So a frozen page stays as it is; the list is asked for once for all pages of an edition."""
    for number in range(51):
        publish(edit(stance.issue, title=f"Canal {number}"))
    page = visitor.read("/issues/canal/?edition=51")
    with CaptureQueriesContext(connection) as queries:
        visitor.read("/issues/?edition=51")

    assert page.count("<option value=") == 51
    assert '<option value="51" selected>' in page
    assert not {'<option value="52"', '<option value="1"'} & {
        *re.findall('<option value="[0-9]+"', page)
    }
    assert not [query["sql"] for query in queries if "LIMIT 50" in query["sql"]]


def test_links_keep_the_dates_that_were_chosen(visitor: Visitor, stance: StanceFactory) -> None:
    page = visitor.read("/issues/canal/?on=2018-06-01&edition=1")

    assert 'href="/actors/ruritania/?on=2018-06-01&amp;edition=1"' in page
    assert 'href="/issues/?on=2018-06-01&amp;edition=1"' in page
    assert (
        '<link rel="canonical" href="http://testserver/issues/canal/?on=2018-06-01&amp;edition=1">'
        in page
    )
    assert '<meta name="robots" content="noindex">' in page
    assert "noindex" not in visitor.read("/issues/canal/")


def test_all_that_is_wrong_is_said_at_once_with_the_nearest_that_is_right(
    visitor: Visitor, stance: object
) -> None:
    page = visitor.read("/issues/canal/?on=2019-02-30&edition=7&colour=red", 400)

    assert "“2019-02-30” is not a day" in page
    assert (
        'href="/issues/canal/?edition=7&amp;colour=red&amp;on=2019-02-28">Take 2019-02-28' in page
    )
    assert "there is no edition 7 yet; the latest is 1" in page
    assert "there is no parameter “colour” here" in page
    assert page.count("<li><code>") == 3


def test_of_many_unknown_parameters_a_few_are_explained(visitor: Visitor) -> None:
    names = [f"x{number}" for number in range(900)]
    page = visitor.read(f"/meetings/?{'=1&'.join(names)}=1", 400)

    assert page.count("<li><code>") == 11
    assert "nor of 889 more names" in page
    assert len(page) < 200_000


@pytest.mark.parametrize(
    ("query", "says", "nearest"),
    [
        ("on={tomorrow}", "is still to come", "on={today}"),
        ("on=2019-6", "is not a day", "on=2019-06-01"),
        ("on=%00", "NUL", ""),
        ("edition=0", "whole number", "edition=1"),
        ("edition=" + "9" * 30, "whole number", "edition=2147483647"),
        ("as_of=2019-06-01", "is a day, not a moment", "as_of=2019-06-01T00:00:00Z"),
        ("as_of=2001-01-01T00:00:00Z", "nothing was published yet", ""),
        ("as_of=2999-01-01T00:00:00Z", "still to come", ""),
        ("edition=1&as_of=2999-01-01T00:00:00Z", "give one of “as_of” and “edition”, not more", ""),
        ("on=2019-06-01&on=2019-06-02", "more than once", ""),
        ("onn=2019-06-01", "no parameter “onn”", "on=2019-06-01"),
    ],
)
def test_what_is_refused(
    visitor: Visitor, stance: object, query: str, says: str, nearest: str
) -> None:
    days = {"today": today().isoformat(), "tomorrow": (today() + timedelta(days=1)).isoformat()}

    page = visitor.read(f"/issues/canal/?{query.format(**days)}", 400)

    assert says in page
    assert nearest.format(**days) in page


def test_a_form_that_was_left_empty_leads_to_the_page_without(
    visitor: Visitor, stance: object
) -> None:
    response = visitor.get("/issues/canal/?on=&edition=1")

    assert (response.status_code, response.headers["Location"]) == (302, "/issues/canal/?edition=1")


def test_a_moment_leads_to_its_edition(visitor: Visitor, stance: object) -> None:
    moment = editions.by_number(1).published_at.isoformat().replace("+", "%2B")
    response = visitor.get(f"/issues/canal/?as_of={moment}&on=2018-06-01")

    assert (response.status_code, response.headers["Location"]) == (
        302,
        "/issues/canal/?on=2018-06-01&edition=1",
    )


def test_what_has_changed_since_is_one_click_away_and_never_kept(
    visitor: Visitor, stance: StanceFactory
) -> None:
    page = visitor.read("/issues/canal/?on=2018-06-01&edition=1")
    assert 'href="/since/1/?under=canal">what has changed since</a>' in page
    assert "Nothing has changed since." in visitor.read("/since/1/?under=canal")
    assert "as it is now, for ever" in page
    assert "as it is now, for ever" not in visitor.read("/since/1/?under=canal")

    publish(edit(stance, position="opposes"))

    response = visitor.get("/since/1/?under=canal")
    assert (
        "Ruritania on “The canal”: opposes, from 2018 until 2019 (changed: position)"
        in response.content.decode()
    )
    assert response.headers["Cache-Control"] == "no-store"


def test_a_live_page_is_tagged_by_edition_and_day(visitor: Visitor, stance: StanceFactory) -> None:
    """So it is asked for again, and comes again when one of the two is another."""
    response = visitor.get("/issues/canal/")
    assert response.headers["Cache-Control"] == "public, no-cache"
    assert visitor.get("/issues/canal/", if_none_match=response.headers["ETag"]).status_code == 304

    publish(ActorFactory())

    assert visitor.get("/issues/canal/", if_none_match=response.headers["ETag"]).status_code == 200
    held = visitor.get("/issues/canal/").headers["ETag"]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("tracker.public.site.dates.today", lambda: today() + timedelta(days=1))
        assert visitor.get("/issues/canal/", if_none_match=held).status_code == 200


def test_the_citation_names_the_frozen_page(visitor: Visitor, stance: StanceFactory) -> None:
    """As text, in BibTeX, and in what reference managers read, under the tracker's own address."""
    with override_settings(URL="https://tracker.example"):
        page = visitor.read("/issues/canal/?on=2018-06-01")
        bib = visitor.read("/issues/canal.bib?on=2018-06-01")

    frozen = "https://tracker.example/issues/canal/?on=2018-06-01&edition=1"
    assert frozen.replace("&", "&amp;") in page
    assert "“The canal”, as of 1 June 2018" in page
    assert bib.startswith("@")
    public_url = frozen.replace("&", "&amp;")
    assert f'<meta name="citation_public_url" content="{public_url}">' in page
    assert '<meta name="citation_title" content="The canal">' in page


def test_no_two_pages_are_cited_by_one_key(visitor: Visitor, stance: StanceFactory) -> None:
    """Nor is a page of two days, or narrowed in two ways."""
    pages = (
        *(
            "/index.{}?on=2018-06-01",
            "/index.{}?on=2018-06-02",
            "/index.{}?under=canal&on=2018-06-01",
        ),
        *(
            f"/stances/{stance.pk}.{{}}?on=2018-06-01",
            "/issues/canal.{}?on=2018-06-01",
            "/about.{}",
        ),
    )
    keys = [visitor.read(page.format("bib")).partition("{")[2].partition(",")[0] for page in pages]

    assert len(set(keys)) == len(pages)
    assert keys[3] == f"tracker-stances-{stance.pk}-on-2018-06-01-edition-1"


def test_a_suffix_leads_to_the_data_of_the_same_dates(
    visitor: Visitor, stance: StanceFactory
) -> None:
    actor = stance.actor.slug
    csv = visitor.get(f"/actors/{actor}.csv?on=2018-06-01&edition=1")
    json = visitor.get("/issues/canal.json?edition=1")

    day = "on=2018-06-01&with_settled=true"
    assert (
        csv.headers["Location"] == f"/api/v1/stances.csv?actor={actor}&standing=any&{day}&edition=1"
    )
    assert json.headers["Location"] == "/api/v1/issues/canal/?edition=1"
    assert (
        visitor.get("/issues/canal.atom?edition=1").headers["Location"]
        == "/api/v1/changes.atom?under=canal"
    )
    for response in (csv, json):
        assert visitor.get(response.headers["Location"]).status_code == 200
    assert "This page has no .ics" in visitor.read("/issues/canal.ics", 404)


def test_pages_and_api_say_the_same_of_the_same_fault(visitor: Visitor, stance: object) -> None:
    query = "?choice=yes&edition=7&year=x"
    refused = visitor.get(f"/api/v1/votes/{query}").json()["errors"]
    page = unescape(visitor.read(f"/votes/{query}", 400))

    assert {(fault["parameter"], fault["code"]) for fault in refused} == {
        ("choice", "needs"),
        ("edition", "unknown"),
        ("year", "invalid"),
    }
    assert all(fault["detail"] in page for fault in refused)
